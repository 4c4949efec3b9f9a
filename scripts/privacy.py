"""`docs/privacy.md`: how much of a generated corpus would leak. `--check` says whether it is current."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from auditor.bench.leaks import measure
from auditor.bench.privacy_corpus import cases
from auditor.bench.privacy_odd import odd_cases
from auditor.document import read
from auditor.judge.personal import study

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "privacy.md"
_HEAD = """# 遮盖漏了多少，多遮了多少

<!-- 本页由 python -m scripts.privacy 生成，请勿手改。 -->

向模型提问之前，姓名、电话、证件号等换成代号（见[模型审读](model.md)）。这里量的是：自编的语料里有多少会漏出去，
没有问题的报告里有多少字被多遮。语料按固定的随机种子生成（`auditor/bench/privacy_corpus.py`）：栏目、姓名、分隔的写法、排版各自随机搭配，
姓名包括罕见姓、复姓、带点和不带点的少数民族名字、也是常用词的名字；不使用程序自己的词表。

## 漏出去的

{table}

{lines} 段，{values} 个值，漏出 {leaked} 个。

## 栏目和名字之间什么都可能

{odd_lines} 段另按固定的种子生成（`auditor/bench/privacy_odd.py`）：栏目一半是拼出来的（押运员、立据人、楼栋长），栏目和名字之间的符号从
Unicode 整类里抽（横线、标点、数学符号、其他符号），还有各种冒号、格线、斜线、空白、换行、括号和引号，多数不在程序的词表里。

| 栏目和名字之间 | 值 | 漏出 | 其中发送前不列出的 |
|---|---|---|---|
{odd}

{odd_values} 个值，漏出 {odd_leaked} 个。“成员、分管领导、经办”这样的栏目也指一群人、一件事（“成员｜各股室”“经办｜完成”），后面的常用词不都当作名字；
漏出的多数列在“可能是人名”里。

## 没看过词表的人写的

语料和程序出自同一些人，容易想到一处。所以另编了四轮（名字、号码都是编的），第一、三轮编的时候没有看过词表和程序，
第二、四轮在上一轮补过以后另编：

| 轮次 | 值 | 编好时漏 | 按种类补上以后漏 |
|---|---|---|---|
| 一 | 198 | 59 | 9 |
| 二 | 74 | 31 | 7 |
| 三：栏目后的名字 | 220 | 53 | 8 |
| 三：号码、地址 | 70 | 3 | 0 |
| 三：没有栏目的名字 | 37 | 31 | 19，都列在“可能是人名”里 |
| 四：栏目后的名字 | 116 | 23 | 7 |
| 四：号码、地址 | 21 | 3 | 0 |
| 四：没有栏目的名字 | 22 | 12 | 11，其中 8 个列在“可能是人名”里 |

前两轮同时编的 68 段没有个人信息的话，遮了 1 处（收款的公司）。第三、四轮专挑也是常用词的名字（高兴、延安、石油）和罕见的写法。还漏的有三类：与栏目名相同的名字（“记录人：时间”）、
一行里先列几个栏目再列几个值、夹在句子里又是常用词的名字（“村民解放领到轮椅”）。第三、四轮里守住的在
`tests/judge/lines.toml`，每次测试都核对。

## 多遮的

自编的示范报告和版式样例 {files} 份、{chars} 字里，遮盖 {masked} 处：{kinds}。

## 没有量的

- 语料是我们编的，真实报告里会有没想到的写法。没有栏目、职务、付款等任何线索的人名认不出来：`auditor judge preview` 在发送前列出“可能是人名”的词，请看一遍。
- 只给姓氏的称呼（王局长）、单位名称、地名、项目名称不遮盖。
- 图片里的字没有识别的不会发送。
"""


def page() -> str:
    """The whole page. Takes some seconds."""
    told, odd = measure(cases()), measure(odd_cases())
    rows = [f"| {kind} | {count} | {told.leaked[kind]} |" for kind, count in told.values.items()]
    files = [*sorted((ROOT / "examples").glob("*.txt")), *sorted((ROOT / "tests" / "layouts").glob("*.txt"))]
    kinds: Counter[str] = Counter()
    chars = 0
    for file in files:
        document = read(file)
        chars += len(document.text)
        kinds.update(one.kind for one in study(document.text).places)
    return _HEAD.format(
        table="\n".join(["| 种类 | 值 | 漏出 |", "|---|---|---|", *rows]),
        odd="\n".join(
            f"| {kind} | {count} | {odd.leaked[kind]} | {odd.silent[kind]} |"
            for kind, count in odd.values.items()
        ),
        odd_lines=odd.lines,
        odd_values=odd.values.total(),
        odd_leaked=odd.leaked.total(),
        lines=told.lines,
        values=told.values.total(),
        leaked=told.leaked.total(),
        files=len(files),
        chars=chars,
        masked=kinds.total(),
        kinds="、".join(f"{kind} {count}" for kind, count in kinds.most_common()) or "无",
    )


def main() -> int:
    written = page()
    if "--check" in sys.argv[1:]:
        return int(PAGE.read_text(encoding="utf-8") != written)
    PAGE.write_text(written, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
