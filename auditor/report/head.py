"""Who, what and when: project, unit, fiscal year, filing date, kind of paper."""

from __future__ import annotations

import re

from auditor.compiled import compiled
from auditor.document import View
from auditor.figures import Figure, Kind, scan
from auditor.language.lexicon import source, word
from auditor.report.model import FormKind, Report, TextKind
from auditor.report.named_unit import named_unit

_UNIT = (
    "label_of_assessed",
    "label_of_doer",
    "label_of_filler",
    "label_of_user",
    "label_of_department",
    "label_of_body",
)
"""Labels that name the unit, the best first."""
_FIELDS = (
    "label_of_project",
    *_UNIT,
    "label_of_evaluator",
    "label_of_year",
    "label_of_filing",
    "label_of_others",
)
_LABELS = "|".join(f"(?:{source(name)})" for name in _FIELDS)
_FIELD = compiled(
    rf"(?P<label>{_LABELS})(?:\([^()]{{1,8}}\))?[:|](?P<value>[^:|。]{{1,60}}?)[|]?(?=(?:{_LABELS})(?:\([^()]{{1,8}}\))?[:|]|[。\n]|$)"
)
_PROJECT_BEHIND_YEAR = compiled(
    r"(?:19|20)\d\d年度?(?P<name>[^年，。]{4,40}?)(?:支出)?(?:绩效)?(?:自评(?:价)?|自我评价)(?:工作)?报告$"
)
_NO_PROJECT = compiled(
    r"(?:部门|单位|整体|项目|财政|预算|专项|资金|经费|支出|执行|绩效|评价|管理|重点|工作|情况|[省市县区乡镇]级|本级|省直|市直|县直|自评|及|和|与|的|度)+"
)
"""Words of a title that name no project."""
_ANY_LABEL = compiled(_LABELS)
_ONLY_YEAR = compiled(r"(?:19|20)\d\d年?度?|[一二三四]级指标|年度|项目年度")
_PATH = compiled(r"[>›»]|(?:当前|现在)的?位置|首页")
_KINDS_OF_PROJECT = (
    "支出",
    "财政支出",
    "部门预算",
    "部门",
    "省级",
    "市级",
    "县级",
    "本级",
    "市级财政支出",
    "预算",
)
_CHINESE_YEAR = compiled(r"(?<![一二三四五六七八九〇零○])二[〇零○Oo0][一二三四五六七八九〇零○]{2}(?=年)")
_CHINESE_DIGITS = str.maketrans("〇零○Oo一二三四五六七八九", "00000123456789")
_CLOSING_DATE = compiled(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日")

_FORMS: tuple[tuple[FormKind, re.Pattern[str]], ...] = (
    (FormKind.MONITOR, compiled(r"监控(?:情况|分析)?(?:自评)?(?:表|报告)")),
    (FormKind.APPLICATION, compiled(r"目标申报表|绩效目标表|申报书")),
    (FormKind.RECTIFICATION, compiled(r"整改(?:情况)?(?:的)?报告")),
    (FormKind.ACCOUNTS, compiled(r"决算公开|部门决算|决算说明")),
    (FormKind.NOTICE, compiled(r"的通知$")),
    (FormKind.DEPARTMENT, compiled(r"部门整体")),
    (FormKind.TRANSFER, compiled(r"转移支付|区域绩效")),
    (FormKind.SELF_EVALUATION, compiled(r"自评|自我评价")),
    (FormKind.EVALUATION, compiled(r"绩效评价报告|评价报告")),
)


def read_head(report: Report, fields: dict[str, View]) -> None:
    """Fills title data of `report`; `fields` are label-value pairs of its tables."""
    named = {**_paragraph_fields(report), **fields}
    fields = {name: view for name, view in named.items() if _ANY_LABEL.fullmatch(name)}
    report.form = next(
        (form for form, words in _FORMS if words.search(report.title)), FormKind.SELF_EVALUATION
    )
    project = _first(fields, "label_of_project")
    report.project = project.text.rstrip("；;，,、。") if project else _project_in_title(report)
    unit = _first(fields, *_UNIT)
    report.unit = unit.text if unit else named_unit(report)
    evaluator = _first(fields, "label_of_evaluator")
    report.evaluator = evaluator.text if evaluator else ""
    if not project:
        report.project = report.project.removeprefix(report.unit).removeprefix("(本级)")
    _read_year(report, fields)
    _read_filing(report, fields)


def _first(fields: dict[str, View], *kinds: str) -> View | None:
    """The first value under a label of these kinds, the first kind first."""
    for kind in kinds:
        for name, view in fields.items():
            if word(kind).fullmatch(name) and _is_value(view.text, kind):
                return view
    return None


def _is_value(text: str, kind: str) -> bool:
    return text.strip("()/-") not in ("", "公章", "盖章") and not _no_name(text, kind)


def _no_name(text: str, kind: str) -> bool:
    """Whether a value is none: another label of the head, the path of a web page, for a name the bare year."""
    plain = text.strip("()（）: ")
    if _ANY_LABEL.fullmatch(plain) or _PATH.search(text):
        return True
    return kind not in ("label_of_year", "label_of_filing") and _ONLY_YEAR.fullmatch(plain) is not None


def _paragraph_fields(report: Report) -> dict[str, View]:
    """ "填报日期：2021年4月16日" and the like before the first running text."""
    fields: dict[str, View] = {}
    for passage in report.passages:
        text = passage.text
        if _PATH.search(text) or (passage.kind is TextKind.CELL and ":" not in text[:24]):
            continue
        if len(text) > 120 or not (":" in text or "|" in text):
            continue
        for match in _FIELD.finditer(text):
            fields.setdefault(match["label"], passage.view.part(match.start("value"), match.end("value")))
    return fields


def _project_in_title(report: Report) -> str:
    """ "2023年度某站河道保洁项目自评报告" or a bracketed line right under the title."""
    for at, passage in enumerate(report.passages[:6]):
        if passage.text == report.title:
            below = report.passages[at + 1 : at + 2]
            if below and compiled(r"\([^()]{4,40}(?:\([^()]*\)[^()]*)?\)").fullmatch(below[0].text):
                named = below[0].text.strip("()")
                if not _no_name(named, "label_of_project"):
                    return named
    for title in (report.title, _line_above(report) + report.title):
        title = title.removeprefix("关于")
        match = compiled(r"(?:年度?)?(?P<name>[^年]{4,40}?(?:项目|专项资金|经费))").search(title)
        name = match["name"].removeprefix("度") if match else ""
        if name and name.removesuffix("项目") not in _KINDS_OF_PROJECT:
            return name
    behind = _PROJECT_BEHIND_YEAR.search(report.title)
    return behind["name"] if behind and not _NO_PROJECT.fullmatch(behind["name"]) else ""


def _line_above(report: Report) -> str:
    """The first half of a title that was broken over two lines; "" where the line above is none."""
    at = next((i for i, passage in enumerate(report.passages[:6]) if passage.text == report.title), 0)
    above = report.passages[at - 1].text if at else ""
    named = 4 <= len(above) <= 40 and not compiled(r"[，。；:>|]|附件|附表|公开").search(above)
    return above if named and above != report.title else ""


def _read_year(report: Report, fields: dict[str, View]) -> None:
    candidates = [_first(fields, "label_of_year"), report.title_view]
    candidates += [passage.view for passage in report.passages[:8] if len(passage.text) <= 60]
    candidates += [
        passage.view for passage in report.passages if len(passage.text) > 30 and "预算" in passage.text
    ]
    # "2021年实际支出40万元" beside a table of amounts need not be the table's year.
    told = [
        passage.view
        for passage in report.passages[:8]
        if "年度" not in passage.text and any(one.kind is Kind.MONEY for one in passage.figures)
    ]
    named = [view for view in candidates[1:14] if view is not None and "年度" in view.text]
    for view in [candidates[0], *named, *candidates[1:]]:
        if view is None or (report.money_tables and view in told):
            continue
        for figure in scan(view):
            if (figure.kind is Kind.DATE and figure.value and figure.month is None) or _bare_year(figure):
                report.fiscal_year = int(figure.value)
                report.fiscal_year_view = view.part(figure.start, figure.end)
                return
    for view in [*named, *candidates[1:14]]:
        match = _CHINESE_YEAR.search(view.text) if view is not None else None
        if view is not None and match is not None:
            report.fiscal_year = int(match.group().translate(_CHINESE_DIGITS))
            report.fiscal_year_view = view.part(*match.span())
            return


def _bare_year(figure: Figure) -> bool:
    return figure.kind is Kind.PLAIN and figure.raw == figure.view.text and 1990 <= figure.value <= 2099


def _read_filing(report: Report, fields: dict[str, View]) -> None:
    view = _first(fields, "label_of_filing")
    if view is None:
        closing = [passage for passage in report.passages[-6:] if _CLOSING_DATE.fullmatch(passage.text)]
        view = closing[-1].view if closing else None
    if view is not None:
        report.filing_date = next((figure for figure in scan(view) if figure.kind is Kind.DATE), None)
