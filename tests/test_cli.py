"""The command line as other programs rely on it (contract.md), on any console."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.memo import Memo
from auditor.rules.catalogue import catalogue
from auditor.version import __version__
from tests.conftest import Cli, shell
from tests.samples import ROOT

BROKEN = ROOT / "examples" / "01-national.txt"
CLEAN = ROOT / "examples" / "03-clean.txt"


class TestExitStatus:
    def test_0_nothing_to_report(self, cli: Cli) -> None:
        assert cli("audit", CLEAN).status == 0

    def test_1_something_to_report(self, cli: Cli) -> None:
        assert cli("audit", BROKEN).status == 1
        assert cli("audit", CLEAN, BROKEN).status == 1

    def test_2_a_file_that_cannot_be_read_and_the_others_are_audited(self, cli: Cli) -> None:
        answer = cli("audit", "没有.txt", CLEAN, "也没有.txt", "--format", "json")
        assert answer.status == 2
        assert answer.err.splitlines() == ["没有.txt：找不到这个文件", "也没有.txt：找不到这个文件"]
        memo = json.loads(answer.out)
        assert [document["path"] for document in memo["documents"]] == [str(CLEAN)]
        assert [failure["path"] for failure in memo["unreadable"]] == ["没有.txt", "也没有.txt"]

    def test_2_nothing_could_be_audited(self, cli: Cli) -> None:
        answer = cli("audit", "没有.txt")
        assert (answer.status, answer.out) == (2, "")

    @pytest.mark.parametrize(
        "arguments",
        [
            ("audit",),
            ("audit", CLEAN, "--format", "pdf"),
            ("audit", CLEAN, "--llm", "maybe"),
            ("audit", CLEAN, "--nonsense"),
            ("audit", CLEAN, "--select", "Q1"),
            ("audit", CLEAN, "--ignore", "F,Q1"),
            ("explain", "Q1"),
            ("text", "没有.txt"),
            ("nonsense",),
        ],
    )
    def test_2_bad_usage(self, cli: Cli, arguments: tuple[str | Path, ...]) -> None:
        answer = cli(*arguments)
        assert answer.status == 2
        assert answer.out == ""
        assert answer.err


class TestSelection:
    def test_codes_and_prefixes(self, cli: Cli) -> None:
        def codes(*arguments: str) -> set[str]:
            memo = json.loads(cli("audit", BROKEN, "--format", "json", *arguments).out)
            results = memo["documents"][0]["reports"][0]["results"]
            return {one["rule"] for result in results for one in (result, *result["related"])}

        everything = codes()
        assert codes("--select", "S, f102") == {one for one in everything if one[0] == "S" or one == "F102"}
        assert codes("--select", "S", "--ignore", "S201") == {
            one for one in everything if one[0] == "S" and one != "S201"
        }

    def test_unknown_code_is_named(self, cli: Cli) -> None:
        assert "“Q1”" in cli("audit", CLEAN, "--select", "F,Q1").err


class TestStandardInput:
    def test_is_read_for_a_dash(self, cli: Cli) -> None:
        answer = cli("audit", "-", "--format", "json", stdin=BROKEN.read_bytes())
        assert answer.status == 1
        from_file = json.loads(cli("audit", BROKEN, "--format", "json").out)
        piped = json.loads(answer.out)
        assert piped["documents"][0]["path"] == "-"
        assert piped["documents"][0]["reports"] == from_file["documents"][0]["reports"]

    def test_empty(self, cli: Cli) -> None:
        answer = cli("audit", "-", stdin=b"")
        assert (answer.status, answer.err) == (2, "-：文件是空的\n")


class TestOutputFile:
    def test_one_memo_for_several_files(self, cli: Cli, tmp_path: Path) -> None:
        answer = cli("audit", CLEAN, BROKEN, "-o", "备忘录.json", "--format", "json")
        assert (answer.status, answer.out) == (1, "")
        assert answer.err.startswith("已写出 备忘录.json：审核 2 个文件、2 份报告，一致 ")
        data = (tmp_path / "备忘录.json").read_bytes()
        assert b"\r" not in data
        assert len(json.loads(data.decode("utf-8"))["documents"]) == 2

    @pytest.mark.parametrize(("path", "said"), [("没有/备忘录.md", "上级文件夹不存在"), (".", "这是文件夹")])
    def test_that_cannot_be_written(self, cli: Cli, path: str, said: str) -> None:
        answer = cli("audit", CLEAN, "-o", path)
        assert (answer.status, answer.out) == (2, "")
        assert answer.err == f"错误：写不了 {path}：{said}\n"

    def test_never_overwrites_the_report(self, cli: Cli, tmp_path: Path) -> None:
        report = tmp_path / "甲.txt"
        report.write_bytes(CLEAN.read_bytes())
        answer = cli("audit", report, "-o", "甲.txt")
        assert answer.status == 2
        assert "原件" in answer.err
        assert report.read_bytes() == CLEAN.read_bytes()


class TestNarrativeReview:
    def test_replays_the_answers_that_came_with_the_program(self, cli: Cli) -> None:
        answer = cli("audit", BROKEN)
        assert "### 二、叙述审读（模型提问 5 项）" in answer.out
        assert "模型回答9条，核对通过5条，弃用3条，并入已有结论 1 条" in answer.out
        assert answer.err == ""

    def test_says_in_one_line_that_it_was_not_done(self, cli: Cli, tmp_path: Path) -> None:
        report = tmp_path / "甲.txt"
        report.write_text("甲项目绩效自评报告\n项目已完成。\n", encoding="utf-8")
        for arguments in ((), ("--llm", "off"), ("--select", "F")):
            answer = cli("audit", report, *arguments)
            assert answer.out.splitlines()[-1].count("叙述部分未经模型审读") == 1
            assert "、叙述审读" not in answer.out
            assert answer.err == ""

    def test_live_wants_the_name_of_a_model(self, cli: Cli) -> None:
        answer = cli("audit", CLEAN, "--llm", "live")
        assert (answer.status, answer.out) == (2, "")
        assert "--model" in answer.err

    @pytest.mark.parametrize("arguments", [(BROKEN,), (CLEAN,), (BROKEN, CLEAN)])
    def test_changes_nothing_of_the_rest(self, cli: Cli, arguments: tuple[Path, ...]) -> None:
        told = {}
        for mode in ("off", "replay"):
            memo = json.loads(cli("audit", *arguments, "--llm", mode, "--format", "json").out)
            for document in memo["documents"]:
                for report in document["reports"]:
                    assert (report.pop("model") is None) == (mode == "off")
                    report["counts"]["model"] = 0
                    report["results"] = [one for one in report["results"] if one["origin"] != "model"]
            del memo["narrative_review"]
            told[mode] = json.dumps(memo)
        assert told["off"] == told["replay"]

    def test_off_loads_no_model_client(self) -> None:
        code = (
            "import sys; from auditor.api import audit; "
            f"audit({str(CLEAN)!r}); "
            "print([name for name in sys.modules if name in ('openai', 'tenacity', 'auditor.judge.answer')])"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "[]"


class TestOtherCommands:
    def test_rules(self, cli: Cli) -> None:
        lines = cli("rules").out.splitlines()
        assert [line.split()[:2] for line in lines] == [[e.rule.code, e.rule.name] for e in catalogue()]

    @pytest.mark.parametrize("name", ["F102", "f102", "funds.line-over-budget"])
    def test_explain(self, cli: Cli, name: str) -> None:
        told = cli("explain", name).out
        assert told.startswith("F102 明细超本行预算")
        assert "查什么" in told

    def test_explain_a_question_to_the_model(self, cli: Cli) -> None:
        told = cli("explain", "l804").out
        assert told.startswith("L804 前后说法矛盾 (narrative.contradiction)")
        assert "→ 存疑" in told

    def test_schema(self, cli: Cli) -> None:
        assert json.loads(cli("schema").out) == Memo.model_json_schema()

    def test_version(self, cli: Cli) -> None:
        assert cli("--version").out == f"auditor {__version__}\n"

    def test_text_prints_what_offsets_count(self, tmp_path: Path) -> None:
        text = "甲项目\r\n绩效自评报告\n\n完成100%，无尾行"
        for data in (text.encode("utf-8-sig"), text.encode("gb18030"), text.encode("utf-16")):
            path = tmp_path / "甲.txt"
            path.write_bytes(data)
            answer = shell("text", path)
            assert (answer.returncode, answer.stdout.decode("utf-8")) == (0, text)


class TestConsoles:
    def test_gbk_markdown(self, tmp_path: Path) -> None:
        path = tmp_path / "罕见字𠮷.txt"
        path.write_text("𠮷县☑项目绩效自评报告\n项目自评得分91分。\n", encoding="utf-8")
        answer = shell("audit", path, encoding="gbk")
        assert answer.returncode in (0, 1)
        assert answer.stderr == b""
        assert "?县√项目" in answer.stdout.decode("gbk")

    def test_gbk_json_loses_nothing(self, tmp_path: Path) -> None:
        path = tmp_path / "罕见字𠮷.txt"
        path.write_text("𠮷县☑项目绩效自评报告\n项目自评得分91分。\n", encoding="utf-8")
        answer = shell("audit", path, "--format", "json", encoding="gbk")
        memo = json.loads(answer.stdout.decode("gbk"))
        assert memo["documents"][0]["path"] == str(path)
        assert "𠮷县☑" in memo["documents"][0]["reports"][0]["title"]

    def test_gbk_text_keeps_offsets(self, tmp_path: Path) -> None:
        path = tmp_path / "甲.txt"
        path.write_text("𠮷县☑完成−1\n", encoding="utf-8")
        assert shell("text", path, encoding="gbk").stdout.decode("gbk") == "?县√完成-1\n"

    @pytest.mark.parametrize("command", [("rules",), ("schema",), ("explain", "F102"), ("--help",)])
    def test_gbk_other_commands(self, command: tuple[str, ...]) -> None:
        answer = shell(*command, encoding="gbk")
        assert (answer.returncode, answer.stderr) == (0, b"")

    def test_gbk_errors(self) -> None:
        answer = shell("audit", "没有𠮷.txt", encoding="gbk")
        assert answer.returncode == 2
        assert answer.stderr.decode("gbk").strip() == "没有?.txt：找不到这个文件"

    @pytest.mark.skipif(sys.platform == "win32", reason="file names are text there")
    def test_file_name_that_is_no_text(self, tmp_path: Path) -> None:
        path = os.fsencode(tmp_path) + b"/\xff.txt"
        Path(os.fsdecode(path)).write_bytes(CLEAN.read_bytes())
        answer = shell("audit", os.fsdecode(path), "--format", "json")
        assert (answer.returncode, answer.stderr) == (0, b"")
        assert json.loads(answer.stdout)["documents"][0]["path"].endswith("\\udcff.txt")

    @pytest.mark.parametrize("command", [("audit", str(BROKEN)), ("text", str(BROKEN)), ("schema",)])
    def test_closed_pipe(self, command: tuple[str, ...]) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "auditor.cli", *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) in (0, 1)
        process.stderr.close()


class TestStartUp:
    """A bare typer program is the measure: nothing of the audit is loaded before it is needed."""

    def loaded(self, program: str) -> set[str]:
        program += "\nimport sys; print(*sorted(sys.modules), file=sys.stderr)"
        answer = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
        return set(answer.stderr.decode().split())

    def test_an_audit_of_a_text_loads_no_other_reader_no_model_and_no_dictionary(
        self, tmp_path: Path
    ) -> None:
        report = tmp_path / "report.txt"
        report.write_text(
            "道路养护项目绩效自评报告\n全年预算数100万元，全年执行数95万元，执行率95%。\n", "utf-8"
        )
        program = (
            f"import os, sys; sys.stdout = open(os.devnull, 'w')\n"
            f"from auditor.cli import app\ntry: app(['audit', {str(report)!r}])\nexcept SystemExit: pass"
        )
        heavy = {"rjieba", "stdnum", "openai", "httpx", "docx", "openpyxl", "pdfplumber", "matplotlib"}
        loaded = self.loaded(program)
        assert "auditor.pipeline.engine" in loaded
        assert not heavy & loaded

    def test_version_loads_nothing_of_the_audit(self) -> None:
        run = "\ntry: app(['--version'])\nexcept SystemExit: pass"
        bare = self.loaded(
            "import typer\nfrom enum import StrEnum\nfrom pathlib import Path\nfrom typing import Annotated\n"
            "app = typer.Typer(add_completion=False, rich_markup_mode=None)\n"
            "@app.callback(invoke_without_command=True)\n"
            "def main(version: Annotated[bool, typer.Option('--version')] = False): print(1)" + run
        )
        ours = self.loaded("from auditor.cli import app" + run)
        assert {name for name in ours - bare if "." not in name} <= {"auditor"}
        loaded = {name for name in ours if name.startswith("auditor")}
        assert {name for name in loaded if not name.startswith("auditor.commands")} <= {
            "auditor", "auditor.cli", "auditor.version",
        }  # fmt: skip

    def test_importing_the_package_loads_no_pydantic(self) -> None:
        assert not {"pydantic", "typer", "openai"} & self.loaded("import auditor")

    def test_an_audit_loads_no_model_client(self) -> None:
        loaded = self.loaded(f"from auditor import audit; audit({str(CLEAN)!r})")
        assert "openai" not in loaded


def test_streams_without_an_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    from auditor import console

    stream = io.StringIO()
    monkeypatch.setattr("sys.stdout", stream)
    console.write("核对☑\n")
    assert stream.getvalue() == "核对☑\n"
