"""Floor 3: words and sentences, without knowing what a report is about."""
