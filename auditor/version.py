"""The version, in one place; light enough for `auditor --version`."""

__version__ = "0.1.0"
