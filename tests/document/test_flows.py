"""Which line of a page goes on with the one above it."""

from __future__ import annotations

import pytest

from auditor.document.borders import Box
from auditor.document.marks import Line, Segment
from auditor.document.page_breaks import flows

BODY = Box(0, 0, 200, 300)


def line(text: str, x0: float, x1: float, top: float = 0, size: float = 10) -> Line:
    return Line([Segment(text, x0, x1)], Box(x0, top, x1, top + size), size)


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        (line("全年用于渠道整治和机耕路硬", 0, 196), line("化，年末没有结余。", 0, 90), True),
        (line("其中渠道整治支出", 0, 150), line("212.00万元，机耕路硬化", 0, 110), True),
        (line("其中渠道整治支出", 0, 120), line("212.00万元，机耕路硬化", 0, 110), False),
        (line("其中渠道整治支出。", 0, 150), line("212.00万元，机耕路硬化", 0, 110), False),
        (line("其中渠道整治支出", 0, 150), line("机耕路硬化", 0, 50), False),
        (line("云桥县饮水安全工程维", 3, 197), line("修养护绩效自评报告", 55, 145), True),
        (line("云桥县饮水安全绩效自评报告", 3, 197), line("（2022年度）", 70, 130), False),
        (line("云桥县水利局", 60, 140), line("绩效自评报告", 55, 145), False),
        (line("云桥县饮水安全工程维", 3, 197), line("修养护绩效自评报告", 100, 190), False),
        (line("云桥县饮水安全工程维", 3, 197, size=16), line("修养护绩效自评报告", 55, 145), False),
    ],
    ids=[
        "full line", "a number that did not fit", "it would have fitted", "after a full stop", "no number",
        "rest of a title", "a title that is complete", "lines of a cover", "not centred", "other size",
    ],
)  # fmt: skip
def test_flows(above: Line, below: Line, expected: bool) -> None:
    assert flows(above, below, BODY) is expected
