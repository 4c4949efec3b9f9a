"""A season whose narratives are sent to a model: a server on loopback answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Cli
from tests.judge.fault import FaultServer, error
from tests.samples import ROOT

_TEXT = next((ROOT / "tests" / "cases" / "F101").glob("bad_*.txt")).read_text(encoding="utf-8")
_SAID = "项目实施以来，沿江步道的坡面重新铺装，行人反映较好。下一步继续加强管理。\n"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    with FaultServer() as running:
        monkeypatch.setenv("OPENAI_BASE_URL", running.url)
        yield running


@pytest.fixture
def begun(cli: Cli, tmp_path: Path) -> Cli:
    """A season of two reports, one of them in an archive, and a file that nobody can read."""
    from tests.formats.write import as_zip

    reports = {
        unit: f"沿江步道修补项目支出绩效自评报告\n项目名称：沿江步道修补\n项目单位：{unit}\n{_TEXT}\n三、主要经验\n{_SAID}"
        for unit in ("云桥县市政养护所", "栖梧市文化馆")
    }
    first, second = reports
    (tmp_path / "甲.txt").write_text(reports[first], encoding="utf-8")
    (tmp_path / "乙.zip").write_bytes(as_zip({"乙.txt": reports[second].encode(), "坏.bin": b"\0\1\2" * 99}))
    assert cli("season", "init", "s").status == 0
    assert cli("season", "add", "甲.txt", "乙.zip", "--at", "s").status == 0
    return cli


def test_what_is_answered_is_kept_and_not_asked_again(begun: Cli, server: FaultServer) -> None:
    answer = begun("season", "run", "--at", "s", "-j", "1", "--llm", "live", "--model", "m")
    assert "已完成 2" in answer.err, answer.err
    assert "乙.zip/坏.bin" in answer.err
    asked = server.requests
    assert asked > 0
    assert f"发出请求 {asked} 次" in answer.err
    assert len(list(Path("s/cassettes").glob("*.json"))) == asked
    memo = json.loads(begun("season", "show", "1", "--format", "json", "--at", "s").out)
    assert (memo["narrative_review"]["mode"], memo["narrative_review"]["done"]) == ("live", True)

    begun("season", "run", "--at", "s", "-j", "1", "--llm", "live", "--model", "m", "--fresh")
    assert server.requests == asked


def test_rules_say_the_same_with_and_without_a_model(begun: Cli, server: FaultServer) -> None:
    def listed() -> list[str]:
        begun("season", "export", "-o", "x.csv", "--at", "s")
        return [line.partition(",")[2] for line in Path("x.csv").read_text("utf-8").splitlines()]

    begun("season", "run", "--at", "s", "-j", "1")
    without = listed()
    begun("season", "run", "--at", "s", "-j", "1", "--llm", "live", "--model", "m")
    assert server.requests > 0
    assert (len(without), listed()) == (3, without)


def test_a_model_that_is_away_costs_only_its_questions(begun: Cli, server: FaultServer) -> None:
    server.plan = [error(401)] * 99
    answer = begun("season", "run", "--at", "s", "-j", "1", "--llm", "live", "--model", "m")
    assert "已完成 2" in answer.err, answer.err
    assert "叙述未经模型完整审读" in answer.err


def test_answers_that_came_by_another_way_are_taken_in(begun: Cli, server: FaultServer) -> None:
    assert "已完成 2" in begun("season", "run", "--at", "s", "-j", "1", "--llm", "replay", "--model", "m").err
    assert server.requests == 0
    begun("season", "run", "--at", "s", "-j", "1", "--llm", "live", "--model", "m")
    again = begun("season", "run", "--at", "s", "-j", "1", "--llm", "replay", "--model", "m")
    assert "本次审核 2 个文件" in again.err


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), "没有指定模型"),
        (("--model", "m", "--engine", "ray"), "不与 --engine ray 同用"),
    ],
)
def test_what_does_not_fit_is_told(begun: Cli, more: tuple[str, ...], told: str) -> None:
    answer = begun("season", "run", "--at", "s", "--llm", "live", *more)
    assert (answer.status, told in answer.err) == (2, True)
