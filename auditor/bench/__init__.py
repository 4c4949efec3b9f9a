"""Measures the auditor: plants one slip at a time in reports that audit clean, and counts what is found."""
