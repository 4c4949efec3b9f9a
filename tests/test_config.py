"""auditor.toml and [tool.auditor]: found upward, every key typed, every mistake one clear line."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import get_type_hints

import pytest

from auditor.config import _KINDS, Config, ConfigError, load
from auditor.rules.settings import Settings
from tests.conftest import Cli

REPORT = "甲项目绩效自评报告\n项目已完成。\n"


def write(folder: Path, text: str, name: str = "auditor.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_setting_has_a_type_that_can_be_read() -> None:
    kinds = get_type_hints(Settings)
    assert {kinds[field.name] for field in fields(Settings)} <= set(_KINDS)


def test_values_are_exact_decimals(tmp_path: Path) -> None:
    path = write(tmp_path, '[audit]\nlow_execution = 0.85\nscale = [90, 80.5, 70]\nselect = ["F", "S201"]\n')
    config = load(path)
    assert config.settings.low_execution == Decimal("0.85")
    assert config.settings.scale == (Decimal(90), Decimal("80.5"), Decimal(70))
    assert config.settings.high_score == Settings().high_score
    assert config.select == ("F", "S201")
    assert config.ignore == ()


def test_the_nearest_file_wins(tmp_path: Path) -> None:
    inner = tmp_path / "局" / "科"
    inner.mkdir(parents=True)
    assert load(start=inner) == Config()
    write(tmp_path, "[tool.auditor]\ncopied_chars = 30\n", "pyproject.toml")
    assert load(start=inner).settings.copied_chars == 30
    write(tmp_path, "[audit]\ncopied_chars = 20\n")
    assert load(start=inner).settings.copied_chars == 20
    write(inner, "[project]\nname = 'other'\n", "pyproject.toml")
    assert load(start=inner).settings.copied_chars == 20
    write(inner.parent, "[tool.auditor]\ncopied_chars = 10\n", "pyproject.toml")
    assert load(start=inner).settings.copied_chars == 10


def test_somebody_elses_broken_pyproject_is_none_of_our_business(tmp_path: Path) -> None:
    write(tmp_path, "[project\n", "pyproject.toml")
    assert load(start=tmp_path) == Config()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[audit]\nlow_exec = 0.8\n", "不认识“low_exec”"),
        ("low_execution = 0.8\n", "不认识“low_execution”"),
        ("[tool.auditor]\n", "不认识“tool”"),
        ("", "没有 [audit] 表"),
        ("audit = 3\n", "没有 [audit] 表"),
        ('[audit]\nlow_execution = "0.8"\n', "low_execution 应是不小于 0 的数，现为 '0.8'"),
        ("[audit]\nlow_execution = true\n", "low_execution 应是不小于 0 的数"),
        ("[audit]\nlow_execution = -0.1\n", "low_execution 应是不小于 0 的数，现为 -0.1"),
        ("[audit]\nlow_execution = nan\n", "low_execution 应是不小于 0 的数"),
        ("[audit]\ncopied_chars = 1.5\n", "copied_chars 应是不小于 0 的整数，现为 1.5"),
        ("[audit]\nscale = [90, 80]\n", "scale 应是三个从大到小的数"),
        ("[audit]\nscale = [60, 80, 90]\n", "scale 应是三个从大到小的数"),
        ('[audit]\nselect = "F"\n', "select 应是规则代码的列表"),
        ("[audit]\nselect = [1]\n", "select 应是规则代码的列表"),
        ("[audit\n", "不是正确的 TOML"),
    ],
)
def test_a_mistake_is_one_clear_line(cli: Cli, tmp_path: Path, text: str, said: str) -> None:
    report = write(tmp_path, REPORT, "甲.txt")
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert said in str(caught.value)
    answer = cli("audit", report, "--config", path)
    assert answer.status == 2
    assert answer.out == ""
    assert answer.err.count("\n") == 1
    assert said in answer.err
    assert "auditor.toml" in answer.err


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "auditor.toml"
    path.write_bytes("[audit] # 局".encode("gb18030"))
    with pytest.raises(ConfigError, match="不是正确的 TOML"):
        load(path)


def test_missing_file_and_folder(cli: Cli, tmp_path: Path) -> None:
    report = write(tmp_path, REPORT, "甲.txt")
    for path in (tmp_path / "没有.toml", tmp_path):
        answer = cli("audit", report, "--config", path)
        assert answer.status == 2
        assert "打不开" in answer.err


def test_found_from_the_current_folder_and_options_replace_it(cli: Cli, tmp_path: Path) -> None:
    report = write(tmp_path, REPORT, "甲.txt")
    write(tmp_path, '[audit]\nselect = ["Q999"]\n')
    answer = cli("audit", report)
    assert (answer.status, answer.err) == (
        2,
        "错误：没有代码以“Q999”开头的规则，用 auditor rules 查看全部规则\n",
    )
    assert cli("audit", report, "--select", "Z001").status == 0
