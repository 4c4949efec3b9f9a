"""A season from files to reports: everything that was planned is found, whatever happens to the run."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import text

from auditor.api import audit
from auditor.batch import Order
from auditor.memo.entries import entries, telling
from auditor.memo.render import WRITERS, Material
from auditor.memo.wording import total
from auditor.season.adding import add
from auditor.season.exporting import documents
from auditor.season.keeping import Result, keep
from auditor.season.overview.chapters import Changes, overview
from auditor.season.overview.counting import tally
from auditor.season.queue import Lessee, counted, fill, settled
from auditor.season.reading import StoredReports, records
from auditor.season.records import Record
from auditor.season.run import failures
from auditor.season.showing import memo
from auditor.season.store import Store
from auditor.season.trail import verify
from auditor.season.worker import Told
from auditor.season.workspace import Workspace, init
from tests.conftest import Cli
from tests.samples import ROOT
from tests.season.plan import Planned
from tests.season.whole import ORDER, found_again, started, worked


class TestPlan:
    def test_every_kind_is_there(self, plan: list[Planned]) -> None:
        assert set(Counter(one.kind for one in plan)) == {"report", "duplicate", "format", "version"}

    def test_duplicates_are_told_when_they_come_in(
        self, plan: list[Planned], files: list[str], tmp_path: Path
    ) -> None:
        made = init(tmp_path / "s")
        outcome = add(made, files)
        firsts = {one.report: one.name for one in plan if one.kind == "report"}
        assert [(Path(a).name, Path(b).name) for a, b in outcome.same] == [
            (Path(one.name).name, Path(firsts[one.report]).name) for one in plan if one.kind == "duplicate"
        ]
        assert outcome.new == sum(one.kind != "duplicate" for one in plan)
        assert add(made, files).known == len(plan)

    def test_every_report_is_the_one_that_was_planned(
        self, plan: list[Planned], reports: list[Record], folder: Path
    ) -> None:
        wanted = {
            one.name: (one.project, one.unit, one.year, one.budget) for one in plan if one.kind != "duplicate"
        }
        assert {
            str(Path(one.path).relative_to(folder)): (one.project, one.unit, one.year, one.budget)
            for one in reports
        } == wanted

    def test_versions_and_other_formats(
        self, plan: list[Planned], reports: list[Record], folder: Path
    ) -> None:
        by_name = {str(Path(one.path).relative_to(folder)): one for one in reports}
        later = {one.report for one in plan if one.kind == "version"}
        for one in plan:
            if one.kind == "duplicate":
                continue
            report = by_name[one.name]
            assert report.versions == (2 if one.report in later else 1), one.name
            assert report.version == (2 if one.kind == "version" else 1), one.name
            assert (report.same_as is not None) is (one.kind == "format"), one.name
            assert report.current is (
                one.kind == "version" or (one.kind == "report" and one.report not in later)
            )

    def test_slips_are_found_where_they_were_planted(
        self, plan: list[Planned], reports: list[Record], folder: Path
    ) -> None:
        by_name = {str(Path(one.path).relative_to(folder)): one for one in reports}
        for one in plan:
            if one.kind == "duplicate":
                continue
            proved = {each.rule for each in by_name[one.name].findings if each.verdict == "inconsistent"}
            told = {each.rule for each in by_name[one.name].findings if each.flagged}
            assert (told & set(one.slip.rules)) if one.slip else not proved, (one.name, one.slip, told)

    def test_the_memo_is_that_of_an_audit(self, whole: Workspace, reports: list[Record]) -> None:
        stored = StoredReports(whole.store)
        for one in reports[:6]:
            audited = audit(one.path).documents[0]
            for report in audited.reports:
                report.number = None  # the season gives numbers of its own
            assert stored.document(one.id)[0] == audited

    def test_every_paper_of_the_season_counts_and_numbers_alike(
        self, whole: Workspace, reports: list[Record]
    ) -> None:
        """The summary, the ledger and the memo: by the number under which a report is decided on."""
        current = [one for one in reports if one.current]
        told = memo(whole.store, [one.id for one in current])
        listed = {entry.number: entry for entry in entries(told)}
        assert set(listed) >= {one.id for one in current}
        counts = total(listed[one.id].report.counts for one in current)
        summed = tally(current)
        assert (summed.inconsistent, summed.query, summed.not_assessable) == (
            counts.inconsistent, counts.query, counts.not_assessable,
        )  # fmt: skip
        paper = overview(reports, [], Changes(), "2026-11-30")
        assert f"不一致 {counts.inconsistent} 处，存疑 {counts.query} 处" in "".join(paper.summary)
        book = openpyxl.load_workbook(BytesIO(bytes(WRITERS["xlsx"](Material(told)))))  # type: ignore[arg-type]
        numbers = [str(row[0]) for row in book["台账"].iter_rows(min_row=2, values_only=True) if row[0]]
        assert Counter(numbers) == {
            f"{entry.number}·{problem.number}": 1 for entry in telling(told) for problem in entry.problems()
        }

    def test_memory_is_not_spent_on_what_is_stored(self, whole: Workspace) -> None:
        """Large parts are compressed: a memo is 19 times its report as plain JSON."""
        with whole.store.reading() as connection:
            stored = connection.execute(text("SELECT sum(length(told)) FROM report")).scalar_one()
        plain = sum(map(len, documents(whole.store, records(whole.store))))
        assert stored * 6 < plain


class TestRun:
    def test_a_second_run_has_nothing_to_do(self, whole: Workspace) -> None:
        assert worked(whole.store) == 0

    def test_other_settings_audit_anew_and_the_old_results_stay(
        self, workspace: Workspace, files: list[str]
    ) -> None:
        add(workspace, files[:3])
        assert worked(workspace.store) == 3
        numbers = {one.path: one.id for one in records(workspace.store)}
        assert worked(workspace.store, order=Order(select=("F",))) == 3
        assert {one.path: one.id for one in records(workspace.store)} == numbers, (
            "people have written them down"
        )
        assert {each.rule[0] for one in records(workspace.store) for each in one.findings} <= {"F"}
        assert worked(workspace.store) == 3, "the settings of before: their results count again"
        assert {each.rule[0] for one in records(workspace.store) for each in one.findings} - {"F"}
        assert worked(workspace.store) == 0
        assert worked(workspace.store, fresh=True) == 3
        assert {one.path: one.id for one in records(workspace.store)} == numbers
        with workspace.store.reading() as connection:
            left = connection.execute(
                text("SELECT count(*) FROM finding WHERE report NOT IN (SELECT id FROM report)")
            )
            kept = connection.execute(text("SELECT count(*) FROM report")).scalar_one()
            assert (left.scalar_one(), kept) == (0, 2 * len(numbers))

    def test_two_runs_share_the_work(self, url: str, files: list[str], tmp_path: Path) -> None:
        made = init(tmp_path / "s", url)
        add(made, files)
        others = [started(made.folder, "-j", "1") for _ in range(2)]
        while all(other.poll() is None for other in others):
            time.sleep(0.05)
        counts = counted(made.store, 1)  # whoever ends first has waited for the other
        assert (counts.done, counts.open) == (counts.total, 0)
        assert [other.wait(300) for other in others] == [0, 0]
        with made.store.reading() as connection:
            attempts = connection.execute(text("SELECT max(attempts) FROM job")).scalar_one()
        assert attempts == 1

    def test_killed_twice_and_resumed(
        self, url: str, whole: Workspace, files: list[str], tmp_path: Path
    ) -> None:
        made = init(tmp_path / "s", url)
        add(made, files)
        settled(made.store, ORDER)
        for wanted in (3, 9):
            process = started(made.folder, "-j", "2")
            _wait_for(made.store, wanted)
            process.send_signal(signal.SIGKILL)
            process.wait(30)
        before = counted(made.store, 1)
        assert before.done >= 9
        assert started(made.folder).wait(300) == 0
        after = counted(made.store, 1)
        assert (after.done, after.open, after.failed) == (after.total, 0, 0)
        assert found_again(made.store) == found_again(whole.store)
        assert verify(made.store).broken == ""

    def test_a_lease_runs_out(self, workspace: Workspace, files: list[str]) -> None:
        add(workspace, files[:4])
        number = settled(workspace.store, ORDER)
        fill(workspace.store, number)
        silent, other = Lessee(workspace.store, number), Lessee(workspace.store, number)
        tasks = silent.lease(4)
        assert [len(tasks), other.lease(4)] == [4, []]
        with workspace.store.writing() as connection:
            connection.execute(text("UPDATE job SET until = 1"))
        again = other.lease(4)
        assert [one.job for one in again] == [one.job for one in tasks]
        late = Result(tasks[0], [Told("", "读不了")], "", 0.1)
        assert keep(silent, [late]) == 0, "what was given to another is that one's"
        assert keep(other, [late]) == 1

    def test_what_a_lost_machine_had_leased_is_waited_for(
        self, workspace: Workspace, files: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        add(workspace, files[:3])
        number = settled(workspace.store, ORDER)
        fill(workspace.store, number)
        elsewhere = Lessee(workspace.store, number)
        elsewhere.name = "another-machine/1/00"
        assert len(elsewhere.lease(2)) == 2

        def runs_out(_: float) -> None:
            with workspace.store.writing() as connection:
                connection.execute(text("UPDATE job SET until = 1"))

        monkeypatch.setattr("auditor.season.run.time.sleep", runs_out)
        assert worked(workspace.store, 1) == 3

    def test_a_file_that_kills_its_workers_is_given_up(self, workspace: Workspace, files: list[str]) -> None:
        add(workspace, files[:1])
        number = settled(workspace.store, ORDER)
        fill(workspace.store, number)
        for _ in range(5):
            assert len(Lessee(workspace.store, number).lease(1)) == 1
            with workspace.store.writing() as connection:
                connection.execute(text("UPDATE job SET until = 1"))
        assert Lessee(workspace.store, number).lease(1) == []
        assert "5 次中途退出" in failures(workspace.store)[0].reason


class TestFiles:
    def test_a_changed_file_is_told_and_becomes_a_version(
        self, cli: Cli, plan: list[Planned], tmp_path: Path
    ) -> None:
        first, second = next(
            (a, b)
            for a in plan
            for b in plan
            if (a.report, a.kind, b.kind) == (b.report, "report", "version")
        )
        file = tmp_path / first.name.rpartition("/")[2]
        file.write_bytes(first.data)
        assert cli("season", "init", "s").status == 0
        assert cli("season", "add", file, "--at", "s").status == 0
        file.write_bytes(second.data)
        answer = cli("season", "run", "--at", "s", "-j", "1")
        assert (answer.status, "收下以后文件被改动过" in answer.err) == (2, True)
        answer = cli("season", "add", file, "--at", "s")
        assert "换了新稿 1 个" in answer.err
        answer = cli("season", "run", "--at", "s", "-j", "1", "--failed")
        assert (answer.status, "共 1 个，已完成 1" in answer.err) == (0, True)
        assert len(cli("season", "show", "--at", "s").out.splitlines()) == 1

    def test_a_replaced_version_stays_as_the_older_one(
        self, cli: Cli, plan: list[Planned], tmp_path: Path
    ) -> None:
        first, second = next(
            (a, b)
            for a in plan
            for b in plan
            if (a.report, a.kind, b.kind) == (b.report, "report", "version")
        )
        file = tmp_path / first.name.rpartition("/")[2]
        cli("season", "init", "s")
        for one in (first, second):
            file.write_bytes(one.data)
            cli("season", "add", file, "--at", "s")
            assert cli("season", "run", "--at", "s", "-j", "1").status == 0
        listed = cli("season", "show", "--at", "s").out
        assert ("第 1/2 稿，已有新稿" in listed, "第 2/2 稿" in listed) == (True, True)

    def test_one_file_is_one_file_however_it_is_named(self, cli: Cli, tmp_path: Path) -> None:
        folder = tmp_path / "in"
        (folder / "sub").mkdir(parents=True)
        (folder / "a.txt").write_text("项目支出绩效自评表", encoding="utf-8")
        cli("season", "init", str(tmp_path / "s"))
        at = ("--at", str(tmp_path / "s"))
        assert "新收 1 个" in cli("season", "add", str(folder / "sub" / ".." / "a.txt"), *at).err
        assert "原已收下 1 个" in cli("season", "add", str(folder / "a.txt"), *at).err

    def test_failures_are_told_and_retried(self, cli: Cli, plan: list[Planned], tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "坏.docx").write_bytes(b"PK\x03\x04 broken")
        (tmp_path / "in" / "好.txt").write_bytes(next(one.data for one in plan if one.name.endswith(".txt")))
        cli("season", "init", "s")
        cli("season", "add", "in", "--at", "s")
        answer = cli("season", "run", "--at", "s", "-j", "1")
        assert (answer.status, "坏.docx：" in answer.err) == (2, True)
        assert "未能审核 1" in cli("season", "status", "--at", "s").out
        assert "本次审核 0 个" in cli("season", "run", "--at", "s", "-j", "1").err
        assert "本次审核 1 个" in cli("season", "run", "--at", "s", "-j", "1", "--failed").err

    def test_own_files_are_not_taken_in(self, cli: Cli) -> None:
        cli("season", "init", "s")
        assert "没有可以审核的文件" in cli("season", "add", "s", "--at", "s").err

    def test_a_member_of_an_archive_that_cannot_be_read(self, cli: Cli, tmp_path: Path) -> None:
        from tests.formats.write import as_zip

        data = as_zip(
            {"好.txt": "某县项目绩效自评报告\n项目名称：桥梁加固\n".encode(), "坏.bin": b"\0\1\2\3" * 50}
        )
        (tmp_path / "批.zip").write_bytes(data)
        cli("season", "init", "s")
        cli("season", "add", "批.zip", "--at", "s")
        answer = cli("season", "run", "--at", "s", "-j", "1")
        assert "批.zip/坏.bin" in answer.err
        assert "已完成 1" in answer.err


def test_the_summary_leads_to_the_memos(cli: Cli, tmp_path: Path) -> None:
    bad = next((ROOT / "tests" / "cases" / "F101").glob("bad_*.txt")).read_text(encoding="utf-8")
    for unit in ("云桥县市政养护所", "栖梧市文化馆"):
        file = tmp_path / f"{unit}.txt"
        file.write_text(f"项目名称：沿江步道修补\n项目单位：{unit}\n{bad}", encoding="utf-8")
        cli("season", "init", "s")
        cli("season", "add", file, "--at", "s")
    cli("season", "run", "--at", "s", "-j", "1")
    answer = cli("season", "report", "-o", "汇总.html", "--memos", "--across", "--at", "s")
    assert (answer.status, "备忘录 2 份" in answer.err) == (0, True)
    page = Path("汇总.html").read_text(encoding="utf-8")
    links = re.findall(r'href="(汇总-备忘录/[^"]+)"', page)
    assert len(set(links)) == 2
    assert all("审核备忘录" in Path(link).read_text(encoding="utf-8") for link in links)
    assert "多个单位犯同样的错" in page
    assert "--since 应是日期" in cli("season", "report", "-o", "x.html", "--since", "上周", "--at", "s").err
    assert "只能写成" in cli("season", "report", "-o", "x.pdf", "--at", "s").err


def test_a_missing_component_is_named(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['sqlalchemy'] = None; from auditor.cli import main; "
        "sys.argv = ['auditor', 'season', 'status']; main()"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert answer.returncode == 2
    assert answer.stderr == "错误：缺少组件 sqlalchemy，请先安装：pip install alembic rensa sqlalchemy\n"


def _wait_for(store: Store, count: int) -> None:
    for _ in range(6000):
        if counted(store, 1).done >= count:
            return
        time.sleep(0.05)
    raise AssertionError("the run does not get on")
