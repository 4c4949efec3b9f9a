"""Text of a report made safe inside a Markdown memo: it can neither break a line nor open a structure."""

from __future__ import annotations

from auditor.compiled import compiled

# Only what can open something inside a line; our own words stand at the beginning of every line.
_SPECIAL = compiled(r"[\\`*_\[\]|~$]|<(?=[A-Za-z/!?])|&(?=[#A-Za-z])")
_LINK = compiled(r"(?i)(?<=http)(?=://)|(?<=https)(?=://)|(?<=ftp)(?=://)|(?<=www)(?=\.)|(?=@)")
_IDLE = dict.fromkeys([0x00AD, *range(0x200B, 0x200E), 0x2060, 0xFEFF])
_HIDDEN = compiled(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2061-\u206f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]"
)
_INNER_QUOTES = str.maketrans({"“": "‘", "”": "’"})


def one_line(text: str) -> str:
    """White space becomes single blanks, idle zero-width characters go, and what could turn the
    direction of the text or steer a terminal is shown by its code: 〔U+202E〕."""
    if text.isprintable():  # nothing idle, nothing that turns or steers, no white space but blanks
        return " ".join(text.split())
    return visible(" ".join(text.translate(_IDLE).split()))


def visible(text: str) -> str:
    """The same for text that keeps its line breaks, tabs and blanks."""
    if text.isprintable():
        return text
    return _HIDDEN.sub(
        lambda match: match.group() if match.group() in "\t\n\r" else f"〔U+{ord(match.group()):04X}〕",
        text.translate(_IDLE),
    )


def inline(text: str) -> str:
    """`text` as running text of a Markdown line or table cell."""
    return _LINK.sub(r"\\", _SPECIAL.sub(r"\\\g<0>", one_line(text)))


def quote(text: str, limit: int = 60) -> str:
    """`text` between Chinese quotation marks, as running text of a Markdown line."""
    return inline(quoted(text, limit))


def quoted(text: str, limit: int = 60) -> str:
    """`text` between Chinese quotation marks, which it cannot close; the middle of a long one is cut."""
    text = one_line(text).translate(_INNER_QUOTES)
    if len(text) > limit:
        tail = limit // 4
        text = f"{text[: limit - tail]}…{text[-tail:]}"
    return f"“{text}”"
