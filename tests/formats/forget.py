"""Leave-one-out of the vocabulary: a form is read while the reader does not know one of its header words.

    python -m tests.formats.forget --seed 7 --count 100 [--format docx] [--show 3]

Each document loses one word of its own columns, so every entry of the vocabulary is held out in turn. What stands
under the word must then be placed by its values, or be announced as not read: never read as something else
and found wrong (false alarms), never lost in silence.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

from auditor.report import labels
from tests.formats.generate import DIRECT, Outcome, outcome
from tests.formats.measure import Board, Measured, measure, shown

_UNKNOWN = "某栏"
_READERS: tuple[Any, ...] = (labels.role_of, labels.line_of, labels.column_of, labels.heads_details)


@contextmanager
def forgotten(word: str) -> Iterator[None]:
    """While it lasts, no reader knows what that header word means."""
    known = labels.clean
    lost = known(_folded(word))

    def clean(label: str) -> str:
        found = known(label)
        return _UNKNOWN if found == lost else found

    labels.clean = clean  # type: ignore[assignment]
    _clear()
    try:
        yield
    finally:
        labels.clean = known
        _clear()


def _clear() -> None:
    for reader in _READERS:
        reader.cache_clear()


def _folded(word: str) -> str:
    from auditor.document.fold import fold

    return fold(word)


def word_of(one: Outcome) -> tuple[str, str]:
    """One of the words over the document's columns: its column, and the word as printed."""
    layout = one.layouts[0]
    names = [("indicators", name) for name in (*layout.indicator_columns, *layout.levels)]
    if layout.shape == "rows":
        names += [("money", name) for name in layout.money_columns]
    part, name = Random(f"forget {one.seed}").choice(names)
    return f"{part} {name}", layout.word(part, name)


def measured(seed: str, count: int, format: str) -> Iterator[tuple[str, Measured]]:
    for number in range(count):
        one = outcome(f"{seed}:{number}", format, clean=None)
        name, word = word_of(one)
        with forgotten(word):
            yield name, measure(one)


def main(arguments: Iterable[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--format", choices=("text", *DIRECT), default="docx")
    parser.add_argument("--show", type=int, default=0, help="print so many with an alarm or a silent loss")
    chosen = parser.parse_args(arguments)
    board, left = Board(), chosen.show
    for name, one in measured(chosen.seed, chosen.count, chosen.format):
        board.add(one, name)
        if left and (one.alarms or one.compared.silent):
            left -= 1
            print(name, word_of(one.outcome)[1])
            print(*shown(one), sep="\n")
            print(*(f"  SILENT {truth}" for truth in one.compared.silent), sep="\n")
    print(*board.told(), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
