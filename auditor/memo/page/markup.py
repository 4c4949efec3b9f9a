"""HTML written by hand: every word passes through `text`."""

from __future__ import annotations

from html import escape

from auditor.memo.escape import visible


def text(words: str) -> str:
    """`words` as text of an element or of a quoted attribute: no mark-up, nothing hidden."""
    return escape(visible(words))


def tag(name: str, inner: str = "", /, **attributes: object) -> str:
    """An element around `inner`, which is mark-up already. Attributes that are None are left out;
    `class_` and `data_kind` stand for class and data-kind."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{value if type(value) is int else text(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{inner}</{name}>"
