"""How many the words say there are, against what they list: with a count each, as 其一 其二, by quarters, as rows."""

from __future__ import annotations

import pytest

from tests.facts.asked import asked

_ROWS = (
    "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n"
    "产出指标 | 数量指标 | 硬化道路 | 8公里 | 8公里 | 30 | 30\n"
    "产出指标 | 质量指标 | 合格率 | 100% | 100% | 30 | 30\n"
    "效益指标 | 社会效益指标 | 受益人数 | 900人 | 900人 | 30 | 30\n"
    "满意度指标 | 满意度指标 | 群众满意度 | 90% | 95% | 10 | 10\n"
)
_ASKED = [
    ("N404", "引进企业涉及5个行业，具体是：粮油加工3家、冷链物流2家、包装印刷4家、电子装配6家。"),
    ("N404", "新建停车场四处，分别为：东门广场120个泊位、南湖路90个泊位、体育馆60个泊位。"),
    ("N404", "主要做法：其一，办班前摸底；其二，课后跟踪。以上三条做法得到肯定。"),
    ("N404", f"共设置三级指标5个，完成情况如下：\n{_ROWS}"),
    ("N402", "全年共举办演出26场。\n分季看，一季度演出4场，二季度演出7场，三季度演出8场，四季度演出6场。"),
]
_SILENT = [
    ("N404", "引进企业涉及4个行业，具体是：粮油加工3家、冷链物流2家、包装印刷4家、电子装配6家。"),
    # the list is of the count right before it
    ("N404", "15个项目涉及4个行业，具体是：粮油加工3个、冷链物流2个、包装印刷4个、电子装配6个。"),
    ("N404", "引进企业涉及5个行业，具体是：粮油加工3家、冷链物流2家、包装印刷4家等。"),
    # one of the items is two
    ("N404", "数据取自5处站点，分别为东门站12万人次、南门站9万人次、西门站7万人次、其他两处共5万人次。"),
    # the list goes on behind the comma
    ("N404", "三类企业年末共96家：粮油加工30家、冷链物流26家，包装印刷40家。"),
    ("N404", "主要做法：其一，办班前摸底；其二，课后跟踪。以上两条做法得到肯定。"),
    ("N404", f"共设置三级指标4个，完成情况如下：\n{_ROWS}"),
    ("N402", "全年共举办演出25场。\n分季看，一季度演出4场，二季度演出7场，三季度演出8场，四季度演出6场。"),
    # no whole year
    ("N402", "全年共举办演出26场。\n分季看，二季度演出7场，三季度演出8场，四季度演出6场。"),
]


@pytest.mark.parametrize(("code", "text"), _ASKED)
def test_asked(code: str, text: str) -> None:
    assert len(asked(code, text)) == 1, asked(code, text)


@pytest.mark.parametrize(("code", "text"), _SILENT)
def test_not_asked(code: str, text: str) -> None:
    assert not asked(code, text)
