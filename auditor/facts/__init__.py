"""Floor 5: what facts a report states, and how they relate."""
