"""Labels and names with anything between them: what leaks is counted by what stands between.

A label that somebody types, prints, converts or flattens is parted from its value by whatever the maker of the form
had at hand. Signs are drawn from whole categories of Unicode and labels are composed, so most of both stand in no
table of the program. The seed is fixed.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator

from auditor.bench.privacy_corpus import GROUPS, LABELS, Case, Maker

_DOERS = (
    "巡河",
    "护林",
    "跟单",
    "押运",
    "投保",
    "立据",
    "交办",
    "受托",
    "担保",
    "承租",
    "领种",
    "讲解",
    "放样",
    "看护",
)
_OTHERS = (
    "联保人",
    "网格长",
    "河长",
    "寝室长",
    "楼栋长",
    "水电工",
    "护理师",
    "巡查警",
    "卫生助理",
    "饮水专干",
    "合同签署人",
)
_WORDS = (
    "文明", "建设", "和平", "胜利", "光明", "立新", "国庆", "向阳", "成功", "石油", "延安", "解放", "新华", "长江", "钟声",
    "平安", "红旗", "青松", "春雨", "朝霞", "星辰", "海洋", "清泉", "翠竹", "丰收", "太平", "幸福", "晨曦", "秋实", "冬梅",
)  # fmt: skip
_MANIFOLD = ("成员", "评价组成员", "分管领导", "主管领导", "受访者", "经办", "制表")
"""Labels that call a group, a post or a deed as well: 成员：各股室, 经办：已办结."""
_SINGLE = tuple(label for label in LABELS if label not in _MANIFOLD)
ENDS = frozenset("。．.！!？?；;，,、､｡﹐﹑﹒﹔﹖﹗")
"""Signs that end a sentence or part the items of a list: what stands behind them is no value of a label."""
_NAMES = frozenset("·‧・∙⋅•")
"""Points inside names."""
_CATEGORIES = {
    "横线": ("Pd",),
    "标点": ("Po", "Pc"),
    "数学符号": ("Sm",),
    "其他符号": ("So", "Sk"),
    "括号": ("Ps", "Pi"),
}
_BLANKS = (
    "  ",
    "　",
    "　　",
    "\t",
    "\u2003",
    "\u00a0\u00a0",
    "\u2002",
    "    ",
    "\u3000 \u3000",
    "\t\t",
    " \u00a0 ",
)
_BREAKS = ("\n", "\r\n", "\n\n", "\n　　", " \n ", "\u2028", "\x0b", "：\n　　", "<br/>", "</td><td>", "\x0c")
_BORDERS = "|｜│┃║┆┊╎丨¦▏‖∣❘❙"
_SLASHES = "/／∕⁄\\＼⧸╱"
_COLONS = "：:∶︰﹕꞉ː᛬˸⁚﹕"
_ENCLOSED = ("（{}）", "({})", "【{}】", "〔{}〕", "『{}』", "「{}」", "〖{}〗", "〈{}〉", "《{}》", "[{}]", "{{{}}}", "“{}”", "‘{}’", '"{}"', "<{}>", "«{}»", "［{}］", "﹙{}﹚", "﹛{}﹜", "'{}'")  # fmt: skip


def _signs(categories: tuple[str, ...]) -> str:
    return "".join(
        char
        for char in map(chr, range(0x21, min(sys.maxunicode, 0xFFFF)))
        if unicodedata.category(char) in categories
        and not any(map(str.isalnum, unicodedata.normalize("NFKC", char)))
        and char not in _NAMES and unicodedata.normalize("NFKC", char) not in ENDS and char not in "⟦⟧%‰％＆&@＠#$¥￥€£×÷±<＜《〈＞"
    )  # fmt: skip


def odd_cases(seed: int = 1, each: int = 13) -> Iterator[Case]:
    """With every kind of separator `each` lines of every kind of name, two names a line; a thousand at the usual size."""
    make = Maker(seed)
    signs = {name: _signs(categories) for name, categories in _CATEGORIES.items()}
    kinds = (
        "冒号",
        "格线",
        "斜线",
        "空白",
        "换行",
        "成对",
        *(name for name in signs if name != "括号"),
        "连写几个",
    )
    for kind in kinds:
        for group in (*GROUPS, "常用词"):
            for _ in range(each):
                yield _line(make, kind, group, signs)


def _label(make: Maker) -> str:
    dice = make.random.random()
    if dice < 0.5:
        return make.one(_SINGLE)
    if dice < 0.85:
        return make.one(_DOERS) + make.one(("人", "员"))
    return make.one(_OTHERS)


def _line(make: Maker, kind: str, group: str, signs: dict[str, str]) -> Case:
    names = [make.one(_WORDS) if group == "常用词" else make.name(group) for _ in range(2)]
    shape = _between(make, kind, signs)
    manifold = make.random.random() < 0.15
    fields = [
        f"{make.one(_MANIFOLD) if manifold else _label(make)}{shape.replace('{}', name)}" for name in names
    ]
    gap = (
        make.one(("\n", "　　", "\t", "；", "\n\n"))
        if kind not in ("空白", "换行")
        else make.one(("\n", "；"))
    )
    text = gap.join(fields)
    if make.random.random() < 0.4:
        text = f"{make.filler()}\n{text}\n{make.filler()}"
    word = group in ("常用词", "也是常用词的名字")
    told = f"栏目也指一群人或一件事{'，名字也是常用词' if word else ''}" if manifold else kind
    return Case(told, text, tuple(names), not manifold)


def _between(make: Maker, kind: str, signs: dict[str, str]) -> str:
    """What stands between label and value, `{}` for the value."""
    if kind == "成对":
        return make.one(_ENCLOSED)
    if kind in ("空白", "换行"):
        return make.one(_BLANKS if kind == "空白" else _BREAKS) + "{}"
    blank = make.one(("", "", " ", "　"))
    if kind == "连写几个":
        sign = make.one(signs["横线"] + signs["标点"] + signs["数学符号"] + _COLONS)
        return blank + sign * make.random.randint(2, 8) + make.one(("", "：", "\n", " ")) + "{}"
    known = {"冒号": _COLONS, "格线": _BORDERS, "斜线": _SLASHES}
    return blank + make.one(known[kind] if kind in known else signs[kind]) + blank + "{}"
