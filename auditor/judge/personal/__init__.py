"""Where a text names people or holds what identifies them: found on the text as it was written.

`study` is the door. The words stand in the `*.toml` files, each with examples that run as tests.
"""

from auditor.judge.personal.study import Found, Knowledge, found_in, perhaps_names, study

__all__ = ["Found", "Knowledge", "found_in", "perhaps_names", "study"]
