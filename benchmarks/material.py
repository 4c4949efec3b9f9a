"""Text to measure with: the project's own sample reports, varied and put together to any size.

Every report drawn is different (names and one figure in five change), so that no cache sees the
same text twice and every rule finds both what holds and what does not.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from auditor.report.split import is_title

ROOT = Path(__file__).resolve().parent.parent
_PLACES = "云岚河溪松洛清禾岩桥浦江泽林安宁丰昌顺平永和"
_NUMBER = re.compile(r"(?<![\d.,])\d+(?:\.\d+)?(?![\d,])")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2}(?=县|区|市)")
_CHANGED = 0.2
_APART = 25
"""Characters per figure in the narrative of a 5,000-character report: with its form, about 200 figures."""


def sources() -> list[str]:
    """The sample reports of the project: all layouts and examples."""
    files = sorted((*ROOT.glob("tests/layouts/*.txt"), *ROOT.glob("examples/*.txt")))
    return [path.read_text(encoding="utf-8").strip() for path in files]


def varied(text: str, draw: random.Random) -> str:
    """The same report of another place, with other figures."""
    names: dict[str, str] = {}

    def place(match: re.Match[str]) -> str:
        return names.setdefault(match.group(), "".join(draw.sample(_PLACES, 2)))

    def number(match: re.Match[str]) -> str:
        if draw.random() >= _CHANGED:
            return match.group()
        return match.group()[:-1] + str(draw.randrange(10))

    return _NUMBER.sub(number, _PLACE.sub(place, text))


def report(length: int, seed: int = 0) -> str:
    """One report of about `length` characters: a filled form, then its narrative."""
    draw = random.Random(seed)
    forms = sources()
    text = varied(forms[seed % len(forms)], draw)
    for paragraph in _paragraphs(forms, draw):
        if len(text) + len(paragraph) > length:
            break
        text += "\n" + paragraph
    return text + "\n"


def many(size: int, seed: int = 0) -> str:
    """Reports one after the other, `size` bytes of UTF-8 or a little more."""
    draw = random.Random(seed)
    forms = sources()
    pieces: list[str] = []
    total = 0
    while total < size:
        pieces.append(varied(forms[(seed + len(pieces)) % len(forms)], draw) + "\n\n")
        total += len(pieces[-1].encode())
    return "".join(pieces) if len(pieces) > 1 else _cut(pieces[0], size)


def single(size: int, seed: int = 0) -> str:
    """One endless report: one title, then the forms and narratives of all, without their titles."""
    draw = random.Random(seed)
    forms = sources()
    pieces = ["云岚县2023年度乡村道路养护项目支出绩效自评报告\n"]
    total = number = 0
    while total < size:
        lines = varied(forms[(seed + number) % len(forms)], draw).splitlines()
        pieces.append("\n".join(line for line in lines if not _names_a_report(line)) + "\n\n")
        total += len(pieces[-1].encode())
        number += 1
    return "".join(pieces) if number > 1 else _cut("".join(pieces), size)


def indicators(rows: int, seed: int = 0) -> str:
    """A self-evaluation form whose indicator table has `rows` rows."""
    draw = random.Random(seed)
    lines = ["2023年度项目支出绩效自评表", "项目名称\t乡村道路养护\t实施单位\t云岚县交通运输局"]
    lines.append("一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施")
    for row in range(rows):
        first = "产出指标" if row == 0 else ""
        second = ("数量指标", "质量指标", "时效指标")[row // 3 % 3] if row % 3 == 0 else ""
        target = draw.randrange(20, 900)
        actual = target + draw.randrange(-3, 9)
        name = "".join(draw.sample(_PLACES, 2))
        reason = "" if actual >= target else "雨季较长，个别路段推迟施工"
        lines.append(
            f"{first}\t{second}\t{name}村道养护里程\t≥{target}公里\t{actual}公里\t5\t{5 if not reason else 4.5}\t{reason}"
        )
    lines.append(f"总分\t\t\t\t\t{rows * 5}\t{rows * 5}\t")
    return "\n".join(lines) + "\n"


def amounts(rows: int, seed: int = 0) -> str:
    """A form whose table of detail lines has `rows` rows."""
    draw = random.Random(seed)
    lines = [
        "2023年度项目支出绩效自评表",
        "项目名称\t乡村道路养护\t实施单位\t云岚县交通运输局\t（单位：万元）",
    ]
    lines.append("支出明细\t全年预算数\t全年执行数\t执行率")
    budget_sum = paid_sum = 0
    for _ in range(rows):
        budget = draw.randrange(1_000, 90_000)
        paid = budget - draw.randrange(0, 900)
        budget_sum, paid_sum = budget_sum + budget, paid_sum + paid
        name = "".join(draw.sample(_PLACES, 3))
        lines.append(f"{name}路段养护费\t{budget / 100:.2f}\t{paid / 100:.2f}\t{paid / budget:.2%}")
    lines.append(f"合计\t{budget_sum / 100:.2f}\t{paid_sum / 100:.2f}\t{paid_sum / budget_sum:.2%}")
    return "\n".join(lines) + "\n"


def english(size: int, seed: int = 0) -> str:
    """Psychology as `statcheck` reads it: sentences with test statistics, about one in 150 characters,
    which makes as many numbers per KB as the reports have."""
    draw = random.Random(seed)
    pieces: list[str] = []
    total = 0
    while total < size:
        pieces.append(_sentence(draw))
        total += len(pieces[-1])
    return "".join(pieces)[:size]


def _sentence(draw: random.Random) -> str:
    df, value, p = draw.randrange(12, 240), draw.uniform(0.2, 6), draw.uniform(0.002, 0.6)
    test = draw.choice(
        (
            f"t({df}) = {value:.2f}, p = {p:.3f}",
            f"F({draw.randrange(1, 5)}, {df}) = {value:.2f}, p = {p:.3f}",
            f"r({df}) = {value / 7:.2f}, p < .05",
            f"z = {value:.2f}, p = {p:.3f}",
        )
    )
    opening = draw.choice(
        ("In the second session", "Across both samples", "As predicted", "For older adults")
    )
    return (
        f"{opening}, participants in the training group answered more items correctly than those in the "
        f"control group, {test}.{draw.choice((' ', chr(10)))}"
    )


def _paragraphs(forms: list[str], draw: random.Random) -> Iterator[str]:
    """Running text of the sample reports in drawn order, varied. Not the passages crowded with
    figures: the samples are written to hold every trap, a bureau's report is 200 figures long."""
    prose = [
        line.strip() for form in forms for line in form.splitlines() if "\t" not in line and "|" not in line
    ]
    prose = [line for line in prose if len(line) >= 40 and len(_NUMBER.findall(line)) * _APART <= len(line)]
    for line in draw.sample(prose, len(prose)):
        yield varied(line, draw)


def _names_a_report(line: str) -> bool:
    """A title, the second half of one, one glued to a table, or a whole form on one line."""
    return is_title(line.strip(" 　\t|#")) or "自评表" in line or "自评报告" in line


def _cut(text: str, size: int) -> str:
    """The first `size` bytes, to whole lines where there is one."""
    head = text.encode()[:size].decode(errors="ignore")
    return head[: head.rfind("\n") + 1] or head
