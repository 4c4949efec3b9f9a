"""The cassettes of the bundled examples, made from answers written by hand in cassettes/reference/.

A cassette is named by its request, and a request changes with every word of the prompts, with the
examples, and with what the rules find in them. `python -m scripts.reference_answers` writes the
cassettes again and removes those that no request asks for any more; with `--check` it exits with 1 if one
is out of date.

In an answer file `line` is a piece of the line that is meant, so that nobody counts lines ("｜" before it:
a cell that begins so); `note` says
what was written wrong on purpose, to show that it is dropped.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from auditor.judge.call import Call, Reply
from auditor.judge.cassette import Cassettes
from auditor.judge.endpoint import ModelSettings
from auditor.judge.request import Inquiry
from auditor.judge.review import inquiries
from auditor.judge.sheet import BAR, Line
from auditor.pipeline import run
from auditor.rules.catalogue import catalogue

ROOT = Path(__file__).resolve().parent.parent
CASSETTES = ROOT / "cassettes"
SOURCE = "手写的示范回答"
_FIELDS = ("code", "sentence", "quote", "other_sentence", "other_quote", "about", "question", "equation")


def answers() -> Iterator[tuple[Call, Reply]]:
    """Every request about the examples, with its answer."""
    for path in sorted((CASSETTES / "reference").glob("*.json")):
        written = json.loads(path.read_text(encoding="utf-8"))
        asked = _asked(ROOT / written["example"])
        (call,) = asked.calls
        items = [_item(item, asked) for item in written["items"]]
        text = asked.mask.mask(json.dumps({"items": items}, ensure_ascii=False, indent=1))
        yield call, Reply(text, call.model, source=SOURCE)


def _asked(example: Path) -> Inquiry:
    (document,) = run([example], catalogue()).documents
    (audited,) = document.reports
    (asked,) = inquiries([audited.report], [[item.result for item in audited.items]], ModelSettings())
    return asked


def _item(written: dict[str, Any], asked: Inquiry) -> dict[str, Any]:
    item = {**written}
    for line, number in (("line", "sentence"), ("other_line", "other_sentence")):
        if line in item:
            item[number] = _number(item[line], list(asked.lines.values()))
    return {field: item.get(field) for field in _FIELDS}


def _number(piece: str, lines: list[Line]) -> int:
    """The line that holds these words. Raises `ValueError` where there is none, or more than one."""
    found = [line.number for line in lines if piece in BAR + line.text]
    if len(found) != 1:
        raise ValueError(f"{piece!r} stands in {len(found)} lines")
    return found[0]


def stale() -> list[str]:
    """Names of cassettes that are missing, hold another answer, or answer nothing."""
    store = Cassettes(CASSETTES)
    wanted = {call.key: (call, reply) for call, reply in answers()}
    missing = [
        key
        for key, (call, reply) in wanted.items()
        if (known := store.get(call)) is None or known.text != reply.text
    ]
    return missing + [path.stem for path in CASSETTES.glob("*.json") if path.stem not in wanted]


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        old = stale()
        for name in old:
            print(f"cassette {name} is out of date: run python -m scripts.reference_answers", file=sys.stderr)
        return int(bool(old))
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    store, old = Cassettes(CASSETTES), stale()
    wanted = {call.key: (call, reply) for call, reply in answers()}
    for key in old:
        if key in wanted:
            print(store.put(*wanted[key], SOURCE).relative_to(ROOT))
        else:
            store.path(key).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
