"""auditor: recomputes a public spending self-evaluation report and proves every line."""
