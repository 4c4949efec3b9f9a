"""Numbers that their words set a bound to: all there are and more, some of a whole and more than any."""

from __future__ import annotations

import pytest

from tests.facts.asked import asked

_ASKED = [
    ("N408", "到年底48件全部调处，全年调处矛盾纠纷超过52件。"),
    (
        "N411",
        "共安排维修桥梁36座。\n年底对各桥梁逐一核查，已通过验收的有39座，质量合格，其余的待收尾后补验。",
    ),
    ("N411", "全县登记的困难老人2150人。\n全年开展走访，按身份证号去重后，走访困难老人2460人。"),
]
_SILENT = [
    ("N408", "到年底48件全部调处，全年调处矛盾纠纷超过45件。"),
    ("N408", "难点48件全部调处，全年接待群众来访超过52件。"),
    (
        "N411",
        "共安排维修桥梁36座。\n年底对各桥梁逐一核查，已通过验收的有33座，质量合格，其余的待收尾后补验。",
    ),
    # nothing says that each is counted once
    ("N411", "全县登记的困难老人2150人。\n全年开展走访，走访困难老人2460人次。"),
    # the whole may be told of other things
    ("N411", "出台制度21个。\n年底对各项目逐一核查，已通过验收的有39个，质量合格，其余的待收尾后补验。"),
]


@pytest.mark.parametrize(("code", "text"), _ASKED)
def test_asked(code: str, text: str) -> None:
    assert len(asked(code, text)) == 1, asked(code, text)


@pytest.mark.parametrize(("code", "text"), _SILENT)
def test_not_asked(code: str, text: str) -> None:
    assert not asked(code, text)
