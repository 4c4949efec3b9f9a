"""Which indicators an admitted problem speaks of."""

from __future__ import annotations

from auditor.figures import show
from auditor.language import word
from auditor.report.model import Indicator, Report

# What a problem speaks of, and the indicators that should show it.
_TOPICS: tuple[tuple[str, str], ...] = (
    ("problem_of_quality", "indicator_of_quality"),
    ("problem_of_time", "indicator_of_time"),
    ("problem_of_order", "indicator_of_order"),
    ("problem_of_cost", "indicator_of_cost"),
    ("problem_of_content", "tells_satisfaction"),
)  # fmt: skip
_COMMON = 4  # characters in a row that a problem and an indicator must share to speak of one thing


class Index:
    """Indicators by what a problem may say of them: a topic, or words of their own."""

    def __init__(self, report: Report, rows: list[Indicator]) -> None:
        self.known = report.project + report.title
        self.rows = rows
        self.topics = [[at for at, row in enumerate(rows) if _is_of(row, names)] for _, names in _TOPICS]
        self.pieces: dict[str, set[int]] = {}
        for at, row in enumerate(rows):
            for piece in _pieces(row.name + (row.narrative.text if row.narrative else "")):
                self.pieces.setdefault(piece, set()).add(at)

    def concerned(self, problem: str) -> list[Indicator]:
        found: set[int] = set()
        for (speaks, _), at in zip(_TOPICS, self.topics, strict=True):
            if word(speaks).search(problem):
                found.update(at)
        for piece in _pieces(problem):
            if piece in self.pieces and piece not in self.known:
                found |= self.pieces[piece]
        return [self.rows[at] for at in sorted(found)]


def _is_of(row: Indicator, names: str) -> bool:
    """Whether a topic is an indicator's: that of its class, where this names one, else that of its name."""
    own = _class_of(row)
    classed = any(word(other).search(own) for _, other in _TOPICS)
    return word(names).search(own if classed else row.name) is not None


def _class_of(row: Indicator) -> str:
    return row.path[-1].name if row.path else ""


def _pieces(text: str) -> set[str]:
    """Runs of characters that two texts must share to speak of one thing."""
    runs = (text[at : at + _COMMON] for at in range(len(text) - _COMMON + 1))
    return {run for run in runs if run.isalnum() and any(map(_says, word("of_any_project").split(run)))}


def _says(rest: str) -> bool:
    return len(rest) > 1


def marks_of(row: Indicator) -> str:
    assert row.weight is not None
    assert row.score is not None
    return f" {show(row.score.value)}/{show(row.weight.value)}"
