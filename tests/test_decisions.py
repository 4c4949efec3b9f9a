"""Decisions: kept beside the report, never overwritten, read back from a ledger filled in by hand."""

from __future__ import annotations

import json
import os
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from auditor import audit
from auditor.memo.decisions import DecisionsError, Entry, beside, identities, load, merge, save
from auditor.memo.model import Decision
from auditor.memo.wording import decided
from tests.conftest import Cli
from tests.samples import ROOT
from tests.spreadsheet import resaved

EXAMPLE = ROOT / "examples" / "01-national.txt"
MULTI = ROOT / "tests" / "layouts" / "29_multi_broken.txt"
NOW = datetime(2026, 11, 20, 10, 0)


def entry(
    decision: str = "确认", when: str = "", who: str = "李四", mark: str = "0" * 16, **more: Any
) -> Entry:
    return Entry.model_validate(
        {"decision": decision, "when": when, "who": who, "report": "a" * 16, "fingerprint": mark, **more}
    )


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_bytes(EXAMPLE.read_bytes())
    return path


@pytest.fixture
def ledger(cli: Cli, report: Path) -> Path:
    """The ledger on the report, as the program writes it."""
    assert cli("audit", report.name, "--format", "xlsx", "-o", "台账.xlsx").status == 1
    return report.with_name("台账.xlsx")


def fill(ledger: Path, *rows: dict[str, Any], sheet: str = "台账") -> None:
    """Types into the first rows of the ledger, as a person would."""
    book = openpyxl.load_workbook(ledger)
    columns = {cell.value: cell.column for cell in book[sheet][1]}
    for number, row in enumerate(rows, 2):
        for head, value in row.items():
            book[sheet].cell(number, columns[head], value)
    book.save(ledger)


def on_file(report: Path) -> dict[str, str]:
    """What the file beside the report says: rule → decision with who and when."""
    return {one.rule: decided(one) for one in load(beside(report)).values()}


class TestRoundTrip:
    def test_audit_ledger_libreoffice_decide_audit(
        self, cli: Cli, report: Path, ledger: Path, tmp_path: Path
    ) -> None:
        fill(
            ledger,
            {"处理": "确认", "处理人": "李四", "处理时间": datetime(2026, 11, 20, 9, 30)},
            {
                "处理": " 驳 回 ",
                "处理人": "张三",
                "处理时间": "2026年11月20日",
                "备注": "得分按合同计",
                "时限": "12月5日",
                "整改情况": "已改报告",
                "销号": "√",
            },
            {"处理": "同意"},
        )
        fill(ledger, {"处理": "存疑"}, sheet="叙述审查")
        again = resaved(ledger, tmp_path)
        answer = cli("decide", again, "--decisions", "意见.json")
        assert answer.status == 2  # one word was not understood; the others are taken
        assert "台账第4行：处理“同意”看不懂，请填确认、驳回或存疑" in answer.err
        assert "新增 3 条，更改 0 条，相同 0 条" in answer.out
        told = cli("audit", report, "--decisions", "意见.json").out
        assert "处理：确认（李四，2026-11-20 09:30）" in told
        assert "处理：驳回（张三，2026-11-20）：得分按合同计" in told
        assert (
            "处理意见：确认 1 项，驳回 1 项，存疑 1 项，未处理 10 项；复核得分 97.55 分，等次优秀。" in told
        )
        data = json.loads(cli("audit", report, "--decisions", "意见.json", "--format", "json").out)
        results = data["documents"][0]["reports"][0]["results"]
        assert [one["decision"] for one in results if one["number"] == 2] == [
            {
                "decision": "驳回",
                "remark": "得分按合同计",
                "who": "张三",
                "when": "2026-11-20",
                "due": "12月5日",
                "measures": "已改报告",
                "closed": "√",
                "reply": "",
            }
        ]
        cli("audit", report, "--decisions", "意见.json", "--format", "xlsx", "-o", "再.xlsx")
        grid = openpyxl.load_workbook(tmp_path / "再.xlsx")["台账"]
        heads = [cell.value for cell in grid[1]]
        assert [grid.cell(3, 1 + heads.index(head)).value for head in ("处理", "备注", "处理人", "时限", "整改情况", "销号")] == [
            "驳回", "得分按合同计", "张三", "12月5日", "已改报告", "√",
        ]  # fmt: skip
        answer = cli("decide", "再.xlsx", "--decisions", "意见.json")
        assert (answer.status, "新增 0 条，更改 0 条，相同 3 条" in answer.out) == (0, True)

    def test_kept_beside_the_report_and_found_there(self, cli: Cli, report: Path, ledger: Path) -> None:
        assert "处理：" not in cli("audit", report.name).out
        fill(ledger, {"处理": "驳回", "处理时间": date(2026, 11, 20)})
        assert cli("decide", ledger.name).status == 0
        assert on_file(report) == dict.fromkeys(("F106", "S206"), "驳回（2026-11-20）")
        before = beside(report).read_bytes()
        answer = cli("audit", report.name)
        assert answer.status == 1  # a rejected finding stays listed, and stays a finding
        assert "处理：驳回（2026-11-20）" in answer.out
        assert beside(report).read_bytes() == before

    @pytest.mark.parametrize("format", ["md", "json", "html", "sarif"])
    def test_every_format_tells_it(self, cli: Cli, report: Path, ledger: Path, format: str) -> None:
        fill(ledger, {"处理": "驳回", "处理人": "张三", "处理时间": "2026-11-20", "备注": "按合同计"})
        cli("decide", ledger.name)
        told = cli("audit", report.name, "--format", format).out
        assert all(word in told for word in ("驳回", "张三", "2026-11-20", "按合同计"))
        cli("audit", report.name, "--format", format, "--out", "备忘录")
        assert "按合同计" in (report.parent / "备忘录" / f"报告.{format}").read_text("utf-8")

    def test_a_rejected_finding_is_suppressed_in_sarif(self, cli: Cli, report: Path, ledger: Path) -> None:
        fill(ledger, {"处理": "驳回"}, {"处理": "确认"})
        cli("decide", ledger.name)
        (log,) = json.loads(cli("audit", report.name, "--format", "sarif").out)["runs"]
        assert [one["ruleId"] for one in log["results"] if one.get("suppressions")] == ["F106"]

    def test_survives_a_corrected_report(self, cli: Cli, report: Path, ledger: Path) -> None:
        fill(ledger, {"处理": "驳回", "处理时间": "2026-11-20"})
        cli("decide", ledger.name)
        report.write_text(
            "更正稿\n\n" + report.read_text("utf-8").replace("8个乡镇57个村", "9个乡镇58个村"), "utf-8"
        )
        assert "处理：驳回（2026-11-20）" in cli("audit", report.name).out


class TestLedger:
    def test_in_any_order_with_more_columns_and_rows(self, cli: Cli, report: Path, ledger: Path) -> None:
        book = openpyxl.load_workbook(ledger)
        rows = [list(row) for row in book["台账"].iter_rows(values_only=True)]
        heads = [str(head) for head in rows[0]]
        for row, word in zip(rows[1:4], ("确认", "驳回", "存疑"), strict=True):
            row[heads.index("处理")] = word
        mine: list[Any] = ["人工补充的问题", *[None] * len(heads)]
        mixed = openpyxl.Workbook()
        assert mixed.active is not None
        mixed.active.append(["绩效自评问题台账（2023年度）"])
        mixed.active.append([])
        order = ["自加列", *heads]
        listed: list[list[Any]] = [["x", *row] for row in reversed(rows[1:])]
        for line in [order, mine, *listed]:
            mixed.active.append([line[0], *reversed(line[1:])])
        mixed.save(ledger)
        answer = cli("decide", ledger.name)
        assert (answer.status, answer.err) == (0, "")
        assert {rule: word[:2] for rule, word in on_file(report).items()} == {
            "F106": "确认", "S206": "确认", "I301": "驳回", "S201": "存疑",
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("written", "read"),
        [
            (date(2026, 11, 20), "2026-11-20"),
            (datetime(2026, 11, 20, 9, 30), "2026-11-20T09:30:00"),
            ("2026-11-20", "2026-11-20"),
            ("2026/11/5", "2026-11-05"),
            ("2026.11.20", "2026-11-20"),
            ("２０２６年11月20日", "2026-11-20"),
            ("2026-11-20 9:05", "2026-11-20T09:05:00"),
            (46346, "2026-11-20"),
        ],
    )
    def test_times(self, cli: Cli, report: Path, ledger: Path, written: Any, read: str) -> None:
        fill(ledger, {"处理": "确认", "处理时间": written})
        assert cli("decide", ledger.name).status == 0
        assert [one.when for one in load(beside(report)).values()] == [read, read]

    @pytest.mark.parametrize(
        ("cells", "said"),
        [
            ({"处理": "确认", "处理时间": "昨天"}, "处理时间“昨天”看不懂"),
            ({"处理": "确认", "处理时间": "2026-13-40"}, "处理时间“2026-13-40”看不懂"),
            ({"处理": "ok"}, "处理“ok”看不懂"),
            ({"处理": "确认", "标识": 1234567890123456}, "标识缺失或已被改动"),
            ({"处理": "确认", "标识": "改过"}, "标识缺失或已被改动"),
            ({"处理": "确认", "文件": "../../没有.txt"}, "找不到报告文件“../../没有.txt”，1 条没有收下"),
        ],
    )
    def test_what_is_not_understood_is_named_and_left_out(
        self, cli: Cli, report: Path, ledger: Path, cells: dict[str, Any], said: str
    ) -> None:
        fill(ledger, cells, {"处理": "驳回", "处理时间": "2026-11-20"})
        answer = cli("decide", ledger.name)
        assert (answer.status, said in answer.err) == (2, True)
        assert on_file(report) == {"I301": "驳回（2026-11-20）"}

    @pytest.mark.parametrize("head", ["整改情况", "时限", "销号", "备注", "单位答复"])
    def test_what_is_filled_in_without_a_decision_is_kept(
        self, cli: Cli, report: Path, ledger: Path, head: str
    ) -> None:
        fill(ledger, {head: "已改报告"})
        answer = cli("decide", ledger)
        assert (answer.status, answer.err) == (0, "")
        assert "新增 1 条" in answer.out
        told = cli("audit", report).out
        assert "处理意见" not in told  # nothing is decided
        assert cli("audit", report, "-o", "再.xlsx").status == 1
        grid = openpyxl.load_workbook(report.with_name("再.xlsx"))["台账"]
        columns = {cell.value: cell.column for cell in grid[1]}
        cells = {name: grid.cell(2, columns[name]).value for name in (head, "处理", "处理时间")}
        assert cells == {head: "已改报告", "处理": None, "处理时间": None}
        fill(ledger, {head: "已改报告", "处理": "确认"})
        assert "更改 1 条" in cli("decide", ledger).out
        assert set(on_file(report)) == {"F106", "S206"}

    def test_a_blank_takes_no_decision_back(self, cli: Cli, report: Path, ledger: Path) -> None:
        fill(ledger, {"处理": "驳回", "处理人": "张三", "处理时间": "2026-11-20", "时限": "12月5日"})
        cli("decide", ledger)
        fill(ledger, {"整改情况": "已改"})
        book = openpyxl.load_workbook(ledger)
        for cell in book["台账"][2]:
            if cell.column_letter and book["台账"].cell(1, cell.column).value in (
                "处理",
                "处理人",
                "处理时间",
                "时限",
            ):
                cell.value = None
        book.save(ledger)
        assert "更改 1 条" in cli("decide", ledger).out
        one = next(one for one in load(beside(report)).values() if one.rule == "F106")
        assert (decided(one), one.due, one.measures) == ("驳回（张三，2026-11-20）", "12月5日", "已改")

    def test_copied_rows_that_disagree_are_left_out(self, cli: Cli, report: Path, ledger: Path) -> None:
        book = openpyxl.load_workbook(ledger)
        grid = book["台账"]
        heads = [cell.value for cell in grid[1]]
        for row in (2, 3):
            for column in range(1, len(heads) + 1):
                grid.cell(row, column, grid.cell(2, column).value)
        grid.cell(2, 1 + heads.index("处理"), "确认")
        grid.cell(3, 1 + heads.index("处理"), "驳回")
        book.save(ledger)
        answer = cli("decide", ledger.name)
        assert answer.status == 2
        assert "台账第2行、台账第3行：是同一条，处理却不相同" in answer.err
        assert not beside(report).exists()

    @pytest.mark.parametrize(
        ("content", "said"),
        [(b"", "不是能打开的 xlsx"), (b"PK\x03\x04junk", "不是能打开的 xlsx"), (None, "找不到这个文件")],
    )
    def test_a_file_that_is_no_workbook(
        self, cli: Cli, tmp_path: Path, content: bytes | None, said: str
    ) -> None:
        if content is not None:
            (tmp_path / "坏.xlsx").write_bytes(content)
        answer = cli("decide", "坏.xlsx")
        assert (answer.status, answer.out) == (2, "")
        assert said in answer.err
        assert len(answer.err.splitlines()) == 1

    def test_another_workbook(self, cli: Cli, tmp_path: Path) -> None:
        openpyxl.Workbook().save(tmp_path / "别的.xlsx")
        assert "不是台账" in cli("decide", "别的.xlsx").err


class TestMerge:
    @pytest.mark.parametrize(
        ("known", "incoming", "kept", "conflicts"),
        [
            (None, ("确认", "2026-11-20"), ("确认", "2026-11-20"), 0),
            (None, ("确认", ""), ("确认", "2026-11-20T10:00:00"), 0),
            (("驳回", "2026-11-19"), ("确认", "2026-11-20"), ("确认", "2026-11-20"), 1),
            (("驳回", "2026-11-21"), ("确认", "2026-11-20"), ("驳回", "2026-11-21"), 1),
            (("驳回", "2026-11-20T18:00:00"), ("确认", "2026-11-20"), ("确认", "2026-11-20"), 1),
            (("驳回", "2026-11-20"), ("驳回", "2026-11-20"), ("驳回", "2026-11-20"), 0),
            (("驳回", "2026-11-20"), ("驳回", ""), ("驳回", "2026-11-20"), 0),
            (("驳回", "2026-11-20"), ("确认", ""), ("确认", "2026-11-20T10:00:00"), 1),
        ],
    )
    def test_the_hand_wins_unless_the_file_is_later(
        self, known: tuple[str, str] | None, incoming: tuple[str, str], kept: tuple[str, str], conflicts: int
    ) -> None:
        entries = {}
        if known is not None:
            entries[entry().key] = entry(*known)
        taken = merge(entries, [("台账第2行", (entry(*incoming),))], NOW)
        (left,) = entries.values()
        assert (left.decision, left.when) == kept
        assert len(taken.conflicts) == conflicts


class TestFile:
    def test_is_written_whole_or_not_at_all(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "意见.json"
        save(path, [entry()])
        before = path.read_bytes()

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(DecisionsError, match="写不了"):
            save(path, [entry("驳回")])
        assert path.read_bytes() == before
        assert [one.name for one in tmp_path.iterdir()] == ["意见.json"]

    def test_keeps_what_a_later_version_adds(self, tmp_path: Path) -> None:
        path = tmp_path / "意见.json"
        save(path, [entry(level="处长")])
        save(path, load(path).values())
        assert json.loads(path.read_text("utf-8"))["decisions"][0]["level"] == "处长"

    @pytest.mark.parametrize(
        "content",
        ["", "[]", "{", '{"decisions": [{"decision": "同意"}]}', '{"schema_version": "2", "decisions": []}'],
    )
    def test_a_broken_one_stops_everything_and_stays_as_it_is(
        self, cli: Cli, report: Path, ledger: Path, content: str
    ) -> None:
        fill(ledger, {"处理": "确认"})
        beside(report).write_text(content, "utf-8")
        for command in (
            ("audit", report.name),
            ("decide", ledger.name),
            ("recheck", report.name, report.name),
        ):
            answer = cli(*command)
            assert (answer.status, answer.out) == (2, ""), command
            assert "不是完好的处理意见文件" in answer.err
            assert len(answer.err.splitlines()) == 1
        assert beside(report).read_text("utf-8") == content

    def test_no_memo_is_written_over_it(self, cli: Cli, report: Path) -> None:
        save(beside(report), [entry()])
        before = beside(report).read_bytes()
        assert cli("audit", report.name, "-o", beside(report).name).status == 2
        assert cli("audit", report.name, "-o", "意见.json", "--decisions", beside(report).name).status == 1
        assert beside(report).read_bytes() == before

    def test_a_report_whose_name_leaves_no_room_for_one(self, cli: Cli, tmp_path: Path) -> None:
        report = tmp_path / ("长" * 82 + ".txt")
        report.write_bytes(EXAMPLE.read_bytes())
        assert cli("audit", report.name).status == 1

    def test_one_that_is_named_must_be_there(self, cli: Cli, report: Path) -> None:
        answer = cli("audit", report.name, "--decisions", "没有.json")
        assert (answer.status, "找不到处理意见文件" in answer.err) == (2, True)


class TestIdentity:
    def test_reports_of_one_run_do_not_mix(self, tmp_path: Path) -> None:
        document = audit(MULTI).documents[0]
        marks = identities(document)
        assert len(set(marks)) == len(marks) > 1

    def test_is_that_of_the_report_not_of_the_file(self, report: Path) -> None:
        corrected = report.with_name("整改稿.txt")
        corrected.write_text(report.read_text("utf-8").replace("99.55", "98.24"), "utf-8")
        assert identities(audit(report).documents[0]) == identities(audit(corrected).documents[0])


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        (None, ""),
        (Decision(decision="确认"), "确认"),
        (
            Decision(decision="驳回", who="张三", when="2026-11-20", remark="按合同"),
            "驳回（张三，2026-11-20）：按合同",
        ),
        (Decision(decision="存疑", when="2026-11-20T09:30:15"), "存疑（2026-11-20 09:30）"),
    ],
)
def test_told(decision: Decision | None, told: str) -> None:
    assert decided(decision) == told


def test_several_at_once_lose_nothing(tmp_path: Path) -> None:
    """Eight processes, each with ten decisions of its own, on one file."""
    import subprocess
    import sys

    script = (
        "import sys\nfrom datetime import datetime\nfrom pathlib import Path\n"
        "from auditor.memo.decisions import Entry, merge_into\n"
        "for n in range(10):\n"
        "    mark = f'{int(sys.argv[2]) * 10 + n:016x}'\n"
        "    entry = Entry.model_validate({'decision': '确认', 'report': 'a' * 16, 'fingerprint': mark})\n"
        "    merge_into(Path(sys.argv[1]), [('第1行', (entry,))], datetime(2026, 11, 20))\n"
    )
    path = tmp_path / "意见.json"
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(path), str(number)], cwd=ROOT)
        for number in range(8)
    ]
    assert [one.wait(120) for one in running] == [0] * 8
    assert len(load(path)) == 80
    assert [one.name for one in tmp_path.iterdir()] == ["意见.json"]


@pytest.mark.parametrize("name", ["台账", "台账.json", "台账.xlsx.bak", "台账.XLSX"])
def test_a_ledger_is_known_whatever_it_is_called(cli: Cli, report: Path, ledger: Path, name: str) -> None:
    fill(ledger, {"整改情况": "已改"})
    renamed = ledger.rename(ledger.with_name(name))
    held = renamed.read_bytes()
    answer = cli("audit", report.name, "--format", "xlsx", "-o", name)
    assert (answer.status, renamed.read_bytes()) == (2, held)
    assert "未覆盖" in answer.err
