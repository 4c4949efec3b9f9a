"""The bench measures what it says, and the auditor stays above the recorded floor."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from auditor.bench.clean import bundled
from auditor.bench.edit import Edit, apply, digit_dropped, digits_swapped, point_moved
from auditor.bench.page import as_json, as_markdown, compared
from auditor.bench.relations import Shape, relations
from auditor.bench.run import bench
from auditor.bench.tally import Tally
from auditor.document import Span, read_bytes
from auditor.report import read_reports
from benchmarks.peers import spreadsheet
from benchmarks.peers.page import TEN, cases, ours
from tests.conftest import Cli
from tests.samples import ROOT

FLOOR = json.loads((ROOT / "benchmarks" / "accuracy-floor.json").read_text(encoding="utf-8"))


@cache
def measured() -> Tally:
    return bench(seed=FLOOR["seed"], most=FLOOR["most"])


class TestFloor:
    def test_recall(self) -> None:
        low = {
            family.code: (family.recall, [miss[:120] for miss in measured().misses])
            for family in measured().families
            if family.recall < FLOOR["recall"][family.code]
        }
        assert low == {}

    def test_precision(self) -> None:
        tally = measured()
        extra = sum(family.extra for family in tally.families)
        said = sum(rule.spoke + rule.beside + rule.extra for rule in tally.rules)
        assert extra <= FLOOR["extra"]
        assert 100 * (said - extra) / said >= FLOOR["precision"]

    def test_neutral_changes(self) -> None:
        assert sum(change.inconsistent for change in measured().neutral) <= FLOOR["inconsistent"]
        assert sum(change.lost for change in measured().neutral) <= FLOOR["lost"]

    def test_there_are_25_kinds_and_more(self) -> None:
        assert len([kind for kind in measured().kinds if kind.planted]) >= 25


class TestPage:
    def test_says_the_same_in_both_forms(self) -> None:
        data = json.loads(as_json(measured()))
        page = as_markdown(measured())
        assert all(kind["title"] in page for kind in data["kinds"])

    def test_compares(self) -> None:
        same = as_json(measured())
        assert "相同" in compared(same, measured())
        worse = json.loads(same)
        worse["kinds"][0]["recall"] = 1.0
        assert "1.0%" in compared(json.dumps(worse), measured())
        with pytest.raises(ValueError, match="bench"):
            compared("{}", measured())

    def test_command_refuses_what_is_not_clean(self, cli: Cli, tmp_path: Path) -> None:
        broken = next((ROOT / "tests" / "layouts").glob("01*_broken.txt"))
        (tmp_path / "甲.txt").write_bytes(broken.read_bytes())
        answer = cli("bench", tmp_path)
        assert (answer.status, answer.out) == (2, "")
        assert "甲.txt" in answer.err

    def test_there_are_samples(self) -> None:
        assert len(bundled()) > 20


class TestParts:
    def test_edits(self) -> None:
        assert apply("年初100元", [Edit(Span(2, 5), "1000")]) == ("年初1000元", [Span(2, 6)])
        with pytest.raises(ValueError, match="overlap"):
            apply("100", [Edit(Span(0, 2), ""), Edit(Span(1, 3), "")])

    @pytest.mark.parametrize(
        ("found", "wanted"),
        [
            (digits_swapped("112"), ["121"]),
            (digit_dropped("1,20"), ["20", "10", "12"]),
            (point_moved("12.30"), ["1.230", "123.0"]),
        ],
    )
    def test_writing_slips(self, found: list[str], wanted: list[str]) -> None:
        assert list(found) == wanted

    def test_a_relation_fails_with_another_figure(self) -> None:
        text = "一、完成情况\n共检修设备150台，其中水泵60台、电机90台；发放问卷200份，满意180份，满意度90%。"
        (report,) = read_reports(read_bytes(text.encode(), "甲.txt"))
        found = relations(report)
        assert {one.shape for one in found} == {Shape.PARTS, Shape.RATIO}
        (rate,) = [one for one in found if one.shape is Shape.RATIO]
        assert not rate.holds({rate.figures[0].span: Decimal(80)})


@pytest.mark.parametrize("name", cases())
def test_right_on_the_ten_plain_cases(name: str) -> None:
    assert ours(name)


def test_common_practice_is_wrong_on_some() -> None:
    right = [
        bool(spreadsheet.alarms((TEN / f"{name}.txt").read_text(encoding="utf-8"))) == case["error"]
        for name, case in cases().items()
    ]
    assert 3 <= sum(right) < 10
