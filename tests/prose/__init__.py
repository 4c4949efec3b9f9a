"""Running text made of many wordings, each with a slip planted in it or left as it is: what is found, what is
said for nothing. Wordings are data (structures.toml)."""
