"""The output formats by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

from auditor.document import Document
from auditor.memo.model import Memo


class MissingExtra(Exception):
    """A format needs a package that is not installed; the message says how to get it."""


@dataclass(frozen=True)
class Material:
    """What a format is made of: the memo, the documents it speaks of in the same order, and the
    bureau's own template file, if it has one."""

    memo: Memo
    documents: Sequence[Document] = ()
    template: Path | None = None


@dataclass(frozen=True)
class Writer:
    """One output format. `place` is "module:function"; the module is imported when it is needed.
    `extra` names the optional packages it wants (auditor[…])."""

    suffix: str
    place: str
    binary: bool = False
    extra: str = ""

    def __call__(self, material: Material) -> str | bytes:
        """Raises `MissingExtra`."""
        module, _, function = self.place.partition(":")
        write: Callable[[Material], str | bytes] = getattr(imported(module, self.extra), function)
        return write(material)


def imported(module: str, extra: str) -> ModuleType:
    """A module that wants optional packages. Raises `MissingExtra`."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if not extra:
            raise
        raise MissingExtra(f"缺少组件 {error.name}，请先安装：pip install 'auditor[{extra}]'") from None


WRITERS = {
    "md": Writer(".md", "auditor.memo.markdown:write"),
    "json": Writer(".json", "auditor.memo.data:write"),
    "html": Writer(".html", "auditor.memo.page:write"),
    "sarif": Writer(".sarif", "auditor.memo.sarif:write"),
    "xlsx": Writer(".xlsx", "auditor.memo.workbook:write", binary=True, extra="office"),
}


def render(memo: Memo, name: str) -> str:
    """The memo in the text format of that name. Raises `KeyError` for an unknown one."""
    text = WRITERS[name](Material(memo))
    assert isinstance(text, str)
    return text
