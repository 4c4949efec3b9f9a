"""Places and shares told in words of one of a list told before, by its name."""

from __future__ import annotations

import pytest

from tests.facts.asked import asked

_ASKED = [
    ("N411", "接待学员960人，来源为：县城310人，乡镇420人，外县230人，其中县城学员最多。"),
    ("N411", "投诉件按类分，噪声86件、油烟64件、扬尘41件，合计191件，可见扬尘最多。"),
    ("N411", "各乡资金，河东乡45万元、梅坪乡36万元、双溪镇28万元、石坝乡21万元，合计130万元。石坝乡投入居全县第三位。"),
    ("N411", "收治病例，内科320例、外科280例、儿科150例，合计750例，其中内科最少。"),
    ("N410", "全年借阅54万册次，成人20万册次、少儿30万册次、老年4万册次，可见不足一半的借阅来自少儿。"),
    ("N410", "全年借还54万册次，成人借阅20万册次、少儿借阅30万册次、老年借阅4万册次，可见不足一半的册次来自少儿。"),
    ("N410", "辖区共有业主8.5万户，已绑定账号的业主有3.4万户。\n效果评价：业主绑定率已经过半。"),
]  # fmt: skip
_SILENT = [
    # what all members end in names none of them
    ("N410", "全年借还54万册次，成人借阅20万册次、少儿借阅30万册次、老年借阅4万册次，可见过半的册次来自少儿。"),
    ("N411", "接待学员960人，来源为：县城420人，乡镇310人，外县230人，其中县城学员最多。"),
    # of another measure than the list
    ("N411", "各乡资金，河东乡45万元、梅坪乡36万元、双溪镇28万元，合计109万元，其中双溪镇满意度最高。"),
    ("N411", "各乡资金，河东乡45万元、梅坪乡36万元、双溪镇28万元，合计109万元，其中双溪镇增幅最高。"),
    # others may stand between: the list is no whole
    ("N411", "河东乡45万元、梅坪乡36万元、双溪镇28万元等，双溪镇投入居全县第五位。"),
    ("N411", "各乡资金，河东乡45万元、梅坪乡36万元、双溪镇28万元，合计109万元，双溪镇投入居第三位。"),
    ("N410", "全年借阅54万册次，成人20万册次、少儿30万册次、老年4万册次，可见过半的借阅来自少儿。"),
    ("N410", "辖区共有业主8.5万户，已绑定账号的业主有5.4万户。\n效果评价：业主绑定率已经过半。"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text"), _ASKED)
def test_asked(code: str, text: str) -> None:
    assert len(asked(code, text)) == 1


@pytest.mark.parametrize(("code", "text"), _SILENT)
def test_not_asked(code: str, text: str) -> None:
    assert not asked(code, text)
