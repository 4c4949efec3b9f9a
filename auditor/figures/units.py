"""Units and classifiers as these reports write them. Data only."""

from __future__ import annotations

from decimal import Decimal

MONEY_SCALES: dict[str, Decimal] = {
    "万亿元": Decimal(10) ** 12,
    "亿元": Decimal(10) ** 8,
    "千万元": Decimal(10) ** 7,
    "百万元": Decimal(10) ** 6,
    "万元": Decimal(10) ** 4,
    "千元": Decimal(10) ** 3,
    "元": Decimal(1),
}

MAGNITUDES: dict[str, Decimal] = {
    "万亿": Decimal(10) ** 12,
    "亿": Decimal(10) ** 8,
    "千万": Decimal(10) ** 7,
    "百万": Decimal(10) ** 6,
    "万": Decimal(10) ** 4,
    "千": Decimal(10) ** 3,
    "百": Decimal(10) ** 2,
}

RATE_SCALES: dict[str, Decimal] = {
    "%": Decimal("0.01"),
    "百分比": Decimal("0.01"),
    "‰": Decimal("0.001"),
}

CLASSIFIERS = tuple(
    sorted(
        ["个", "名", "人", "人次", "人员", "件", "起", "次", "场", "场次", "户", "家", "台", "套", "部", "条", "项", "篇", "份", "平方米", "平方公里", "公里", "千米", "米", "亩", "公顷", "吨", "公斤", "千克", "天", "个月", "月", "日", "路", "块", "辆", "座", "处", "间", "所", "期", "批", "批次", "例", "宗", "只", "头", "株", "本", "册", "小时", "分钟", "工作日", "个工作日", "支", "张", "幅", "段", "眼", "口", "盏", "根", "棵", "艘", "架", "门", "节", "课时", "学时", "人天", "立方米", "万立方米", "孔", "组", "对", "类", "种", "封", "对象", "岁", "周", "季度", "班", "届", "盘", "片", "瓶", "箱", "袋", "把", "副", "床", "桌", "轮", "遍", "步", "层", "栋", "幢", "号", "站", "点", "万人", "页", "字", "㎡", "m2", "km", "度", "千瓦时"],
        key=len,
        reverse=True,
    )
)

# Classifiers that may follow a Chinese numeral: "五个部门", "九大模块", "四级纵向贯通".
CHINESE_CLASSIFIERS = tuple(
    sorted(
        ["个", "名", "人", "件", "起", "次", "场", "户", "家", "台", "套", "部", "条", "项", "篇", "份", "大", "级", "类", "种", "位", "方面", "部分", "层", "期", "批", "支", "组", "款", "步", "万元", "亿元", "元", "年", "天", "个月", "章", "轮", "届", "项目", "人次", "所", "座", "处", "间"],
        key=len,
        reverse=True,
    )
)
