"""Amounts, total score and grade stated in running text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from auditor.compiled import compiled
from auditor.figures import Figure, Kind
from auditor.language import word
from auditor.report.cell_figures import points_figure
from auditor.report.grades import BOXES, grade_in
from auditor.report.labels import GRADE_LABEL
from auditor.report.model import (
    Amount,
    FormKind,
    Grade,
    Line,
    LineKind,
    Passage,
    Report,
    Role,
    ScoreTotal,
    TextKind,
)

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
_NEUTRAL = frozenset((
    "截至", "截止", "至", "到", "目前", "本", "该", "此", "当期", "本期", "本次", "今年", "项目", "资金", "全年", "年度", "年", "月", "日", "底", "末",
    "部门", "单位", "县", "市", "区", "省", "级", "财政", "我局", "我单位", "我县", "总", "共", "全部", "上述", "以上",
    "均", "已", "经", "其", "专项", "实际", "累计", "当年", "预算", "安排", "经费", "年中", *"-/.、,，:()",
))  # fmt: skip
_PIECE_OF_NAME = 4
_MONEY_OF = compiled(r"(?:专项|项目|工作)?(?:经费|资金)(?:共计?|为|:)?$")
_SHORTEST_NAME, _LONGEST_NAME = 2, 12
"""Characters of a project's name that stand for it before 经费."""
_CAUSE = 14
"""Characters that "因" may take along: "因政策调整"."""
_REACH = 400
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
_CARRIED_ON = compiled(
    r"(?:截[至止]|目前|[至到]|(?:19|20)\d\d年|\d{1,2}月|\d{1,2}[日号]|[年月]?[底末]|止|已|均|共|累计|实际|其|[，,])*"
)
# "480万元，占合同价500万元的96%": named by what follows.
_PRICE = compiled(r"的?(?:[\u4e00-\u9fff]{0,2}[票单房]价|[\u4e00-\u9fff]{0,4}标准|/|每)")
_OF_A_CONTRACT = compiled(r"[，,]?(?:已?占|为|达到?)[^，,。；;\d]{0,8}(?:合同|中标|审定|结算)")
_OTHER_YEAR = compiled(r"上年|去年|次年|下年|以前年度|历年|比|较上|每年|年均|每.|人均|户均|单价|平均")
_YEAR = compiled(r"(?:19|20)\d\d(?=年)")
_ROLELESS = compiled(rf"{_LINK}$")
_SOURCE = compiled(
    r"(?:中央|地方|上级|本级|[省市州县区乡镇]级?)(?:财政|配套|补助|专项|自筹)*资金(?:共计?|为|:)?$"
)
_TWO = compiled(r"[和及与、]")
_CLOSED = compiled(r"(?:合计|共计|总计|一共|共|达到?|全年(?:共|合计)?)(?:为|达到?|安排)?$")
_SUMMED = compiled(
    r"(?:以上|上述|各项|[两二三四五六七八九十\d]{1,2}项)*(?:合计|共计|总计|一共|共)(?:支出|支付|使用)?(?:资金|费用)?(?:为|:)?$"
)
_CUT = compiled(r"减|压|收回|划[出转]")
# "1200万元（三年）"
_SEVERAL_YEARS = compiled(r"[(（][^()（）\d]{0,6}(?:[二两三四五六]|\d)年[^()（）]{0,4}[)）]")
_OF_THE_UNIT = compiled(r"(?:单位|[我本]局|[我本]部门)(?:的?部门预算|.{0,2}整体)")
"""The money of a whole department, which a project's report only mentions."""
_BESIDE_BASIC = compiled(r"基本支出|占(?:全?单位|[我本全]局|[我本全]?部门)(?:当年|全年)?总?(?:支出|预算)")
"""All a department spends on projects stands beside its basic expenditure."""
_KIND_OF_EXPENDITURE = compiled(r"(?:项目|基本)支出(?:为|共)?$")
"""Of a department: one half of what it spends."""
_LONG_TERM = compiled(r"总投资|概算|(?:开工|立项|实施|启动)以来")
_SCORE = compiled(
    r"(?P<label>(?:自评|综合|总体|评价|评定|最终|绩效|项目|自我|指标|体系|结果){0,8}(?:总得分|总评分|总分值?|得分|评分|评定|自评|总评))(?:结果)?(?:得满分|得分|总?分|得)?(?:为|是|达|:|共|合计|共计){0,8}$"
)
_BARE_SCORE = compiled(r"自评(?:总)?得分(?:为|:)?$")
_SUM_OF_SCORES = compiled(r"(?P<label>合计|共计|总计|总共)(?:得|为)?$")
_EARNED = compiled(r"(?<!满分)(?<=[^\d.])\d+(?:\.\d+)?分")
_EARLIER = compiled(r"上一?年|去年|前年|以前年度|往年|上期")
_REVIEWED = compiled(
    r"复核|复评|重点评价|部门评价|部门评审|再评价|抽查|审核|评审|核定|财政(?:局|厅|部门)?(?:绩效)?(?:评价|评分|打分|得分|评定)|第三方|专家"
)
_CLASS = compiled(r"执行|产出|效益|满意度|过程|决策|测评|考核")
_CLASS_LAST = compiled(
    r"(?:执行|产出|效益|效果|满意度?|过程|决策|成本|测评|考核)(?:率|类|方面|部分|情况)?(?:指标)?$"
)
_ITEM = compiled(r"(?:执行|完成|到位|及时|合格|覆盖)率|(?:产出|效益|满意度?|质量|数量|时效|成本)指标")
_GRADE = compiled(
    r"(?:(?:等级|等次|评分|评价结果|评价|评级|评定|级别|自评结果|结论)(?:结果)?(?:为|是|:|属于|达到)+|评为|\d分[，,](?:等[级次])?为?)"
    r"[“\"”]?(?P<word>优秀|良好|中等|不合格|不及格|合格|及格|较差|优|良|中|差)(?=[”\"。；;，,、\n(]|等?级?$|等[。，])"
)
_ANY_PROJECT = compiled(
    r"[”\"]?(?:等[级次]?|级)?(?:及?以[上下])?的(?!成绩|结果|等[次级]|评价)|[”\"]?[、和及或](?=[“\"]?[优良中差])|[”\"][“\"](?=[优良中差])"
)
_CONDITION = compiled(r"(?:并|且|要|应|将)?(?:对于?|凡|如果?|若|一旦|连续|将|把|当|按规定|根据|未|被)")
_GRADE_LABEL = compiled(rf"(?:{GRADE_LABEL.pattern})[:：](?=.*[{BOXES}])")
_PART_TITLE = compiled(r"产出|效益|效果|过程|决策|投入|满意|质量|数量|时效|成本|影响")


def read_prose(report: Report) -> None:
    """Fills prose amounts, totals and the grade of `report`."""
    project = compiled(r"[^\w]").sub("", report.project)
    remarks = _remarks(report)
    for passage in report.prose:
        if passage.filled_by_system:
            continue
        apart = passage.span.start in remarks or bool(
            word("kind_of_expenses").search(passage.section)
            or word("kind_of_expenses").search(passage.chapter)
        )
        _amounts(passage, report, project, apart=apart)
        if "分" in passage.text:
            _scores(passage, report)
        if report.grade is None and (label := _GRADE_LABEL.match(passage.text)):
            report.grade = grade_in(passage.view.part(label.end(), len(passage.text)))
        if report.grade is None:
            own = (one for one in _GRADE.finditer(passage.text) if not _of_other_things(passage.text, one))
            match = next(own, None)
            if match is not None:
                report.grade = Grade(match["word"], passage.view.part(*match.span("word")))


def _remarks(report: Report) -> set[int]:
    """Where the cells of the indicators start whose rows are not about the project's money: an amount there is the
    row's own ("“三公”经费控制率 | 预算4万元，支出3.3万元")."""
    return {
        view.span().start
        for one in report.indicators
        if not one.is_execution
        if word("kind_of_expenses").search(one.name) or not word("about_money").search(one.name)
        for view in (one.narrative, one.reason, one.actual, one.target)
        if view is not None
    }


def _of_other_things(text: str, match: re.Match[str]) -> bool:
    """Whether a grade is a step of a scale, or that of any project it may befall ("对评价结果为“差”的项目")."""
    if compiled(r"以上|以下|≥|分为").search(text[max(0, match.start() - 4) : match.start()]):
        return True
    if _ANY_PROJECT.match(text, match.end()):
        return True
    start = max(text.rfind(mark, 0, match.start()) for mark in "。；;，,\n") + 1
    return _CONDITION.match(text, start, match.start()) is not None


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
        since = max(since, figure.start - _REACH)
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

    def _ended(self, text: str, figure: Figure, clause_start: int, verb: bool) -> bool:
        if self.head is not None and self.listed + figure.amount == self.head:
            return False  # "其中基本支出4120.4万元，项目支出5721.76万元": the last part, verb or not
        if self.head is not None and self.listed == self.head:
            return verb or "其中" not in text[clause_start : figure.start]
        return verb and self.money is not None and figure.amount > max(self.money, self.listed)


def _sentence(text: str, figure: Figure) -> str:
    """The sentence the figure stands in, as far as 400 characters on either side."""
    before = text[max(figure.start - _REACH, 0) : figure.start]
    behind = text[figure.end : figure.end + _REACH]
    return compiled("[。\n]").split(before)[-1] + " " + compiled("[。\n]").split(behind, maxsplit=1)[0]


def _amounts(passage: Passage, report: Report, project: str, *, apart: bool) -> None:
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
        start = max(state.start, figure.start - _REACH)
        before = text[start : figure.start]
        clause_start = max(before.rfind(char) for char in "，,、(") + 1
        clause = _without_own_name(before[clause_start:], project)
        named = _role(clause)
        verb = named is not None and _CARRIED_ON.fullmatch(clause[: named[1].start("phrase")]) is not None
        part = state.part(
            text, figure, start + clause_start, verb and before[clause_start - 1 :][:1] in "，,"
        )
        if _SUMMED.match(clause) and _made_up(report, first, figure):
            line = Line(LineKind.TOTAL, "合计")
            report.prose_amounts.append(Amount(Role.PAID, line, figure, "合计支出", year=_year(before)))
            continue
        if named is None and state.closes(figure, clause):
            line = Line(LineKind.TOTAL, "合计")
            report.prose_amounts.append(
                Amount(Role.BUDGET, line, figure, "调整后预算", whole=True, year=_year(before))
            )
            continue
        if state.beside and not part:
            state.beside.append(figure.amount)
        if named is None:
            if word("budget_step").search(clause):
                state.moved.append(figure.amount if not _CUT.search(clause) else -figure.amount)
                # "年中追加信息化经费44万元" narrows nothing
            elif _SOURCE.search(clause) or not is_neutral(
                word("budget_step_end").sub("", _ROLELESS.sub("", clause)), project
            ):
                state.whole = False
            state.money = figure.amount
            continue
        if word("projects_won").search(before[:clause_start]):
            continue  # "签约项目26个、总投资18.7亿元": no money of this one
        role, match = named
        subject = clause[: match.start("phrase")]
        whole = not (part or apart) and is_neutral(subject, project) and not _OTHER_YEAR.search(clause)
        whole = whole and not _SOURCE.search(subject) and _neutral_start(before[:clause_start], project)
        if report.form is not FormKind.DEPARTMENT and (
            _OF_THE_UNIT.search(clause) or (whole and _BESIDE_BASIC.search(_sentence(text, figure)))
        ):
            whole = False
        if state.whole is False and _CARRIED_ON.fullmatch(subject):
            # "“三公”经费预算18万元，实际支出14.62万元": the second clause keeps the first one's subject.
            whole = False
        if whole and "累计" in clause and _many_years(text, start, figure.end):
            whole = False
        if whole and (_PART_OF_YEAR.search(clause) or _ONE_SOURCE.search(clause)):
            whole = False
        if whole and passage.parts and not word("of_all_parts").search(clause):
            whole = False
        if whole and report.form is FormKind.DEPARTMENT and _KIND_OF_EXPENDITURE.search(clause):
            whole = False
        if whole and role is Role.BUDGET and "总" in match["phrase"] and _many_years(text, start, figure.end):
            whole = False
        if whole and role is Role.PAID and _ONE_LEVEL.search(subject):
            whole = False
        if (
            whole
            and role is Role.BUDGET
            and word("level").fullmatch(subject)
            and _beside_levels(before[:clause_start])
        ):
            whole = False  # "中央补助1420万元，省级补助486万元，县级预算250万元"
        if whole and _CARRIED_ON.fullmatch(subject) and _PERIOD.search(before):
            whole = False
        if whole and _SEVERAL_YEARS.match(text, figure.end):
            whole = False
        if whole and role in (Role.PAID, Role.BALANCE) and text.startswith("用于", figure.end):
            whole = False  # "支出86万元用于道路维修", "剩余93万元用于充电桩"
        if whole and role is not Role.CONTRACT and _OF_A_CONTRACT.match(text, figure.end):
            whole = False
        if whole and _PRICE.match(text, figure.end):
            whole = False  # "执行1元票价"
        # After "合同价406万元" the sentence speaks of the contract; "9月追加20万元" narrows nothing.
        if role is not Role.ADJUSTMENT:
            state.whole = whole and role is not Role.CONTRACT
        if role is Role.INITIAL and whole:
            state.moved, state.beside = [figure.amount], [figure.amount]
        elif role is Role.ADJUSTMENT:
            state.moved.append(figure.amount)
        state.money = figure.amount
        line = Line(LineKind.TOTAL if whole else LineKind.DETAIL, "合计" if whole else subject)
        report.prose_amounts.append(
            Amount(role, line, figure, match["phrase"], whole=whole, year=_year(before))
        )


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


def _beside_levels(words: str) -> bool:
    """Whether a level of government has been told of in the sentence: the next one is a source among others."""
    return any(word("level").match(piece) for piece in _PIECE.split(words))


def _without_own_name(clause: str, project: str) -> str:
    """The words before an amount without a piece of the project's name before 经费 or 资金: "年初预算安排养护经费"
    of the project 国省道日常养护 narrows nothing."""
    match = _MONEY_OF.search(clause)
    if match is None or not project:
        return clause
    for size in range(min(_LONGEST_NAME, match.start()), _SHORTEST_NAME - 1, -1):
        if clause[match.start() - size : match.start()] in project:
            return clause[: match.start() - size] + clause[match.start() :]
    return clause


def _role(clause: str) -> tuple[Role, re.Match[str]] | None:
    for role, phrase in _ROLE_PHRASES:
        match = phrase.search(clause)
        if match is not None:
            return role, match
    return None


def _many_years(text: str, start: int, end: int) -> bool:
    """Whether the sentence, or the one before it, speaks of the total investment or of several years."""
    before = max(text.rfind("。", 0, max(start - 1, 0)) + 1, start - _REACH)
    stop = text.find("。", end, end + _REACH)
    said = text[before : stop if stop >= 0 else end + _REACH]
    return _LONG_TERM.search(said) is not None or len(set(_YEAR.findall(said))) > 1


def is_neutral(subject: str, project: str) -> bool:
    """Whether nothing before the role phrase narrows the amount to a part of the project."""
    plain = compiled(r"[^\w]|(?:项目)?(?:经费|资金)$").sub("", subject)
    if len(plain) >= 2 and plain in project and (len(plain) >= 4 or plain != subject):
        return not _TWO.search(project.replace(plain, ""))  # one half of "甲及乙" is not the project
    return _all_neutral(_without_name(subject, project))


def _without_name(subject: str, project: str) -> str:
    """What stands around the project's name, or around four characters and more of it where no 和 or 及 makes
    these one half of two: "2022年路灯电费区财政" of "城区路灯电费"."""
    if project and project in subject:
        return subject.replace(project, "")
    for length in range(min(len(subject), len(project)), _PIECE_OF_NAME - 1, -1):
        for start in range(len(subject) - length + 1):
            piece = subject[start : start + length]
            if piece in project and not _all_neutral(piece):
                return subject if _TWO.search(project.replace(piece, "")) else subject.replace(piece, "")
    return subject


def _all_neutral(text: str) -> bool:
    """Whether `text` falls apart into neutral words and digits, in whatever way."""
    reached = [True] + [False] * len(text)
    for at, char in enumerate(text):
        if not reached[at]:
            continue
        if char.isdecimal():
            reached[at + 1] = True
        for length in (1, 2, 3):
            if text[at : at + length] in _NEUTRAL:
                reached[min(at + length, len(text))] = True
        if char == "因" and text[at + 1 : at + 2] != "公":
            for end in range(at + 1, min(at + 1 + _CAUSE, len(text)) + 1):
                reached[end] = True
    return reached[-1]


def _neutral_start(before: str, project: str) -> bool:
    """The first clause of the sentence names the subject of the later ones."""
    first = compiled(r"[，,]").split(before)[0] if before else ""
    if not first or compiled(r"\d").search(first):
        return True
    return is_neutral(first, project) or not compiled(r"[一二三四]是|[:：]$").search(first)


def _year(before: str) -> int | None:
    years = _YEAR.findall(before)
    return int(years[-1]) if years else None


def _of_others(clause: str, fiscal_year: int | None) -> bool:
    """Whether a score is another year's, or given by someone else."""
    years = _YEAR.findall(clause)
    if _EARLIER.search(clause) or (years and fiscal_year is not None and int(years[-1]) != fiscal_year):
        return True
    return "自评" not in clause and _REVIEWED.search(clause) is not None


def _of_an_item(text: str, at: int, label: str) -> bool:
    """Whether a score is an average, or that of the item its sentence names: "执行率98%，得分9.8分"."""
    reach = max(0, at - _REACH)
    said = text[max(reach, *(text.rfind(mark, reach, at) + 1 for mark in "。；;\n")) : at]
    clause = compiled("[，,]").split(said)[-1]
    if "平均" in clause or ("自评" not in clause and _CLASS.search(clause) and "总" not in clause):
        return True
    whole = compiled("总|综合|最终").search(label) or "总" in clause
    return not whole and _ITEM.search(said.removesuffix(clause)) is not None


def _of_a_class(before: str) -> bool:
    """Whether the words right before the name of a score are those of a class: "预算执行率自评得分9.5分"."""
    return _CLASS_LAST.search(before) is not None


def _added_up(text: str, at: int, before: str) -> re.Match[str] | None:
    """The 合计 before a score that closes a list of scores: "产出得43分，效益26分，合计86.5分"."""
    closes = _SUM_OF_SCORES.search(before)
    return closes if closes and len(_EARNED.findall(text, max(0, at - _REACH), at)) > 1 else None


def _scores(passage: Passage, report: Report) -> None:
    text = passage.text
    for figure in passage.figures:
        before = text[max(0, figure.start - 24) : figure.start]
        bare = figure.kind is Kind.PLAIN and _BARE_SCORE.search(before)
        if figure.kind is not Kind.SCORE and not bare:
            continue
        match = _SCORE.search(before) or _added_up(text, figure.start, before)
        # "总分90分(含)以上为优" is the scale, not a score.
        bound = compiled(r"\(?含?\)?(?:及?以[上下]|至|-|~)|\(不?含").match(text[figure.end : figure.end + 5])
        if match is None or "满分" in before[-6:].replace("得满分", "") or figure.is_vague or bound:
            continue
        if _of_an_item(text, figure.start, match["label"]) or _of_a_class(before[: match.start()]):
            continue
        if passage.kind is TextKind.CELL and not compiled("总|自评|综合|最终").search(match["label"]):
            continue  # "过程（20分，得分19分）" in a table
        if _of_others(compiled(r"[，,。；;\n]").split(before)[-1], report.fiscal_year):
            continue
        start = figure.start - len(before) + match.start()
        span = passage.view.span(start, figure.end)
        defines = (
            figure.value in (Decimal(100), Decimal(120))
            and "自评" not in match["label"]
            and ("体系" in before or "总分" in match["label"])
        )
        scope = None
        title = passage.section
        if _PART_TITLE.search(title) and not compiled(r"结论|综合|自评|评价工作|目标完成|分析").search(title):
            scope = title
        scored = points_figure(figure)
        if defines:
            report.totals.append(ScoreTotal(match["label"], span, weight=scored, scope=scope))
        else:
            report.totals.append(ScoreTotal(match["label"], span, score=scored, scope=scope))
