"""Very many tick marks of one rule in one table are one entry of the JSON memo, and nothing is lost of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from auditor import audit
from auditor.memo import Memo
from auditor.memo.data import merged
from auditor.memo.render import WRITERS as writers
from auditor.memo.render import Material, render

ROWS = 60


@pytest.fixture(scope="module")
def memo(tmp_path_factory: pytest.TempPathFactory) -> Memo:
    lines = ["2023年度项目支出绩效自评表", "项目名称\t河道清淤\t实施单位\t云岚县水务局\t（单位：万元）"]
    lines.append("支出明细\t全年预算数\t全年执行数\t执行率")
    lines += [
        f"第{n}段清淤费\t{n + 20}.00\t{n + 10}.00\t{(n + 10) / (n + 20):.2%}" for n in range(1, ROWS + 1)
    ]
    budget, paid = (sum(n + more for n in range(1, ROWS + 1)) for more in (20, 10))
    lines.append(f"合计\t{budget}.00\t{paid}.00\t{paid / budget:.2%}")
    path = tmp_path_factory.mktemp("ticks") / "report.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return audit(path)


def results(told: Memo) -> list[Any]:
    return told.documents[0].reports[0].results


def spans(told: Memo, verdict: str) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for result in results(told):
        if result.verdict == verdict:
            found |= {(one.start, one.end) for one in result.evidence}
            for place in result.places.split():
                start, _, end = place.partition("-")
                found.add((int(start), int(end)))
    return found


def test_merged_is_shorter_and_tells_as_much(memo: Memo) -> None:
    short = merged(memo)
    assert len(results(short)) < len(results(memo)) - ROWS // 2
    assert spans(short, "consistent") == spans(memo, "consistent")
    counted = sum(one.count for one in results(short) if one.verdict == "consistent")
    assert counted == sum(one.verdict == "consistent" for one in results(memo))
    assert counted == short.documents[0].reports[0].counts.consistent


def test_what_is_no_tick_stays(memo: Memo) -> None:
    short = merged(memo)
    flagged = [one for one in results(memo) if one.verdict != "consistent"]
    assert [one for one in results(short) if one.verdict != "consistent"] == flagged


def test_merged_is_the_default_and_all_is_on_request(memo: Memo) -> None:
    told = render(memo, "json")
    every = writers["json"](Material(memo, every_tick=True))
    assert Memo.model_validate_json(told) == merged(memo)
    assert Memo.model_validate_json(every) == memo
    assert len(told) * 2 < len(every)
    assert json.loads(told)["schema_version"] == "1"


def test_few_ticks_are_left_alone() -> None:
    memo = audit(Path("examples/01-national.txt"))
    assert merged(memo) == memo
