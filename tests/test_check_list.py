"""What a firm's check list asks of a document alone, each kind in several wordings, clean and broken."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from auditor.document.open import read_bytes
from auditor.report import read_reports
from auditor.rules import Settings
from auditor.rules.catalogue import catalogue

RULES = {entry.rule.code: entry for entry in catalogue()}
HEAD = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施"
BASE = (
    "产出指标 | 数量指标 | 改造管网长度 | ≥6公里 | 6.2公里 | 40 | 40 |",
    "效益指标 | 社会效益指标 | 受益居民户数 | ≥3200户 | 3265户 | 30 | 30 |",
)
SATISFIED = "满意度指标 | 服务对象满意度指标 | 居民满意度 | ≥90% | 93% | 30 | 30 |"
ACCEPTED = "产出指标 | 质量指标 | 工程验收合格率 | 100% | 100% | 40 | 40 |"


def form(
    *rows: str, project: str = "城东片区污水管网改造", unit: str = "临川市住建局", after: str = ""
) -> str:
    head = f"{project}绩效自评报告\n项目名称：{project}\n实施单位：{unit}\n\n"
    weight = sum(int(row.split("|")[5]) for row in rows)
    return "\n".join([head + HEAD, *rows, f"总分 | | | | | {weight} | {weight} |", after]) + "\n"


def fires(code: str, text: str) -> bool:
    reports = read_reports(read_bytes(text.encode(), "例.txt"))
    return any(result.flagged for _, result in RULES[code].check(reports, Settings()))


def both(broken: Sequence[str], clean: Sequence[str]) -> list[tuple[str, bool]]:
    return [*((one, True) for one in broken), *((one, False) for one in clean)]


@pytest.mark.parametrize(("row", "flagged"), both(
    [
        "成本指标 | 经济成本指标 | 每公里造价 | ≥85万元 | 86万元 | 30 | 30 |",
        "成本指标 | 经济成本指标 | 管网单位建设成本 | 不低于85万元 | 86万元 | 30 | 30 |",
        "产出指标 | 成本指标 | 工程总造价 | 大于300万元 | 310万元 | 30 | 30 |",
        "产出指标 | 成本指标 | 项目总成本 | 300万元以上 | 310万元 | 30 | 30 |",
        "成本指标 | 生态环境成本指标 | 耗水量 | 不少于500吨 | 520吨 | 30 | 30 |",
    ],
    [
        "成本指标 | 经济成本指标 | 每公里造价 | ≤85万元 | 84万元 | 30 | 30 |",
        "成本指标 | 经济成本指标 | 成本节约率 | ≥3% | 3.2% | 30 | 30 |",
        "成本指标 | 经济成本指标 | 人均补助标准 | ≥1200元 | 1200元 | 30 | 30 |",
        "效益指标 | 经济效益指标 | 带动增收 | ≥300万元 | 310万元 | 30 | 30 |",
        "成本指标 | 经济成本指标 | 项目成本 | 300万元 | 300万元 | 30 | 30 |",
    ],
))  # fmt: skip
def test_a_cost_that_may_not_be_less(row: str, flagged: bool) -> None:
    assert fires("I307", form(*BASE, row)) is flagged


@pytest.mark.parametrize(("row", "flagged"), both(
    [
        "产出指标 | 数量指标 | 巡查次数 | ≥120次 | 310次 | 30 | 30 |",
        "产出指标 | 数量指标 | 服务人次 | 1.2万人次 | 2.6万人次 | 30 | 30 |",
        "产出指标 | 数量指标 | 培训人数 | 不少于200人 | 415人 | 30 | 30 |",
        "产出指标 | 质量指标 | 设备完好率 | ≥50% | 95% | 30 | 30 |",
        "产出指标 | 数量指标 | 检测样品数 | ≥300批次 | 520批次 | 30 | 30 | 无",
    ],
    [
        "产出指标 | 数量指标 | 巡查次数 | ≥120次 | 310次 | 30 | 30 | 汛期延长",
        "产出指标 | 数量指标 | 巡查次数 | ≥120次 | 150次 | 30 | 30 |",
        "产出指标 | 时效指标 | 投诉响应时间 | ≤24小时 | 10小时 | 30 | 30 |",
        "效益指标 | 经济效益指标 | 游客增长率 | ≥5% | 12% | 30 | 30 |",
        "产出指标 | 数量指标 | 举办活动 | 2场 | 3场 | 30 | 30 |",
    ],
))  # fmt: skip
def test_far_more_than_planned_without_a_word(row: str, flagged: bool) -> None:
    assert fires("I308", form(*BASE, row)) is flagged


@pytest.mark.parametrize(("name", "flagged"), both(
    ["财政资金支付金额", "项目投入资金", "完成投资额", "拨付专项资金", "支付工程款", "项目资金总额", "安排财政资金", "资金使用量"],
    ["带动社会投资额", "发放贷款", "征收水费", "帮销农产品金额", "完成产值"],
))  # fmt: skip
def test_money_is_no_quantity(name: str, flagged: bool) -> None:
    row = f"产出指标 | 数量指标 | {name} | ≥300万元 | 300万元 | 30 | 30 |"
    assert fires("I309", form(*BASE, row)) is flagged


@pytest.mark.parametrize(("name", "flagged"), both(
    ["社会效益明显", "社会效益", "项目效果显著", "社会影响力提升", "产生积极的社会影响", "促进社会和谐发展", "持续发挥效益"],
    ["受益群众覆盖率", "出行条件改善户数占比", "水质达标率", "社会效益群众认可度", "促进社会就业人数占比"],
))  # fmt: skip
def test_a_benefit_that_nothing_measures(name: str, flagged: bool) -> None:
    row = f"效益指标 | 社会效益指标 | {name} | ≥95% | 96% | 30 | 30 |"
    assert fires("I309", form(*BASE, row)) is flagged


@pytest.mark.parametrize(("project", "name", "flagged"), [
    ("县道路面大修工程", "老年人满意度", True),
    ("灌区节水改造", "学生满意度", True),
    ("中心小学校舍维修", "患者满意度", True),
    ("乡镇卫生院设备购置", "读者满意度", True),
    ("城东片区污水管网改造", "患者满意度", True),
    ("口袋公园绿化", "师生满意度", True),
    ("县道路面大修工程", "沿线居民满意度", False),
    ("中心小学校舍维修", "学生满意度", False),
    ("灌区节水改造", "灌区种植户满意度", False),
    ("县道路面大修工程", "驾乘人员满意度", False),
    ("口袋公园绿化", "游客满意度", False),
])  # fmt: skip
def test_an_indicator_of_another_project(project: str, name: str, flagged: bool) -> None:
    rows = (
        "产出指标 | 数量指标 | 完成工程量 | ≥6处 | 6处 | 40 | 40 |",
        "效益指标 | 社会效益指标 | 受益村数 | ≥12个 | 12个 | 30 | 30 |",
        f"满意度指标 | 服务对象满意度指标 | {name} | ≥95% | 96% | 10 | 10 |",
    )
    assert fires("I310", form(*rows, project=project)) is flagged


NAMES = ("农机购置补贴", "动物防疫", "农产品检测", "病虫害防控", "渔业增殖放流")
TABLE = "序号 | 项目名称 | 预算数 | 自评得分\n{}"


def listed(told: str, count: int, headings: bool = False) -> str:
    if headings:
        rows = [
            f"（{'一二三四五'[at]}）{name}项目\n预算{at + 1}00万元。" for at, name in enumerate(NAMES[:count])
        ]
        return f"绩效自评情况报告\n一、自评开展情况\n{told}\n" + "\n".join(rows) + "\n"
    rows = [f"{at} | {name} | 100 | 96" for at, name in enumerate(NAMES[:count], 1)]
    return f"绩效自评情况报告\n一、自评开展情况\n{told}\n" + TABLE.format("\n".join(rows)) + "\n"


@pytest.mark.parametrize(("told", "count", "headings", "flagged"), [
    ("本年度共对4个项目开展自评。", 3, False, True),
    ("2023年共组织六个项目支出绩效自评。", 5, False, True),
    ("纳入自评的项目共4个。", 3, False, True),
    ("2023年我局自评项目4个，预算共300万元。", 3, False, True),
    ("2023年对4个项目开展了绩效自评，具体如下：", 3, False, True),
    ("本年度共有4个项目开展自评，分别说明如下。", 3, True, True),
    ("本年度共对3个项目开展自评。", 3, False, False),
    ("2023年共组织五个项目支出绩效自评。", 5, False, False),
    ("本年度共对12个项目开展自评，其中3个项目得分低于97分，情况如下。", 3, False, False),
    ("本年度共有3个项目开展自评，分别说明如下。", 3, True, False),
    ("本年度共有12个项目开展自评，以下列重点项目为例。", 3, True, False),
])  # fmt: skip
def test_projects_announced_and_listed(told: str, count: int, headings: bool, flagged: bool) -> None:
    assert fires("N404", listed(told, count, headings)) is flagged


@pytest.mark.parametrize(("told", "count", "flagged"), [
    ("自评总分100分。", 3, True),
    ("经综合评价，本项目自评得分为100分，等次为优。", 3, True),
    ("项目自评得满分100分。", 3, True),
    ("根据评分表，自评得100分。", 3, True),
    ("综合得分100分。", 3, True),
    ("自评总分100分。", 2, False),
    ("自评总分98分。", 3, False),
    ("产出自评得满分50分，自评总分98分。", 3, False),
    ("预算执行率自评得10分，自评总分96分。", 3, False),
    ("上年自评得分100分，本年自评总分99分。", 3, False),
])  # fmt: skip
def test_all_projects_of_a_unit_at_full_marks(told: str, count: int, flagged: bool) -> None:
    text = "".join(
        f"项目支出绩效自评报告\n项目名称：{name}\n实施单位：和顺县农业局\n{told}\n" for name in NAMES[:count]
    )
    assert fires("S211", text) is flagged


@pytest.mark.parametrize(("target", "actual", "flagged"), [
    ("", "", True), ("—", "—", True), ("/", "/", True), ("-", "", True), ("　", "　", True),
    ("无", "无", False), ("100%", "", True), ("100%", "100%", False), ("", "全部合格", False), ("符合要求", "符合", False),
])  # fmt: skip
def test_points_for_blank_cells(target: str, actual: str, flagged: bool) -> None:
    row = f"产出指标 | 质量指标 | 工程验收合格率 | {target} | {actual} | 30 | 30 |"
    assert fires("I306", form(*BASE, row)) is flagged


@pytest.mark.parametrize(("told", "flagged"), both(
    [
        "工程尚未组织竣工验收。", "由于天气原因，工程还没有进行验收。", "目前工程已完工，待验收。", "工程验收资料缺失。",
        "截至年底未取得工程验收报告。", "竣工验收手续尚未办理。", "本年度没有开展满意度调查。", "受条件限制，未发放调查问卷。",
        "群众满意度未作调查。", "今年未对服务对象进行满意度测评。", "满意度指标缺少佐证材料。", "工程验收合格率没有佐证材料。",
    ],
    [
        "工程于十二月通过竣工验收。", "发放问卷一百二十份，开展满意度调查。", "未验收的不得支付尾款。", "未取得验收报告的不得付款。",
        "上年度没有开展满意度调查，本年度已补做。", "部分佐证材料不全。", "验收资料齐全，未见缺失。", "没有佐证材料的项目不予安排预算。",
    ],
))  # fmt: skip
def test_full_marks_for_what_is_said_to_be_missing(told: str, flagged: bool) -> None:
    rows = (ACCEPTED, BASE[1], SATISFIED)
    assert fires("S212", form(*rows, after=f"三、其他说明\n{told}")) is flagged
