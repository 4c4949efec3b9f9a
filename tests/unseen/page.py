"""The section of docs/accuracy.md on reports by writers who never saw the program."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from auditor.rules import Verdict
from tests.narratives import PATHS, said
from tests.unseen import FOLDER, SETS, judged

_TITLES = {
    "forms": "自评表 70 份", "prose": "文字报告 70 份", "held": "文字报告 70 份，第二人写",
    "near": "文字报告 60 份，第三人写", "far": "文字报告 60 份，第四人写，矛盾的两个数隔得远", "layouts": "自评表 50 份，第五人写",
    "grouped": "文字报告 80 份，第六人写，数字三位一空", "mixed": "自评表 60 份，第七人写",
    "turns": "文字报告 60 份，第八人写，差错无两处同类", "clerks": "文字报告 48 份，第九人写，差错无两处同类",
    "sheets": "自评表 60 份，第十人写",
    "kinds": "文字和表 110 份，第十一人写，都是出过错的类型",
    "again": "文字和表 100 份，第十二人写，同样的类型",
    "chapters": "文字报告 60 份，第十三人写，各有几章",
    "circulating": "自评表 64 份，第十四人写",
    "provinces": "文字报告 60 份，第十五人写，一半各有几章",
    "village": "文字报告 70 份，第十六人写，都是出过错的类型",
    "pasted": "贴成文字的自评表 70 份，第十七人写，都是出过错的类型",
    "native": "Word、Excel、网页报告 60 份，第十八人写",
    "sound": "没有差错的报告 90 份，第十九人写",
    "bureau": "文字报告 60 份，第二十人写，都是出过错的类型",
    "handed": "自评表 60 份，第二十一人写",
    "filings": "自评表 64 份，第二十三人写",
    "offices": "文字报告 64 份，第二十二人写，都是出过错的类型",
    "whole": "完整的 Word、Excel、网页、PDF 报告 26 份，第二十四人写，其中 18 份各有两三处差错",
    "agencies": "文字报告 50 份，第二十五人写，都是出过错的类型",
    "counties": "自评表 56 份，第二十六人写",
    "districts": "文字报告 60 份，第二十七人写，差错由写的人自己想",
    "clinics": "文字报告 50 份，第二十八人写，都是出过错的类型",
    "towns": "自评表 60 份，第二十九人写",
    "wards": "文字报告 60 份，第三十人写，四十种差错",
}  # fmt: skip


def section() -> str:
    """First what was found before anybody who works on the rules had read a set, then what is found today."""
    return "\n".join([
        "## 没有看过程序的人写的报告",
        "",
        "`tests/unseen` 里的报告由没有看过程序的人写成，版式、句子、差错由写的人定，每份至多一处差错（完整报告那组一份两三处）。“初次”是打开这些报告之前的结果，",
        "最接近陌生报告；“现在”的数偏好，因为后来照着改进过。第十一组没有人打开看过，第十三组文字部分漏查的看过一半，其余各组漏查的",
        "都有人看过，改进时也数过查出几处。误报是没有差错的地方报了不一致；第十二、十三、二十组里不该提的问题也算。",
        "",
        "| | 有差错 | 初次查出 | 现在查出 | 没有差错 | 初次误报 | 现在误报 |",
        "|---|---|---|---|---|---|---|",
        *_rows(),
        "",
        _narratives(),
        "",
    ])  # fmt: skip


def _rows() -> Iterator[str]:
    first = json.loads((FOLDER / "first.json").read_text("utf-8"))
    for name in SETS:
        slipped = [one for one in judged(name) if not one.case.clean]
        clean = [one for one in judged(name) if one.case.clean]
        found, false = sum(one.found for one in slipped), sum(bool(one.false) for one in judged(name))
        yield (
            f"| {_TITLES[name]} | {len(slipped)} | {first[name]['found']} | {found} | {len(clean)} |"
            f" {first[name]['false']} | {false} |"
        )


def _narratives() -> str:
    verdicts = Counter(one.verdict for _, one in said(PATHS))
    return (
        f"另有 {len(PATHS)} 份没有差错的短报告（`benchmarks/narratives`，写的人同样没有看过程序）："
        f"误报不一致 {verdicts[Verdict.INCONSISTENT]} 处，多问 {verdicts[Verdict.QUERY]} 处。"
    )
