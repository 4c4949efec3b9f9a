"""What every rule says on its own examples, cases and issues, pinned: one page a rule in tests/messages/.

    python -m scripts.messages            the difference to what is pinned; exits with 1 if there is one
    python -m scripts.messages --update   writes it, and prints the difference

A rewording is a line in that difference that somebody has read.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from pathlib import Path

from auditor.document.open import read_bytes
from auditor.report import read_reports
from auditor.rules import Result, Settings
from auditor.rules.catalogue import Entry, catalogue
from auditor.rules.manual import manual

_ROOT = Path(__file__).resolve().parent.parent
PINNED = _ROOT / "tests" / "messages"


def pages() -> dict[Path, str]:
    """Every page as it should read now."""
    return {PINNED / f"{entry.rule.code}.md": page(entry) for entry in catalogue()}


def page(entry: Entry) -> str:
    """What one rule says, text by text; of texts on which it says nothing only the name."""
    lines = [f"# {manual(entry.manual).heading}", ""]
    for name, text in _texts(entry):
        lines += [f"## {name}", "", *_said(entry, text)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _texts(entry: Entry) -> Iterator[tuple[str, bytes]]:
    """The examples of the manual, then the cases and issues that bear the rule's code."""
    for part in ("反例", "正例"):
        for at, example in enumerate(manual(entry.manual).examples(part), 1):
            yield f"{part} {at}", example.text.encode()
    code = entry.rule.code
    cases = sorted((_ROOT / "tests" / "cases" / code).glob("*.txt"))
    issues = sorted((_ROOT / "tests" / "issues").glob(f"found_{code}_*.txt"))
    for path in [*cases, *issues]:
        yield path.stem, path.read_bytes()


def _said(entry: Entry, text: bytes) -> Iterator[str]:
    reports = read_reports(read_bytes(text, "例.txt"))
    for _, result in entry.check(reports, Settings()):
        yield from (f"- {line}" if at == 0 else f"  {line}" for at, line in enumerate(_lines(result)))
        yield ""


def _lines(result: Result) -> Iterator[str]:
    """A result in the order of the memo; what it leaves empty has no line."""
    yield f"{result.verdict} {result.level}: {result.title or result.rule.title}"
    parts = {"": result.message, "算式": result.calculation, "影响": result.impact, "建议": result.suggestion}
    for name, said in parts.items():
        if said:
            yield f"{name} {said}".strip().replace("\n", "\n  ")


def differences() -> str:
    """Pinned against said, as a unified diff; "" where nothing differs."""
    now = pages()
    told: list[str] = []
    for path in sorted({*now, *PINNED.glob("*.md")}):
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        names = (f"pinned {path.name}", f"said {path.name}")
        told += difflib.unified_diff(old.splitlines(True), now.get(path, "").splitlines(True), *names, n=2)
    return "".join(told)


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--update"]):
        print(__doc__, file=sys.stderr)
        return 2
    told = differences()
    print(told, end="")
    if not arguments:
        return int(bool(told))
    now = pages()
    PINNED.mkdir(exist_ok=True)
    for path in PINNED.glob("*.md"):
        if path not in now:
            path.unlink()
    for path, text in now.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
