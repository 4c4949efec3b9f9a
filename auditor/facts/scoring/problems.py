"""Which indicators an admitted problem speaks of."""

from __future__ import annotations

import re

from auditor.compiled import compiled
from auditor.figures import show
from auditor.report.model import Indicator, Report

# What a problem speaks of, and the indicators that should show it.
_TOPICS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (compiled(r"故障|老化|损坏|返工|不达标|不合格|质量(?:不高|较差|问题|缺陷)|缺陷"), compiled(r"质量|完好|合格|达标")),
    (compiled(r"延期|滞后|推迟|拖延|逾期|未能?(?:按期|按时|如期|及时)|进度(?:缓慢|较慢|偏慢)"), compiled(r"时效|按期|按时|进度|工期|完工|竣工")),
    (compiled(r"制度[^,，。;]{0,8}(?:不|未|欠|缺|有待|需)"), compiled(r"制度")),
    (compiled(r"超预算|超支|成本(?:偏高|过高)"), compiled(r"成本")),
    (compiled(r"投诉|不满意|满意度(?:不高|偏低|下降)"), compiled(r"满意")),
)  # fmt: skip
_COMMON = 4  # characters in a row that a problem and an indicator must share to speak of one thing


class Index:
    """Indicators by what a problem may say of them: a topic, or words of their own."""

    def __init__(self, report: Report, rows: list[Indicator]) -> None:
        self.known = report.project + report.title
        self.rows = rows
        self.topics = [
            [at for at, row in enumerate(rows) if names.search(f"{row.name} {_class_of(row)}")]
            for _, names in _TOPICS
        ]
        self.pieces: dict[str, set[int]] = {}
        for at, row in enumerate(rows):
            for piece in _pieces(row.name + (row.narrative.text if row.narrative else "")):
                self.pieces.setdefault(piece, set()).add(at)

    def concerned(self, problem: str) -> list[Indicator]:
        found: set[int] = set()
        for (speaks, _), at in zip(_TOPICS, self.topics, strict=True):
            if speaks.search(problem):
                found.update(at)
        for piece in _pieces(problem):
            if piece in self.pieces and piece not in self.known:
                found |= self.pieces[piece]
        return [self.rows[at] for at in sorted(found)]


def _class_of(row: Indicator) -> str:
    return row.path[-1].name if row.path else ""


def _pieces(text: str) -> set[str]:
    """Runs of characters that two texts must share to speak of one thing."""
    runs = (text[at : at + _COMMON] for at in range(len(text) - _COMMON + 1))
    return {run for run in runs if run.isalnum()}


def marks_of(row: Indicator) -> str:
    assert row.weight is not None
    assert row.score is not None
    return f" {show(row.score.value)}/{show(row.weight.value)}"
