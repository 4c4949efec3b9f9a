"""Reports in which an aim is told in one place and what became of it in another, made of many wordings. Wordings
are data (frames.toml); those that are held out were written before the rules and served for no rule."""
