"""Decisions: each in the trail, from what to what; several people at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from auditor.season.adding import add
from auditor.season.deciding import CannotDecide, Decided, decide, on_problem, on_report
from auditor.season.reading import records
from auditor.season.trail import entries, verify
from auditor.season.workspace import Workspace, init
from tests.conftest import Cli
from tests.samples import ROOT
from tests.season.whole import worked

BAD = next((ROOT / "tests" / "cases" / "F101").glob("bad_*.txt"))
HEAD = "项目名称：沿江步道修补\n项目单位：云桥县市政养护所\n"


@pytest.fixture
def audited(workspace: Workspace, tmp_path: Path) -> Workspace:
    """A season with one report that has a proved finding."""
    file = tmp_path / "报告.txt"
    file.write_text(HEAD + BAD.read_text(encoding="utf-8"), encoding="utf-8")
    add(workspace, [str(file)])
    worked(workspace.store, 1)
    return workspace


class TestTrail:
    def test_from_what_to_what(self, audited: Workspace) -> None:
        one = on_problem(audited, 1, 1, "确认", "")
        assert decide(audited, one).new == len(one)
        assert decide(audited, one).same == len(one)
        changed = decide(audited, on_problem(audited, 1, 1, "驳回", "数是对的"))
        assert len(changed.changed) == len(one)
        bodies = [
            (entry.who, json.loads(entry.body)) for entry in entries(audited.store) if entry.act == "处理"
        ]
        assert [(who, body["from"], body["to"]) for who, body in bodies] == [
            *[("甲", "", "确认")] * len(one), *[("甲", "确认", "驳回")] * len(one),
        ]  # fmt: skip
        assert verify(audited.store).broken == ""

    def test_is_shown_with_the_finding(self, audited: Workspace) -> None:
        decide(audited, on_problem(audited, 1, 1, "驳回", "数是对的"))
        assert {each.decision for one in records(audited.store) for each in one.findings if each.flagged} >= {
            "驳回"
        }

    def test_on_a_whole_report(self, audited: Workspace) -> None:
        decide(audited, on_report(audited, 1, "有误", "", "1,234.50"))
        body = json.loads(list(entries(audited.store))[-1].body)
        assert (body["to"], Decimal(body["amount"])) == ("有误", Decimal("1234.50"))

    @pytest.mark.parametrize("amount", ["一百", "NaN", "1/2"])
    def test_an_amount_that_is_none(self, audited: Workspace, amount: str) -> None:
        with pytest.raises(CannotDecide, match="应有金额"):
            on_report(audited, 1, "有误", "", amount)

    @pytest.mark.parametrize(("number", "problem"), [(9, 1), (1, 99)])
    def test_what_is_not_there(self, audited: Workspace, number: int, problem: int) -> None:
        with pytest.raises(Exception, match="没有第"):
            on_problem(audited, number, problem, "确认", "")


_DECIDER = """
import sys
from pathlib import Path
from auditor.season.deciding import Decided, decide
from auditor.season.workspace import found
workspace = found(Path(sys.argv[1]), sys.argv[2])
for number in range(int(sys.argv[3])):
    word = ("确认", "驳回")[number % 2]
    decide(workspace, [Decided("k" * 16, f"{number % 5:016}", word, f"{sys.argv[2]}{number}")])
"""


def test_two_processes_decide_at_once(workspace: Workspace) -> None:
    """Nobody's word is lost, and each says what stood there before it."""
    count = 60
    both = [
        subprocess.Popen(
            [sys.executable, "-c", _DECIDER, str(workspace.folder), who, str(count)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for who in ("甲", "乙")
    ]  # fmt: skip
    assert [one.wait(300) for one in both] == [0, 0]
    told = [(entry.who, json.loads(entry.body)) for entry in entries(workspace.store)]
    assert verify(workspace.store).broken == ""
    assert sorted(body["remark"] for _, body in told) == sorted(
        f"{who}{number}" for who in ("甲", "乙") for number in range(count)
    )
    standing: dict[str, str] = {}
    for _, body in told:
        assert body["from"] == standing.get(body["finding"], "")
        standing[body["finding"]] = body["to"]
    assert {who for who, _ in told} == {"甲", "乙"}


def test_a_ledger_goes_out_and_comes_back(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "报告.txt").write_text(HEAD + BAD.read_text(encoding="utf-8"), encoding="utf-8")
    cli("season", "init", "s")
    cli("season", "add", "报告.txt", "--at", "s")
    cli("season", "run", "--at", "s", "-j", "1")
    assert cli("season", "export", "-o", "台账.xlsx", "--at", "s").status == 0
    book = openpyxl.load_workbook("台账.xlsx")
    sheet = next(one for one in book.worksheets if "处理" in [cell.value for cell in one[1]])
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("处理") + 1, "确认")
    sheet.cell(2, heads.index("处理人") + 1, "李工")
    book.save("台账.xlsx")
    answer = cli("season", "decide", "--ledger", "台账.xlsx", "--at", "s", "--who", "王科")
    assert (answer.status, "新增" in answer.err) == (0, True)
    cli("season", "export", "--trail", "-o", "留痕.jsonl", "--at", "s")
    last = json.loads(Path("留痕.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (last["who"], json.loads(last["body"])["by"]) == ("李工", "王科")
    assert "确认（李工" in cli("season", "show", "1", "--at", "s").out
    refused = cli("season", "export", "-o", "台账.xlsx", "--at", "s")
    assert "留痕完好" in cli("season", "verify", "--at", "s").out
    assert refused.status == 0, "what was taken in may be written again"


def test_the_words_are_checked(cli: Cli, tmp_path: Path) -> None:
    cli("season", "init", "s")
    assert "意见应是" in cli("season", "decide", "1", "同意", "--at", "s").err
    assert "没有第 1 号报告" in cli("season", "decide", "1", "无误", "--at", "s").err
    assert "--ledger" in cli("season", "decide", "--at", "s").err


def test_two_people_one_key(tmp_path: Path) -> None:
    made = init(tmp_path / "s", who="甲")
    one = Decided("k" * 16, "0" * 16, "确认")
    assert (decide(made, [one, one]).new, decide(made, [one]).same) == (1, 1)


def test_a_list_does_not_replace_what_is_none(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "报告.txt").write_text(HEAD + BAD.read_text(encoding="utf-8"), encoding="utf-8")
    cli("season", "init", "s")
    cli("season", "add", "报告.txt", "--at", "s")
    cli("season", "run", "--at", "s", "-j", "1")
    (tmp_path / "名册.csv").write_text("姓名,电话\n", encoding="utf-8")
    for name, more in (("名册.csv", []), ("报告.txt", ["--trail"])):
        before = (tmp_path / name).read_bytes()
        answer = cli("season", "export", *more, "-o", name, "--at", "s")
        assert (answer.status, "未覆盖" in answer.err) == (2, True)
        assert (tmp_path / name).read_bytes() == before
    for _ in range(2):
        assert cli("season", "export", "-o", "清单.csv", "--at", "s").status == 0
        assert cli("season", "export", "-o", "全部.jsonl", "--at", "s").status == 0
    assert cli("season", "export", "--trail", "-o", "全部.jsonl", "--at", "s").status == 2
    assert cli("season", "across", "--groups", "归并.csv", "--at", "s").status == 0
    grouped = (tmp_path / "归并.csv").read_text(encoding="utf-8")
    assert cli("season", "across", "--groups", "归并.csv", "--at", "s").status == 0
    (tmp_path / "归并.csv").write_text(grouped.rstrip("\n") + "改过\n", encoding="utf-8")
    answer = cli("season", "across", "--groups", "归并.csv", "--at", "s")
    assert (answer.status, "可能有人改过" in answer.err) == (2, True)
