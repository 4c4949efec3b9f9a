"""What the labels of a form name: amounts, lines of money, columns of indicators, fields of its head.

The words themselves are data: `auditor/language/lexicon/columns.toml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

from auditor.compiled import compiled
from auditor.language.lexicon import any_of, word
from auditor.report.model import LineKind, Role

# The first entry that a label matches whole is its role: the special ones go before the general.
_ROLES: tuple[tuple[Role, str], ...] = (
    (Role.REVIEW, "col_review"),
    (Role.CONTRACT, "col_contract"),
    (Role.SAVING_RATE, "col_saving_rate"),
    (Role.EXECUTION_RATE, "col_execution_rate"),
    (Role.ARRIVAL_RATE, "col_arrival_rate"),
    (Role.SPENDING_RATE, "col_spending_rate"),
    (Role.INITIAL, "col_initial_budget"),
    (Role.BUDGET, "col_adjusted_budget"),
    (Role.ADJUSTMENT, "col_adjustment"),
    (Role.RECLAIMED, "col_reclaimed"),
    (Role.BALANCE, "col_balance"),
    (Role.CARRIED, "col_carried"),
    (Role.BUDGET, "col_budget"),
    (Role.INVESTED, "col_invested"),
    (Role.RECEIVED, "col_received"),
    (Role.ALLOCATED, "col_allocated"),
    (Role.PAID, "col_paid"),
    (Role.WEIGHT, "col_weight"),
    (Role.SCORE, "col_score"),
)
_COLUMNS: tuple[tuple[str, str], ...] = (
    ("review", "col_review"),
    ("deduction", "ind_deduction"),
    ("other", "ind_other"),
    ("score rate", "ind_score_rate"),
    ("completion", "ind_completion"),
    ("deviation rate", "ind_deviation_rate"),
    ("deviation", "ind_deviation"),
    ("level", "ind_level"),
    ("name", "ind_name"),
    ("adjusted", "ind_adjusted"),
    ("target", "ind_target"),
    ("actual", "ind_actual"),
    ("pair", "ind_pair"),
    ("pair back", "ind_pair_back"),
    ("weight", "col_weight"),
    ("score", "col_score"),
    ("narrative", "ind_narrative"),
    ("reason", "ind_reason"),
    ("sign", "ind_sign"),
    ("unit", "ind_unit"),
)
_ROLE_WORDS = tuple(entry for _, entry in _ROLES)
_COLUMN_WORDS = tuple(entry for _, entry in _COLUMNS)

WEIGHTED_SCORE = word("col_weighted_score")
GRADE_LABEL = word("col_grade_label")
GRADE_WORD = word("col_grade_word")
TOTAL_ROW = word("col_total_row")
SUBTOTAL_ROW = word("col_subtotal_row")
LEVEL_WORD = word("col_level_word")
TOP_LEVEL = word("col_top_level")
FIELD_LABEL = word("col_field_label")
GOAL_LABEL = word("col_goal_label")
RESULT_LABEL = word("col_result_label")
PROBLEM_HEAD = word("col_problem_head")
MEASURE_HEAD = word("col_measure_head")

_MARK = compiled(r"^(?:[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．]|[①-⑳])(?=\D)")
_TRAILING_NOTE = compiled(r"(?<!^)(?:\((?:[^()]|\([^()]*\))*\)){1,2}(?:=[^\u4e00-\u9fff]*)?$")
_FORMULA = r"[A-Za-z\d①-⑳()+\-/×*÷%]"
_LETTER = compiled(
    rf"(?<=[\u4e00-\u9fff])(?:[A-Za-z](?:[/+-][A-Za-z])?(?:[×*]100%?)?|[A-Za-z①-⑳]={_FORMULA}{{1,40}}|\d{{1,2}}=\d{_FORMULA}{{2,40}}|[①-⑳])$|^[A-Z](?=[\u4e00-\u9fff])"
)


@lru_cache(maxsize=4096)
def clean(label: str) -> str:
    """A label without its closing note ("(万元)", "(B/A)"), list mark, column letter and colon."""
    label = label.replace("\n", "").replace("*", "").replace("★", "").rstrip(":")
    label = _MARK.sub("", compiled(r"^其中[:：\-—]?").sub("", label))
    label = _TRAILING_NOTE.sub("", label)
    return _LETTER.sub("", label).strip(": ")


@lru_cache(maxsize=4096)
def role_of(label: str) -> Role | None:
    """The money role a label names, or `None`."""
    text = clean(label)
    if not text or len(text) > 30:
        return Role.EXECUTION_RATE if compiled(r"\(?B/A.{0,8}").fullmatch(label) else None
    if any_of(*_ROLE_WORDS).fullmatch(text) is None:
        return None
    return next(role for role, entry in _ROLES if word(entry).fullmatch(text))


@lru_cache(maxsize=4096)
def roles_together(label: str, other: str) -> tuple[Role, Role] | None:
    """What two neighbouring labels name that begin with the same words of no list ("贴息预算 | 贴息支出"): each an amount
    of its own, of the same money."""
    one, two = clean(label), clean(other)
    if len(one) > 16 or len(two) > 16 or role_of(label) is not None or role_of(other) is not None:
        return None
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))
    for at in range(shared, 1, -1):
        first, second = role_of(one[at:]), role_of(two[at:])
        if first is not None and second is not None and first.is_money and second.is_money:
            return (first, second) if first is not second else None
    return None


@lru_cache(maxsize=4096)
def line_of(label: str) -> LineKind | None:
    """Whether a label names the total, a subtotal or a source of money."""
    text = clean(label)
    if SUBTOTAL_ROW.fullmatch(text):
        return LineKind.SUBTOTAL
    if word("col_money_total").fullmatch(text):
        return LineKind.TOTAL
    return LineKind.SOURCE if word("col_money_source").fullmatch(text) else None


@lru_cache(maxsize=4096)
def sums_up(label: str) -> bool:
    """Whether a row so called is the total or a subtotal of rows above it."""
    return TOTAL_ROW.fullmatch(label) is not None or SUBTOTAL_ROW.fullmatch(label) is not None


@lru_cache(maxsize=4096)
def details_above(label: str) -> bool:
    """Whether a row so called details the one above it ("其中：东片", "分项1：一号泵站", "——二号桥")."""
    return word("row_of_detail").match(label) is not None


@lru_cache(maxsize=4096)
def heads_details(label: str) -> bool:
    """Whether a header cell announces detail lines (支出明细, 子项目名称)."""
    return word("col_detail_head").fullmatch(clean(label)) is not None


@lru_cache(maxsize=4096)
def column_of(label: str) -> str | None:
    """The kind of indicator column a header cell names."""
    text = clean(label)
    if not text or len(text) > 40:
        return None
    if any_of(*_COLUMN_WORDS).fullmatch(text) is None:
        return "score" if text == "自评" else None
    return next(kind for kind, entry in _COLUMNS if word(entry).fullmatch(text))


def score_of_others(labels: Sequence[str]) -> int | None:
    """Which of two columns of scores is another's than the unit's, by their words; `None` where they do not tell."""
    texts = [clean(label) for label in labels]
    if len(texts) != 2 or any("率" in text for text in texts):
        return None
    own = [word("col_own_score").fullmatch(text) is not None for text in texts]
    again = word("col_score_again").fullmatch(texts[1]) is not None
    return own.index(False) if sum(own) == 1 else 1 if again and not any(own) else None


@lru_cache(maxsize=1024)
def unit_in(text: str) -> str | None:
    """The money unit that a label or note declares."""
    match = compiled(
        r"(?:单位[:：]?|[(（/]|金额|人民币)\s*(万元|亿元|千元|百万元|元)(?![\u4e00-\u9fff])"
    ).search(text)
    return match[1] if match else None
