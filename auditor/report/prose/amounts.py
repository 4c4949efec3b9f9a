"""Amounts of money stated in running text: what each is, clause by clause."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from auditor.compiled import compiled
from auditor.figures import Figure, Kind
from auditor.language import word
from auditor.report.model import Amount, Line, LineKind, Passage, Report, Role
from auditor.report.prose.mentions import CARRIED_ON, REACH, SOURCE_OF_MONEY, YEAR, Mention, is_whole
from auditor.report.prose.neutral import is_neutral, without_own_name

_LINK = r"(?:总?共计?|总计|合计|为|是|了|达到?|:|资金|(?:项目|专项|工作)?经费|金额|人民币|约|(?<=[调核压])[减增整缩][至到]|数){0,8}"
_ROLE_PHRASES: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, compiled(rf"(?P<phrase>{words}){_LINK}$"))
    for role, words in (
        (Role.CONTRACT, r"合同(?:总?价款?|总?金额|总额)?|中标(?:价|金额)|审定(?:价|金额)|结算(?:价|金额)"),
        (Role.ADJUSTMENT, r"(?:追加|调增|核增|新增)(?:项目|财政)?(?:预算|资金|经费|安排){0,8}"),
        (Role.BALANCE, r"(?:资金|年末|项目)?(?:结余|未支出|剩余|结转结余|尚有|未使用)(?:资金|的)?"),
        (Role.INITIAL, r"年初(?:县|市|区|省)?(?:财政|部门)?(?:安排(?:项目)?预算|预算(?:安排|批复)?|安排)"),
        (Role.BUDGET, r"(?:全年|调整后|年度|年末|最终)的?(?:部门|项目|可用)?预算(?:总额|安排|调整)?|(?:预算)?(?:年中)?(?:统一)?调[减增整](?:至|为|到)|全年可用"),
        (Role.BUDGET, r"(?:(?:压减|变更|核定|评审|核减|调减|调增|追加)后的?|实有|可执行|实际可用)(?:预算|资金)?"),
        (Role.BUDGET, r"(?:项目|部门|财政|资金|总|本年|当年|年|批复)?预算(?:总额|安排|批复|下达)?"),
        (Role.APPROVED, r"(?:批复|统筹|核定|批准|审批|同意|立项|概算|计划)(?:安排|下达|投入)?(?:总投资|投资|概算)?|总投资"),
        (Role.RECEIVED, r"(?:实际|累计|资金|全部){0,8}到位"),
        (Role.ALLOCATED, r"(?:已)?(?:下达|拨付|拨款)"),
        (Role.PAID, r"(?:全年|当年|本年|年度|实际|累计|项目|资金|总|共){0,8}(?:支出|支付|执行数?|使用|列支|花费)(?:数)?"),
        (Role.PAID, r"(?:全年|当年|本年|年度|实际|累计|共){1,4}(?:发放|兑现|兑付|开支)"),
        (Role.INVESTED, r"(?:资金|累计|实际|总){0,8}投入"),
    )
)  # fmt: skip
_ROLELESS = compiled(rf"{_LINK}$")
_CLOSED = compiled(r"(?:合计|共计|总计|一共|共|达到?|全年(?:共|合计)?)(?:为|达到?|安排)?$")
_SUMMED = compiled(
    r"(?:以上|上述|各项|[两二三四五六七八九十\d]{1,2}项)*(?:合计|共计|总计|一共|共)(?:支出|支付|使用)?(?:资金|费用)?(?:为|:)?$"
)
_CUT = compiled(r"减|压|收回|划[出转]")
_TOTAL = Line(LineKind.TOTAL, "合计")


@dataclass
class _Sentence:
    """What the figures of one sentence have said so far.

    whole    whether its subject is the whole project (None: nothing said yet)
    money    the last amount; `head` the one a 其中 takes apart, `listed` the sum of its parts
    moved    the budget of the year's beginning and what was added to it since, in whatever sentence of the passage
    beside   that budget and every amount told beside it since
    """

    start: int
    whole: bool | None = None
    money: Decimal | None = None
    head: Decimal | None = None
    head_whole: bool | None = None
    listed: Decimal = Decimal(0)
    parts_from: int | None = None
    moved: list[Decimal] = field(default_factory=list)
    beside: list[Decimal] = field(default_factory=list)

    def closes(self, figure: Figure, clause: str) -> bool:
        """Whether the figure is the budget as it became: "年初预算…，9月因学生增加追加…，合计…", or "县级年初预算…、
        上级补助…，共…"."""
        return bool(_CLOSED.match(clause)) and any(
            len(told) > 1 and sum(told) == figure.amount for told in (self.moved, self.beside)
        )

    def part(self, text: str, figure: Figure, clause_start: int, verb: bool) -> bool:
        """Whether the figure stands in a list of parts ("其中…"). The list ends with the part that
        completes its total, and before a verb of its own whose amount no part could hold."""
        since = self.parts_from if self.parts_from is not None else self.start
        since = max(since, figure.start - REACH)
        opened = text.rfind("其中", since, figure.start)
        if opened >= 0 and opened + 2 > since:
            self.parts_from, self.head, self.listed = opened + 2, self.money, Decimal(0)
            self.head_whole = self.whole
        elif self.parts_from is None:
            return False
        elif self._ended(text, figure, clause_start, verb):
            self.parts_from, self.whole = None, self.head_whole
            self.start = clause_start
            return False
        self.listed += figure.amount
        return True

    def pass_by(self, figure: Figure, clause: str, project: str) -> None:
        """Takes note of an amount that no word of its clause gives a role."""
        if word("budget_step").search(clause):
            self.moved.append(figure.amount if not _CUT.search(clause) else -figure.amount)
            # "年中追加信息化经费44万元" narrows nothing
        elif SOURCE_OF_MONEY.search(clause) or not is_neutral(
            word("budget_step_end").sub("", _ROLELESS.sub("", clause)), project
        ):
            self.whole = False
        self.money = figure.amount

    def tell(self, role: Role, figure: Figure, whole: bool) -> None:
        """Takes note of an amount with its role. After "合同价406万元" the sentence speaks of the contract; "9月追加20万元"
        narrows nothing."""
        if role is not Role.ADJUSTMENT:
            self.whole = whole and role is not Role.CONTRACT
        if role is Role.INITIAL and whole:
            self.moved, self.beside = [figure.amount], [figure.amount]
        elif role is Role.ADJUSTMENT:
            self.moved.append(figure.amount)
        self.money = figure.amount

    def _ended(self, text: str, figure: Figure, clause_start: int, verb: bool) -> bool:
        if self.head is not None and self.listed + figure.amount == self.head:
            return False  # "其中基本支出4120.4万元，项目支出5721.76万元": the last part, verb or not
        if self.head is not None and self.listed == self.head:
            return verb or "其中" not in text[clause_start : figure.start]
        return verb and self.money is not None and figure.amount > max(self.money, self.listed)


def read_amounts(passage: Passage, report: Report, project: str, *, apart: bool) -> None:
    """The amounts of a passage; `apart`: of a matter of its own, none of them is the whole project's."""
    text = passage.text
    state = _Sentence(0)
    first, seen = len(report.prose_amounts), 0
    for figure in passage.figures:
        if figure.kind is not Kind.MONEY or figure.modifier.value not in ("", "="):
            continue
        stop = max(text.rfind(char, seen, figure.start) for char in "。；;\n")
        seen = figure.end
        if stop >= 0:
            state = _Sentence(stop + 1, moved=state.moved)
        start = max(state.start, figure.start - REACH)
        before = text[start : figure.start]
        clause_start = max(before.rfind(char) for char in "，,、(") + 1
        clause = without_own_name(before[clause_start:], project)
        named = _role(clause)
        verb = named is not None and CARRIED_ON.fullmatch(clause[: named[1].start("phrase")]) is not None
        part = state.part(
            text, figure, start + clause_start, verb and before[clause_start - 1 :][:1] in "，,"
        )
        if (summed := _sum_told(report, first, figure, clause, state, named is not None)) is not None:
            role, label = summed
            report.prose_amounts.append(Amount(role, _TOTAL, figure, label, year=_year(before)))
            continue
        if state.beside and not part:
            state.beside.append(figure.amount)
        if named is None:
            state.pass_by(figure, clause, project)
            continue
        if word("projects_won").search(before[:clause_start]) or word("from_budget").search(clause):
            continue  # "签约项目26个、总投资18.7亿元": no money of this one; "高于年初预算16.4万元": maybe a step
        role, match = named
        subject = clause[: match.start("phrase")]
        one = Mention(text, figure, before, clause, clause_start, role, match["phrase"], subject)
        # "“三公”经费预算18万元，实际支出14.62万元": the second clause keeps the first one's subject.
        kept = state.whole is False and CARRIED_ON.fullmatch(subject) is not None
        whole = not (part or apart or kept) and is_whole(one, passage, report, project)
        state.tell(role, figure, whole)
        line = _TOTAL if whole else Line(LineKind.DETAIL, subject)
        report.prose_amounts.append(Amount(role, line, figure, one.phrase, whole=whole, year=_year(before)))


def _sum_told(
    report: Report, first: int, figure: Figure, clause: str, state: _Sentence, named: bool
) -> tuple[Role, str] | None:
    """What a figure is that sums up others: the payments of the passage, or the budget as it became."""
    if _SUMMED.match(clause) and _made_up(report, first, figure):
        return Role.PAID, "合计支出"
    return (Role.BUDGET, "调整后预算") if not named and state.closes(figure, clause) else None


def _made_up(report: Report, first: int, figure: Figure) -> bool:
    """Whether the payments told in the passage so far make up the figure: "图书支付99.86万元；报刊支付17.93万元；
    三项合计149.39万元". Each is a part then, whatever its clause says."""
    told = report.prose_amounts[first:]
    paid = [at for at, one in enumerate(told, first) if one.role is Role.PAID]
    if len(paid) < 2 or sum(report.prose_amounts[at].figure.amount for at in paid) != figure.amount:
        return False
    for at in paid:
        report.prose_amounts[at] = replace(report.prose_amounts[at], whole=False)
    return True


def _role(clause: str) -> tuple[Role, re.Match[str]] | None:
    for role, phrase in _ROLE_PHRASES:
        match = phrase.search(clause)
        if match is not None:
            return role, match
    return None


def _year(before: str) -> int | None:
    years = YEAR.findall(before)
    return int(years[-1]) if years else None
