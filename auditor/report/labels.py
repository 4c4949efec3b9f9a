"""The words that name columns, rows and fields in these forms. Data only: a new form's word is one
more alternative here."""

from __future__ import annotations

import re
from functools import lru_cache

from auditor.report.model import LineKind, Role

_WEIGHT = (
    r"(?:指标|(?:预算)?执行率?|本项|考核|率)?(?:分值|权重|权数)(?:分值?|值|数)?|标准分值?|满分值?|应得分值?|基准分值?|设定分值|"
    r"赋分|配分|分数|总分值"
)
_SCORE = (
    r"(?:自评价?|自我|评价|实际|指标|率|预算|执行率?|单位|项目单位|考核|考评|最终|绩效|本项|综合|加权|折算|权重){0,8}"
    r"(?:得分|评分|打分|实得分)(?:数|值|情况)?|自评分(?:数|值)?|实得分值?|实得"
)

_ROLE_WORDS: tuple[tuple[Role, str], ...] = (
    (Role.CONTRACT, r"(?:合同|中标|成交|审定|送审|结算|签约)(?:总?价款?|总?金额|总额|额)"),
    (Role.SAVING_RATE, r"资金节约率|成本节约率|预算节约率|节约率"),
    (
        Role.EXECUTION_RATE,
        r"(?:全年|项目|资金)?(?:预算)?执行率|预算完成率|执行进度|B/A|支出进度|(?:完成|使用|执行|支出)比例",
    ),
    (Role.ARRIVAL_RATE, r"(?:实际|资金|预算资金)?到位率"),
    (Role.SPENDING_RATE, r"支出实现率|(?:资金)?(?:支出|支付|使用)率"),
    (
        Role.INITIAL,
        r"年初预算(?:数|额|安排数?|金额|批复数?)?|批复预算数?|年初(?:数|安排)|期初预算数?|年初批复数",
    ),
    (
        Role.BUDGET,
        r"(?:预算)?调整后?的?(?:全年)?预算(?:数|金额)?|调整后(?:数|金额)?|全年(?:\(调整\))?预算数?|预算调整后数?|最终预算数?|预算合计|全年可用(?:预算|资金|指标)?数?|可用(?:预算|资金|指标)(?:合计|数)?|可执行数|收回后预算数|应支付数|预算批复",
    ),
    (Role.ADJUSTMENT, r".*当年调整预算数|预算调整数?|调整数|(?:年中)?追加(?:调减)?(?:预算)?(?:数|资金)?"),
    (
        Role.BUDGET,
        r"(?:项目|年度|本年|当年|全年|资金){0,8}预算(?:支出|安排|数|金额|总额|资金|总数|批复数?|下达数?|额度){0,8}|"
        r"(?:项目)?计划(?:数|投入|安排|资金|金额|投资){0,8}|申请预算数?|(?:专项)?债券额度|批复(?:数|金额)|安排(?:资金|金额)|(?:预算)?指标金额|下达预算数?",
    ),
    (Role.INVESTED, r"(?:实际|资金|计划)?投入(?:数|资金|金额)?"),
    (Role.RECEIVED, r"(?:资金|实际|累计){0,8}(?:到位|到账|落实)(?:数|资金|金额|情况){0,8}"),
    (Role.RECLAIMED, r"财政收回数?|收回(?:数|资金|金额)"),
    (
        Role.BALANCE,
        r"(?:资金|指标|年末|期末|项目){0,8}(?:结余|剩余|未支出|未使用)(?:数|资金|金额|、?结转数?){0,8}|资金?结转结余|结转和结余",
    ),
    (Role.CARRIED, r"(?:年末|期末)?结转(?:下年)?(?:数|资金|金额)"),
    (
        Role.ALLOCATED,
        r"(?:市级|省级|县级)?财政拨款数|(?:资金|实际|财政|已){0,8}(?:下达|拨付|拨款)(?:数|金额|资金|指标|额){0,8}",
    ),
    (
        Role.PAID,
        r"(?:项目资金|项目|资金|预算|财政|全年|全年实际|本年|当年|年度|实际|累计|已|完成){0,8}(?:执行|支出|支付|使用|列支)(?:数|金额|额|总额|资金|情况){0,8}|完成(?:金额|资金|支出)|"
        r"决算(?:数|金额|支出)?|实际(?:完成|发生)?(?:金额|数|投资额?)|完成投资额?|支出决算数?",
    ),
    (Role.WEIGHT, _WEIGHT),
    (Role.SCORE, _SCORE),
)
_REVIEW = re.compile(r".*(?:审核|复核|财政|抽查|核定|评审|主管部门).{0,6}(?:评分|得分|分值?|核分)")
_ROLES = ((Role.REVIEW, _REVIEW), *((role, re.compile(words)) for role, words in _ROLE_WORDS))

_TOTAL = re.compile(
    r"(?:项目|年度|全年|本年){0,8}(?:财政)?(?:资金|金额)(?:总额|合计|总计)|年度总金额|合计|总计|总额|本年(?:收入|支出)合计|资金合计|总金额|共计|.{1,6}(?:合计|总计)|累计|全年|(?:本)?年度资金|"
    r"(?:项目|计划)?总(?:投入|投资|规模)|(?:计划|投资)总额|资金总量|总资金|项目资金|投入合计"
)
_SOURCE = re.compile(
    r"(?:其中)?(?:上级|本级|中央|省|市|县|区|州|镇|乡镇|地方|区县|县区|县市|市县|省级|市级|县级|区级|县\(区\)级?|其他|其它|各级)(?:级)?"
    r"(?:财政|配套|补助|补助财政|专项|预算){0,8}(?:资金|拨款|安排|补助|投入|配套|拨款资金|补助资金){0,8}(?:\(.{0,12}\))?"
    r"|(?:当年|本年|本年度|年初|上年)?(?:一般公共预算)?财政(?:拨款|资金|拨款资金)(?:收入)?"
    r"|上年(?:财政)?(?:结转|结余|结转结余)(?:资金)?(?:和结余)?|(?:单位)?自有资金|自筹(?:资金)?|单位自筹(?:资金)?|社会(?:资金|资本)|(?:单位|非财政)资金"
    r"|一般公共预算(?:资金)?|政府性基金(?:预算)?(?:资金)?|国有资本经营预算(?:资金)?|(?:政府)?(?:专项|一般)?债券?(?:资金)?|地方政府债券资金|\w{0,6}(?:衔接|债券|补助|自有|自筹|配套)资金|银行贷款|事业收入|财政专户管理资金|统筹资金"
)
_DETAIL_HEAD = re.compile(
    r"(?:资金)?(?:实际)?支出(?:明细|内容|项目|科目|事项|方向|用途)(?:内容)?.*|.*明细(?:内容|项目)?|子项目(?:名称)?|(?:经济|预算)?科目(?:名称)?|费用(?:名称|项目)|"
    r"(?:支出|资金)?用途|子项|(?:工作|子|具体)?任务(?:名称|内容)?|工作内容|月份|季度|年份|合同(?:名称|编号)?|标段(?:名称)?|供应商(?:名称)?|具体内容|分项(?:名称|内容)?|建设内容|明细|项目(?:名称)?|资金(?:使用)?(?:去向|方向)|资金名称|县区|区县|地区|年度|支出构成"
)

INDICATOR_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("review", _REVIEW),
    ("other", re.compile(r"得分系数|扣分值?|完成程度|是否核心指标|指标说明|评分标准|评分规则|评分方法|计算方法|指标解释|佐证.*|数据来源|指标编码|序号|行次|编号|评价标准|完成率|偏离度?|偏差率")),
    ("deviation", re.compile(r"偏差(?:值|数|情况)?|差异(?:值|率|数)?|差额|增减(?:数|额)?")),
    ("level", re.compile(r"[一二]级(?:指标)?(?:名称)?|指标类别|类别|类型|指标类型|指标分类|维度")),
    ("name", re.compile(r"[三四]级(?:指标)?(?:名称)?|指标名称|绩效指标(?:名称)?|具体指标|指标内容|指标|评价指标|考核指标|评价内容")),
    ("adjusted", re.compile(r"调整(?:后)?(?:的)?(?:指标|目标)值?")),
    ("target", re.compile(r"(?:年度|预期|绩效|计划|年初|全年|设定|预算|预计|年度绩效|指标){0,8}(?:指标|目标)(?:值|数)?(?:\(.{0,8}\))?|(?:年度)?计划(?:完成)?(?:值|数)|指标值|目标值|预期值|年初设定值|标准值|绩效标准|预期指标|指标内容及(?:指标|目标)值")),
    ("actual", re.compile(r"(?:全年|实际|年度|自评|单位|截至.{0,8}|指标|本年|年末|目标){0,8}(?:实际)?完成(?:值|情况|数|指标值|结果|程度)?|(?:指标|全年)?实际(?:达到|实现)?值|实现值|实际完成指标值?|实际(?:情况|结果)|达成情况|业绩值|(?:目标|评价)完成(?:值|情况)|实际完成|实绩|实施结果|达成值")),
    ("pair", re.compile(r"(?:分值|权重|满分)[/、](?:自评)?得分")),
    ("pair back", re.compile(r"(?:自评)?得分[/、](?:分值|权重|满分)")),
    ("weight", re.compile(_WEIGHT)),
    ("score", re.compile(rf"{_SCORE}|自评")),
    ("narrative", re.compile(r".*(?:情况说明|自评说明|评价情况|评分说明|得分说明|评分理由|得分理由|评分依据|得分依据|自评依据)(?:\(.*\))?|说明")),
    ("reason", re.compile(r".*(?:原因|措施)(?:分析|说明|及|$).*|.*偏差.*|备注|未完成.*|扣分.*")),
    ("sign", re.compile(r"(?:指标)?(?:性质|符号|方向)|计算符号|比较符号?|运算符")),
    ("unit", re.compile(r"(?:度量|计量|计算|指标)?单位")),
)  # fmt: skip

WEIGHTED_SCORE = re.compile(r"(?:自评)?(?:加权|折算|权重)后?(?:得分|评分|分值?)")
"""A score counted in points of the weight, where another column gives it per hundred."""

GRADE_LABEL = re.compile(r"(?:自评|评价|绩效|评定|自评价|综合|总体){0,8}(?:等次|等级|结论等级|级别|评价等级)")
GRADE_WORD = re.compile(r"(?:优秀?|良好?|中等?|差|合格|不合格|及格|不及格|较好|一般|较差)")
TOTAL_ROW = re.compile(
    r"(?:自评|项目|绩效自评|绩效|指标|综合|自评价|评价|最终){0,8}(?:合计|总分|总计|总得分|得分合计|合计得分|总评|综合得分|最终得分|总评分|评分合计|总评得分|分数合计|自评得分)(?:\(.{0,10}\))?(?:[:：].*)?"
)
SUBTOTAL_ROW = re.compile(r".{0,12}小计")

LEVEL_WORD = re.compile(
    r"(?:产出|效益|满意度?|成本|数量|质量|时效|进度|经济(?:效益|成本)?|社会(?:效益|成本)?|生态(?:效益|环境成本)?|"
    r"可持续(?:影响|发展)?|服务对象(?:满意度?)?|受益对象(?:满意度?)?|管理|过程|决策|投入|影响力|结果|预算执行|资金管理|财务管理)"
    r"(?:目标|指标|类)?(?:指标)?(?:[(（]\d{1,3}(?:\.\d+)?分?[)）])?"
)
"""Labels of the levels of indicators, with or without the weight they carry."""

TOP_LEVEL = re.compile(
    r"(?:产出|效益|满意度?|成本|管理|过程|决策|投入|影响力|结果)(?:目标|指标)?(?:[(（]\d{1,3}(?:\.\d+)?分?[)）])?"
)

FIELD_LABEL = re.compile(
    r"(?:债券|专项|本级|项目|资金|转移支付|自评|\(项目\)|\(专项\)|\(资金\)){1,3}名称|自评项目|(?:本级|项目|业务){0,2}主管(?:部门|单位)|"
    r"(?:项目)?(?:实施|承担|填报|预算|申报|使用|评价)(?:单位|部门)|项目单位|单位名称|部门名称|资金使用单位|预算部门|项目负责人|联系人|联系电话|"
    r"填报人|填表人|填报日期|填报时间|填表日期|自评时间|项目年份|资金年度|预算年度|评价年度|自评年度|项目年度|项目编码|项目代码|项目类别|项目属性|项目类型"
)
"""Labels of the head of a form, with their value beside or behind them."""

_MARK = re.compile(r"^(?:[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．]|[①-⑳])(?=\D)")
_TRAILING_NOTE = re.compile(r"\([^()]*\)$")
_LETTER = re.compile(
    r"(?<=[\u4e00-\u9fff])(?:[A-Za-z](?:[/+-][A-Za-z])?(?:[×*]100%?)?|[①-⑳](?:=[①-⑳+\-/×*÷]+)?)$|^[A-Z](?=[\u4e00-\u9fff])"
)


@lru_cache(maxsize=4096)
def clean(label: str) -> str:
    """A label without its closing note ("(万元)", "(B/A)"), list mark, column letter and colon."""
    label = label.replace("\n", "").replace("*", "").replace("★", "").rstrip(":")
    label = _MARK.sub("", re.sub(r"^其中[:：]?", "", label))
    label = _TRAILING_NOTE.sub("", label)
    return _LETTER.sub("", label).strip(": ")


@lru_cache(maxsize=4096)
def role_of(label: str) -> Role | None:
    """The money role a label names, or `None`."""
    text = clean(label)
    if not text or len(text) > 30:
        return Role.EXECUTION_RATE if re.fullmatch(r"\(?B/A.{0,8}", label) else None
    return next((role for role, words in _ROLES if words.fullmatch(text)), None)


@lru_cache(maxsize=4096)
def line_of(label: str) -> LineKind | None:
    """Whether a label names the total, a subtotal or a source of money."""
    text = clean(label)
    if SUBTOTAL_ROW.fullmatch(text):
        return LineKind.SUBTOTAL
    if _TOTAL.fullmatch(text):
        return LineKind.TOTAL
    return LineKind.SOURCE if _SOURCE.fullmatch(text) else None


@lru_cache(maxsize=4096)
def heads_details(label: str) -> bool:
    """Whether a header cell announces detail lines (支出明细, 子项目名称)."""
    return bool(_DETAIL_HEAD.fullmatch(clean(label)))


@lru_cache(maxsize=4096)
def column_of(label: str) -> str | None:
    """The kind of indicator column a header cell names."""
    text = clean(label)
    if not text or len(text) > 40:
        return None
    return next((kind for kind, words in INDICATOR_COLUMNS if words.fullmatch(text)), None)


@lru_cache(maxsize=1024)
def unit_in(text: str) -> str | None:
    """The money unit that a label or note declares."""
    match = re.search(
        r"(?:单位[:：]?|[(（/]|金额|人民币)\s*(万元|亿元|千元|百万元|元)(?![\u4e00-\u9fff])", text
    )
    return match[1] if match else None
