"""Who, what and when: project, unit, fiscal year, filing date, kind of paper."""

from __future__ import annotations

import re

from auditor.compiled import compiled
from auditor.document import View
from auditor.figures import Figure, Kind, scan
from auditor.report.model import FormKind, Report, TextKind

PROJECT_LABELS = (
    "项目名称",
    "专项名称",
    "转移支付名称",
    "资金名称",
    "自评项目",
    "专项(项目)名称",
    "债券项目名称",
    "转移支付(项目)名称",
    "项目(专项)名称",
    "项目(资金)名称",
    "专项资金名称",
)
_UNIT = (
    "实施单位", "项目实施单位", "项目单位", "填报单位", "单位名称", "预算单位", "资金使用单位", "用款单位",
    "项目承担单位", "承担单位", "项目建设单位", "建设单位", "项目执行单位", "执行单位", "使用单位", "责任单位", "项目主管部门",
    "主管部门", "本级项目主管部门", "业务主管部门", "预算部门", "部门名称", "评价单位", "部门(单位)名称", "单位(部门)名称",
    "预算部门(单位)",
)  # fmt: skip
_YEAR = ("资金安排年份", "项目年份", "评价年度", "年度", "预算年度", "资金年度", "项目年度", "自评年度")
_FILED = ("填报日期", "填报时间", "填表日期", "自评时间", "报告日期", "填写日期", "导出时间", "编制日期")
_OTHER = (
    "联系电话",
    "联系人",
    "填报人",
    "填报人姓名",
    "填表人",
    "金额单位",
    "单位",
    "电话",
    "项目负责人",
    "评价类型",
    "组织方式",
)
_LABELS = "|".join(
    map(re.escape, sorted({*PROJECT_LABELS, *_UNIT, *_YEAR, *_FILED, *_OTHER}, key=len, reverse=True))
)
_FIELD = compiled(
    rf"(?P<label>{_LABELS})(?:\([^()]{{1,8}}\))?[:|](?P<value>[^:|。]{{1,60}}?)[|]?(?=(?:{_LABELS})(?:\([^()]{{1,8}}\))?[:|]|[。\n]|$)"
)
_BODY = compiled(
    r"(?:(?:19|20)\d\d年度?)?(?P<unit>[\u4e00-\u9fff]{2,24}?(?:委员会|办事处|办公室|局|厅|中心|医院|学校|学院|大学|人民政府|支队|总队|大队|"
    r"法院|检察院|联合会|党校|管理处|水利站|文化馆|图书馆|研究所|政法委(?!员会)|宣传部|组织部))(?:\(本级\))?"
)
_ALL_LABELS = frozenset({*PROJECT_LABELS, *_UNIT, *_YEAR, *_FILED, *_OTHER})
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
    fields = {**_paragraph_fields(report), **fields}
    report.form = next(
        (form for form, words in _FORMS if words.search(report.title)), FormKind.SELF_EVALUATION
    )
    project = _first(fields, PROJECT_LABELS)
    report.project = project.text if project else _project_in_title(report)
    unit = _first(fields, _UNIT)
    report.unit = unit.text if unit else _unit_in_title(report)
    if not project:
        report.project = report.project.removeprefix(report.unit).removeprefix("(本级)")
    _read_year(report, fields)
    _read_filing(report, fields)


def _first(fields: dict[str, View], names: tuple[str, ...]) -> View | None:
    for name in names:
        view = fields.get(name)
        if (
            view is not None
            and view.text.strip("()/-") not in ("", "公章", "盖章")
            and not _no_name(view.text, name)
        ):
            return view
    return None


def _no_name(text: str, label: str) -> bool:
    """Whether a value is none: another label of the head, the path of a web page, for a name the bare year."""
    plain = text.strip("()（）: ")
    if plain in _ALL_LABELS or _PATH.search(text):
        return True
    return label not in _YEAR and label not in _FILED and _ONLY_YEAR.fullmatch(plain) is not None


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
            if below and re.fullmatch(r"\([^()]{4,40}(?:\([^()]*\)[^()]*)?\)", below[0].text):
                named = below[0].text.strip("()")
                if not _no_name(named, PROJECT_LABELS[0]):
                    return named
    for title in (report.title, _line_above(report) + report.title):
        match = re.search(r"(?:年度?)?(?P<name>[^年]{4,40}?(?:项目|专项资金|经费))", title)
        name = match["name"].removeprefix("度") if match else ""
        if name and name.removesuffix("项目") not in _KINDS_OF_PROJECT:
            return name
    return ""


def _line_above(report: Report) -> str:
    """The first half of a title that was broken over two lines; "" where the line above is none."""
    at = next((i for i, passage in enumerate(report.passages[:6]) if passage.text == report.title), 0)
    above = report.passages[at - 1].text if at else ""
    named = 4 <= len(above) <= 40 and not re.search(r"[，。；:>|]|附件|附表|公开", above)
    return above if named and above != report.title else ""


def _unit_in_title(report: Report) -> str:
    """The body named in the title, in the line above it, or in the signature."""
    at = next((i for i, passage in enumerate(report.passages) if passage.text == report.title), 0)
    lines = [report.title, *(passage.text for passage in report.passages[max(0, at - 1) : at])]
    for line in lines:
        match = _BODY.match(line)
        if match:
            return match["unit"]
    signed = [passage.text for passage in report.passages[-4:] if _BODY.fullmatch(passage.text)]
    return signed[-1] if signed else ""


def _read_year(report: Report, fields: dict[str, View]) -> None:
    candidates = [_first(fields, _YEAR), report.title_view]
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
    view = _first(fields, _FILED)
    if view is None:
        closing = [passage for passage in report.passages[-6:] if _CLOSING_DATE.fullmatch(passage.text)]
        view = closing[-1].view if closing else None
    if view is not None:
        report.filing_date = next((figure for figure in scan(view) if figure.kind is Kind.DATE), None)
