"""An amount mentioned in running text with a role, and whether it is the whole project's."""

from __future__ import annotations

from auditor.compiled import compiled
from auditor.figures import Figure
from auditor.language import word
from auditor.report.model import FormKind, Passage, Report, Role
from auditor.report.prose.neutral import is_neutral, neutral_start
from auditor.values import frozen

REACH = 400
"""So far back an amount's own words are looked for, where no full stop stands before."""
# "截至6月30日支出52万元", "12月支出60万元": a part of the year; to the end of December is all of it.
_PART_OF_YEAR = compiled(
    r"(?<!\d)(?:[1-9]|1[01])月|(?<!\d)(?<![截至止到])(?<![截至止到](?:19|20)\d\d年)12月(?!底|末|31)|[一二三四]季度|[上下]半年|前三季度"
)
_ONE_SOURCE = compiled(r"(?:中央|省级?|市级?|县级?|区级?|上级|地方)(?:财政)?(?:补助|配套|专项|衔接)?资金")
_ONE_LEVEL = compiled(r"(?:中央|[省市县区]级?|上级|地方|乡镇)财政$")  # "县财政支出443万元"
_PIECE = compiled(r"[，,、:：(（]")
_PERIOD = compiled(r"学期|[春夏秋冬]季|上半年|下半年|[一二三四]季度|第?[一二三四]期")
# What may stand before the verb of a clause that keeps the subject of the one before it.
CARRIED_ON = compiled(
    r"(?:截[至止]|目前|[至到]|(?:19|20)\d\d年|\d{1,2}月|\d{1,2}[日号]|[年月]?[底末]|止|已|均|共|累计|实际|其|[，,])*"
)
_PRICE = compiled(r"的?(?:[\u4e00-\u9fff]{0,2}[票单房]价|[\u4e00-\u9fff]{0,4}标准|/|每)")
_OF_A_CONTRACT = compiled(r"[，,]?(?:已?占|为|达到?)[^，,。；;\d]{0,8}(?:合同|中标|审定|结算)")
_OTHER_YEAR = compiled(r"上年|去年|次年|下年|以前年度|历年|比|较上|每年|年均|每.|人均|户均|单价|平均")
YEAR = compiled(r"(?:19|20)\d\d(?=年)")
SOURCE_OF_MONEY = compiled(
    r"(?:中央|地方|上级|本级|[省市州县区乡镇]级?)(?:财政|配套|补助|专项|自筹)*资金(?:共计?|为|:)?$"
)
_SEVERAL_YEARS = compiled(r"[(（][^()（）\d]{0,6}(?:[二两三四五六]|\d)年[^()（）]{0,4}[)）]")
_OF_THE_UNIT = compiled(r"(?:单位|[我本]局|[我本]部门)(?:的?部门预算|.{0,2}整体)")
"""The money of a whole department, which a project's report only mentions."""
_BESIDE_BASIC = compiled(r"基本支出|占(?:全?单位|[我本全]局|[我本全]?部门)(?:当年|全年)?总?(?:支出|预算)")
"""All a department spends on projects stands beside its basic expenditure."""
_KIND_OF_EXPENDITURE = compiled(r"(?:项目|基本)支出(?:为|共)?$")
"""Of a department: one half of what it spends."""
_LONG_TERM = compiled(r"总投资|概算|(?:开工|立项|实施|启动)以来")


def _sentence(text: str, figure: Figure) -> str:
    """The sentence the figure stands in, as far as 400 characters on either side."""
    before = text[max(figure.start - REACH, 0) : figure.start]
    behind = text[figure.end : figure.end + REACH]
    return compiled("[。\n]").split(before)[-1] + " " + compiled("[。\n]").split(behind, maxsplit=1)[0]


@frozen
class Mention:
    """An amount whose clause says what it is.

    before   the words of its sentence up to it · clause  those of its clause, `clause_start` into them
    phrase   what says its role · subject  what stands before that in the clause
    """

    text: str
    figure: Figure
    before: str
    clause: str
    clause_start: int
    role: Role
    phrase: str
    subject: str


def is_whole(one: Mention, passage: Passage, report: Report, project: str) -> bool:
    """Whether an amount is the whole project's, and not that of a part of it, of a contract or of somebody else."""
    if (
        not is_neutral(one.subject, project)
        or _OTHER_YEAR.search(one.clause)
        or SOURCE_OF_MONEY.search(one.subject)
    ):
        return False
    if not neutral_start(one.before[: one.clause_start], project):
        return False
    years = "累计" in one.clause or (one.role is Role.BUDGET and "总" in one.phrase)
    if years and _many_years(one.text, one.figure.start - len(one.before), one.figure.end):
        return False
    return not (_of_a_unit(one, report) or _of_a_part(one, passage) or _narrowed_behind(one))


def _of_a_unit(one: Mention, report: Report) -> bool:
    """Whether an amount is all money of a department that a project's report mentions, or one half of what a
    department spends."""
    if report.form is FormKind.DEPARTMENT:
        return _KIND_OF_EXPENDITURE.search(one.clause) is not None
    beside = _BESIDE_BASIC.search(_sentence(one.text, one.figure))
    return beside is not None or _OF_THE_UNIT.search(one.clause) is not None


def _of_a_part(one: Mention, passage: Passage) -> bool:
    """Whether an amount is that of a part of the year, of one source or level, or of what the headings set apart."""
    if _PART_OF_YEAR.search(one.clause) or _ONE_SOURCE.search(one.clause):
        return True
    if passage.parts and not word("of_all_parts").search(one.clause):
        return True
    if one.role is Role.PAID and _ONE_LEVEL.search(one.subject):
        return True
    level = one.role is Role.BUDGET and word("level").fullmatch(one.subject)
    if level and _beside_levels(one.before[: one.clause_start]):
        return True  # "中央补助1420万元，省级补助486万元，县级预算250万元"
    return CARRIED_ON.fullmatch(one.subject) is not None and _PERIOD.search(one.before) is not None


def _narrowed_behind(one: Mention) -> bool:
    """Whether the words behind an amount say that it is no sum of the project's: "1200万元（三年）", "执行1元票价",
    "支出86万元用于道路维修", "480万元，占合同价500万元的96%"."""
    text, end = one.text, one.figure.end
    spent = one.role in (Role.PAID, Role.BALANCE) and text.startswith("用于", end)
    contract = one.role is not Role.CONTRACT and _OF_A_CONTRACT.match(text, end)
    return bool(spent or contract or _SEVERAL_YEARS.match(text, end) or _PRICE.match(text, end))


def _beside_levels(words: str) -> bool:
    """Whether a level of government has been told of in the sentence: the next one is a source among others."""
    return any(word("level").match(piece) for piece in _PIECE.split(words))


def _many_years(text: str, start: int, end: int) -> bool:
    """Whether the sentence, or the one before it, speaks of the total investment or of several years."""
    before = max(text.rfind("。", 0, max(start - 1, 0)) + 1, start - REACH)
    stop = text.find("。", end, end + REACH)
    said = text[before : stop if stop >= 0 else end + REACH]
    return _LONG_TERM.search(said) is not None or len(set(YEAR.findall(said))) > 1
