"""Tests; mirrors auditor/."""
