"""One form, every file format: forms kept as tab text are laid out with real merges and written as
docx, xlsx, html, ofd, pdf and pictures."""
