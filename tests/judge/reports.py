"""A small report to ask about, and an asker that says what it is told to say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from auditor.document.open import read_bytes
from auditor.judge.call import Call, NoAnswer, Reply, Usage
from auditor.judge.endpoint import ModelSettings
from auditor.judge.outcome import Outcome
from auditor.judge.review import review
from auditor.report import Report, read_reports
from auditor.rules import Result

TEXT = """\
2023年度乡村道路养护项目绩效自评报告

一、项目概况
全年预算100万元，实际支出90万元。其余资金按合同约定结转下年支付。

二、绩效目标完成情况
生态效益：道路通畅，群众出行更加方便，沿线村民普遍反映良好。
全年养护道路320公里，其中东片180公里、西片130公里。
共发放问卷200份，收回160份，满意度96%。
各项制度执行到位，资金使用合规有效。

三、存在的问题
部分养护台账登记不及时，个别制度未得到有效执行。
下一步将加强学习，提高认识。
"""


def report(text: str = TEXT) -> Report:
    return read_reports(read_bytes(text.encode(), "甲.txt"))[0]


def item(**changed: Any) -> dict[str, Any]:
    """An item that passes on `TEXT`; the arguments change it."""
    good = {
        "code": "L802",
        "sentence": 6,
        "quote": "道路通畅，群众出行更加方便",
        "other_sentence": None,
        "other_quote": None,
        "about": "生态效益",
        "question": "说的是出行，没有说生态，对环境有什么作用？",
        "equation": None,
    }
    return good | changed


def written(*items: dict[str, Any]) -> str:
    return json.dumps({"items": list(items)}, ensure_ascii=False)


class Teller:
    """Says one text after the other; an exception is raised. Keeps what it was asked."""

    def __init__(self, *texts: str | NoAnswer, finish: str = "stop") -> None:
        self.texts, self.finish = list(texts), finish
        self.calls: list[Call] = []

    def ask(self, call: Call) -> Reply:
        self.calls.append(call)
        text = self.texts.pop(0) if len(self.texts) > 1 else self.texts[0]
        if isinstance(text, NoAnswer):
            raise text
        return Reply(text, "试验模型", Usage(10, 5), "试验", self.finish)


def reviewed(
    *texts: str | NoAnswer,
    of: str = TEXT,
    results: Sequence[Result] = (),
    finish: str = "stop",
    **more: Any,
) -> Outcome:
    """What comes of these answers about a report."""
    (outcome,) = review([report(of)], [list(results)], Teller(*texts, finish=finish), ModelSettings(), **more)
    return outcome
