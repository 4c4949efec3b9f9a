"""The output formats by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from auditor.document import Document
from auditor.extras import how_to_get
from auditor.memo.model import Memo
from auditor.values import frozen


class MissingExtra(Exception):
    """A format needs a package that is not installed; the message says how to get it."""


class BadTemplate(Exception):
    """A template file that cannot be used; the message says why, in Chinese."""


def unheard(message: str) -> None:
    """For messages that nobody waits for."""


@frozen
class Material:
    """What a format is made of: the memo, the documents it speaks of in the same order, and the
    bureau's own template file, if it has one. `say` takes what the reader of the messages should
    know about the making, one line each. `every_tick`: tick marks are told one by one, also where they
    are very many. `in_force` says with which rules and settings, where that is known."""

    memo: Memo
    documents: Sequence[Document] = ()
    template: Path | None = None
    say: Callable[[str], None] = unheard
    with_working_paper: bool = False
    every_tick: bool = False
    in_force: str = ""


@frozen
class Writer:
    """One output format. `place` is "module:function"; the module is imported when it is needed.
    `extra` names the optional packages it wants (auditor[…]); `templates` is the place of what opens
    a bureau's template, "" where the format takes none; `beside` the format of a second file that belongs to it."""

    suffix: str
    place: str
    binary: bool = False
    extra: str = ""
    templates: str = ""
    beside: str = ""

    def __call__(self, material: Material) -> str | bytes:
        """Raises `MissingExtra`, `BadTemplate`."""
        write: Callable[[Material], str | bytes] = self.load(self.place)
        return write(material)

    def prepare(self, template: Path | None) -> None:
        """Finds out before the work begins what would be in its way.

        Raises `MissingExtra`, `BadTemplate`.
        """
        if template is None:
            self.load(self.place)
        elif not self.templates:
            able = "、".join(name for name, writer in WRITERS.items() if writer.templates)
            raise BadTemplate(f"只有 {able} 格式使用模板")
        else:
            self.load(self.templates)(template)

    def load(self, place: str) -> Any:
        """What stands at "module:function". Raises `MissingExtra`."""
        module, _, function = place.partition(":")
        return getattr(imported(module, self.extra), function)


def imported(module: str, extra: str) -> ModuleType:
    """A module that wants optional packages. Raises `MissingExtra`."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if not extra:
            raise
        raise MissingExtra(f"缺少组件 {error.name}，{how_to_get(extra)}") from None


def named_by(path: Path) -> str | None:
    """The format that a file name asks for by its suffix; None where none is known by it."""
    return _BY_SUFFIX.get(path.suffix.lower())


_BY_SUFFIX = {
    ".md": "md", ".markdown": "md", ".txt": "md", ".json": "json", ".html": "html", ".htm": "html", ".sarif": "sarif",
    ".xlsx": "xlsx", ".docx": "docx",
}  # fmt: skip

_WORD = "auditor.memo.word:open_template"


WRITERS = {
    "md": Writer(".md", "auditor.memo.markdown:write"),
    "json": Writer(".json", "auditor.memo.data:write"),
    "html": Writer(".html", "auditor.memo.page:write"),
    "sarif": Writer(".sarif", "auditor.memo.sarif:write"),
    "xlsx": Writer(".xlsx", "auditor.memo.workbook:write", binary=True, extra="office"),
    "docx": Writer(
        ".docx", "auditor.memo.opinion:write", binary=True, extra="office", templates=_WORD, beside="paper"
    ),
    "paper": Writer(
        ".docx", "auditor.memo.working_paper:write", binary=True, extra="office", templates=_WORD
    ),
    "letter": Writer(".docx", "auditor.memo.letter:write", binary=True, extra="office", templates=_WORD),
}


def render(memo: Memo, name: str) -> str:
    """The memo in the text format of that name. Raises `KeyError` for an unknown one."""
    text = WRITERS[name](Material(memo))
    assert isinstance(text, str)
    return text


def default_template() -> bytes:
    """The Word template that is used where a bureau gives none. Raises `MissingExtra`."""
    content: bytes = WRITERS["docx"].load("auditor.memo.word:write_template")()
    return content
