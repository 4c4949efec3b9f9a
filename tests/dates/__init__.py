"""Reports in which days, terms and numbers are told that do not go together, made of many wordings (frames.toml).
Wordings that are held out served for no rule."""
