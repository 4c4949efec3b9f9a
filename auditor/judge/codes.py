"""The codes of the questions; light, so that the command line knows them without loading prompts."""

CODES = ("L801", "L802", "L803", "L804", "L805", "L806", "L807", "L808")
