"""The command line speaks Chinese, whatever the console can show, and never shows a traceback."""

from __future__ import annotations

import re
from typing import Any

import pytest

import auditor.cli  # noqa: F401  gives the groups all their commands
from auditor.commands import judge, season
from tests.conftest import Answer, Cli, shell

COMMANDS = (
    "audit", "decide", "recheck", "read", "text", "rules", "explain", "schema", "template", "bench", "judge",
)  # fmt: skip
PAGES = ("gbk", "cp950", "cp437", "cp1252", "utf-8")
CHINESE = ("gbk", "utf-8")
"""Code pages that have these signs; on the others UTF-8 is written."""
ENGLISH = re.compile(
    r"(?i)\b(usage|options|arguments|commands|show this|error|missing|invalid|such|required|default|try|argument"
    r"|list\[|unexpected|should be)\b"
)


def decoded(page: str, *arguments: str) -> Answer:
    answer = shell(*arguments, encoding=page)
    out, err = (
        stream.decode(page if page in CHINESE else "utf-8") for stream in (answer.stdout, answer.stderr)
    )
    return Answer(answer.returncode, out, err)


@pytest.mark.parametrize("page", PAGES)
def test_help_and_errors_on_every_code_page(page: str) -> None:
    told = decoded(page, "--help")
    assert (told.status, told.err) == (0, "")
    assert "用法：auditor" in told.out
    assert "审核财政支出绩效自评报告" in told.out
    wrong = decoded(page, "audit", "--nope")
    assert (wrong.status, wrong.out) == (2, "")
    assert wrong.err.strip() == "错误：没有选项 --nope（用法见 auditor audit --help）"


def below(group: str, app: Any) -> list[str]:
    return [f"{group} {one.name or one.callback.__name__}" for one in app.registered_commands]


@pytest.mark.parametrize("command", [*COMMANDS, *below("judge", judge.app), *below("season", season.app)])
def test_help_of_every_command(cli: Cli, command: str) -> None:
    told = cli(*command.split(), "--help")
    assert told.status == 0
    assert told.out.startswith(f"用法：auditor {command}")
    assert "[[" not in told.out, "names of arguments as they are declared"
    assert not re.search(r"<(?:list|path|int|str|float)\b", told.out)
    assert not ENGLISH.findall(told.out.replace("--", "-x-").replace("auditor template", ""))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("audti",), "没有命令“audti”；要审核的文件也找不到“audti”（用法见 auditor --help）"),
        (("audit",), "缺少 FILE…（用法见 auditor audit --help）"),
        (("audit", "x", "-o"), "选项 -o 后面要写内容"),
        (("audit", "x", "--format", "pdf"), "--format 不能是“pdf”，可用的有 md, json"),
        (("audit", "x", "--max-tokens", "甲"), "--max-tokens 应是整数"),
        (("audit", "x", "--max-tokens", "-1"), "--max-tokens 应是不小于 0 的整数"),
        (("audit", "x", "-o", "x.pdf"), "不能写成 .pdf 文件，能写的有 md、json、html、sarif、xlsx、docx"),
        (("recheck", "x", "y", "-o", "x.pdf"), "不能写成 .pdf 文件，能写的有 md、json、html、docx、xlsx"),
        (("template", "-o", "x.txt"), "模板只能写成 docx 文件，现为 x.txt"),
        (("audit", "x", "--config", "x.toml"), "配置文件 x.toml 打不开（找不到这个文件）"),
        (("judge", "agree", "x.json", "y.json"), "x.json 打不开：找不到这个文件"),
        (("judge", "import", "x.jsonl"), "x.jsonl 打不开或写不了：找不到这个文件"),
        (("explain", "F101", "x"), "多出了“x”"),
        (("decide",), "缺少 LEDGER.xlsx"),
        (("judge", "nope"), "没有命令“nope”"),
        (("没有.docx",), "没有.docx：找不到这个文件"),
    ],
)
def test_wrong_calls_are_told_in_one_line(cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    answer = cli(*arguments)
    assert (answer.status, answer.out) == (2, "")
    assert said in answer.err
    assert len(answer.err.splitlines()) == 1
    assert not ENGLISH.findall(answer.err.replace("--", "-x-"))
