"""Days on which a project's money came, against the report's year and the day on which all of it was passed on.

资金文件于6月28日到达县财政，…5月20日全部拨付       passed on before it came: asked
2023年度…自评报告。资金以2024年5月18日的文件下达    came when the year was over: asked
5月20日预拨，6月28日下达                           advanced: nothing
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from auditor.facts.chronology import carried_years, impossible, later_than
from auditor.figures import Figure, Kind
from auditor.language import word
from auditor.report.model import Passage


def passed_on_before(passage: Passage) -> Iterator[tuple[Figure, Figure]]:
    """The day money came and the earlier one on which all of it was passed on, where a passage tells one of each."""
    came = list(_days(passage, "money_came"))
    passed = list(_days(passage, "all_passed_on")) if came else []
    if len(came) == len(passed) == 1 and later_than(came[0], passed[0]):
        yield came[0], passed[0]


def came_too_late(passage: Passage, year: int) -> Iterator[Figure]:
    """Days behind the year of a report on which its money came."""
    later = [one for one in passage.figures if one.kind is Kind.DATE and one.value > year]
    for figure in _days(passage, "money_came") if later else ():
        if figure.value > year and not word("other_year").search(_sentence(passage, figure)):
            yield figure


def _days(passage: Passage, what: str) -> Iterator[Figure]:
    """The days, with the year carried to them, whose clause tells that money came or was passed on as a whole."""
    days = [one for one in passage.figures if one.kind is Kind.DATE and one.month and not impossible(one)]
    if not days or not word(what).search(passage.text) or word("money_advanced").search(passage.text):
        return
    years = carried_years(passage)
    for figure in days:
        if years[figure.start]:
            clause = passage.text[slice(*passage.structure.clause_span(figure.start, figure.end))]
            if word(what).search(clause) and not word("date_not_yet").search(clause):
                yield replace(figure, value=Decimal(years[figure.start]))


def _sentence(passage: Passage, figure: Figure) -> str:
    return passage.text[slice(*passage.structure.sentence_span(figure.start))]
