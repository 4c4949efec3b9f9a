"""Floor 3: what the report says."""
