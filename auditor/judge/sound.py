"""What a question may say: it asks, briefly, and brings nothing of its own.

Numbers, charges and orders are believed only where the report says them beside the words quoted: a model
may be wrong, and what it read may have told it what to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from auditor.compiled import compiled
from auditor.document import Span
from auditor.facts.addressed import PATTERNS
from auditor.figures.chinese import NUMERAL, parse
from auditor.judge.quotes import folded
from auditor.judge.sheet import Line
from auditor.language import word
from auditor.report import Report

NOT_A_QUESTION = "自称没有问题"
INVENTED = "提问里有引文以外的数字"
CHARGE = "提问里有引文以外的指控"
ORDER = "提问不问单位，而是吩咐怎样评审"
TOO_LONG = "提问过长"

_LONGEST = 300
_NUMBER = compiled(r"\d[\d,]*(?:\.\d+)?")
_NUMERAL = compiled(rf"(?<!第){NUMERAL}{{2,}}")
_PLEA = "asks_a_favour"
_SENTENCE = compiled(r"(?<=[。；;!！?？\n])")
_POWERS = "十百千万亿"
_NOTHING = compiled(
    r"^(?:没有|未发现|无|不存在)(?:明显|任何)?(?:问题|矛盾|异常|不一致)|(?:表述|前后|数据)(?:完全)?一致[，。]?(?:无需|不需)"
)


class Unsound(Exception):
    """The question must not be asked; the message says why, in Chinese."""


def sound(words: str, question: str, near: Sequence[str], sent: str) -> None:
    """Raises `Unsound`.

    words  question and what it is about · near  what stands beside the quotes · sent  facts told besides
    """
    if len(words) > _LONGEST:
        raise Unsound(TOO_LONG)
    if _NOTHING.search(question):
        raise Unsound(NOT_A_QUESTION)
    known = numbers(sent).union(*map(numbers, near))
    if not numbers(words) <= known:
        raise Unsound(INVENTED)
    said = "".join(near)
    if any(match[0] not in said for match in word("charge").finditer(words)):
        raise Unsound(CHARGE)
    if _orders(words):
        raise Unsound(ORDER)


def _orders(words: str) -> bool:
    """Whether anything is said that addresses a reviewer or a model. A plea is known by its manner, which is that of
    a question to a unit as well: a sentence that asks for facts or reasons is none."""
    small = words.lower()
    pleading = "。".join(one for one in _SENTENCE.split(words) if not word("asks_to_explain").search(one))
    return any(
        any(cue in small for cue in cues) and word(name).search(pleading if name == _PLEA else words)
        for cues, name in PATTERNS
    )


def numbers(text: str) -> set[str]:
    """The numbers of a text as their digits, those spelt in Chinese likewise: 三十九 is 39."""
    plain, _ = folded(text)
    spelt = (parse(match[0]) for match in _NUMERAL.finditer(plain) if set(match[0]) & set(_POWERS))
    return {match[0].replace(",", "") for match in _NUMBER.finditer(plain)} | {
        str(value) for value in spelt if value
    }


def near(lines: Sequence[Line], by_number: Mapping[int, Line], report: Report) -> Iterator[str]:
    """What a question about the lines may repeat: they with their numbers, the two before each, and the rows of
    indicators they belong to."""
    for line in lines:
        yield str(line.number)
        for at in range(line.number - 2, line.number + 1):
            if (told := by_number.get(at)) is not None:
                yield told.text
    yield from _rows(report, [view.span() for line in lines for view in line.views])


def _rows(report: Report, spans: Sequence[Span]) -> Iterator[str]:
    """Label, target, actual, text, weight and score of the indicators that the spans stand in."""
    for row in report.indicators:
        cells = (row.name_view, row.target, row.actual, row.narrative)
        views = [view for view in cells if view is not None]
        if any(view.span().overlaps(span) for view in views for span in spans):
            yield from (view.text for view in views)
            yield from (figure.raw for figure in (row.weight, row.score) if figure is not None)
