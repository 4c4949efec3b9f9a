"""Files made to do harm: a module for each class, a function for each file. `run.py` shows what becomes of
them; docs/security.md holds its table."""
