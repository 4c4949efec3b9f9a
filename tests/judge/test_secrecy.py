"""Markings of a document against the same words inside sentences; local against remote."""

from __future__ import annotations

import pytest

from auditor.judge.endpoint import ModelSettings, endpoint
from auditor.judge.secrecy import marking, notices, refusal, table

MARKED = [
    ("秘密", "秘密"), ("机密", "机密"), ("绝密", "绝密"), ("工作秘密", "工作秘密"), ("内部", "内部"),
    ("秘密★5年", "秘密"), ("机密 ★ 1年", "机密"), ("绝密★长期", "绝密"), ("★机密", "机密"), ("机密级★10年", "机密"),
    ("秘　密", "秘密"), ("【秘密】", "秘密"), ("（内部资料，注意保存）", "内部"), ("内部文件 不得外传", "内部"),
    ("密级：内部", "内部"), ("密级\t机密\t份号\t001", "机密"), ("保密等级：秘密", "秘密"), ("密级：工作秘密", "工作秘密"),
    ("项目支出绩效自评报告\n\n秘密★3年\n\n一、概况", "秘密"), ("[3] 秘密★3年", "秘密"), ("3｜机密", "机密"),
    ("份号 000012 机密★10年 特急", "机密"), ("# 秘密", "秘密"), ("工 作 秘 密", "工作秘密"), ("内部使用", "内部"),
]  # fmt: skip
UNMARKED = [
    "保守国家秘密，遵守工作纪律。", "内部控制制度健全", "内部审计：已开展", "完善内部管理", "密级：公开", "密级：无",
    "涉及国家秘密、商业秘密的内容除外。", "机密文件管理系统", "内部\t外部", "秘密级会议室改造项目", "加强内部监督",
    "保密审查：本报告不涉及国家秘密", "商业秘密", "机密性、完整性、可用性", "工作秘密管理办法", "内部资料室装修", "", "绩效自评报告",
]  # fmt: skip


@pytest.mark.parametrize(("text", "mark"), MARKED)
def test_markings(text: str, mark: str) -> None:
    assert marking(text) == mark


@pytest.mark.parametrize(
    ("section", "text", "mark"),
    [(name, *example) for name, entry in table().items() for example in entry["examples"]],
)
def test_examples_of_the_words(section: str, text: str, mark: str) -> None:
    if section == "named":
        assert (notices(text) or [""])[0] == mark
        assert marking(text) is None
    else:
        assert (marking(text) or "") == mark


@pytest.mark.parametrize("text", UNMARKED)
def test_words_in_prose_are_none(text: str) -> None:
    assert marking(text) is None


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:11434/v1", True), ("http://localhost:8000/v1", True), ("http://[::1]:8000/v1", True),
        ("http://10.2.3.4/v1", True), ("http://172.16.0.9:8000/v1", True), ("http://192.168.1.2/v1", True),
        ("http://gpu01.caizheng.local:8000/v1", True), ("http://GPU01.caizheng.local./v1", True),
        ("https://api.openai.com/v1", False), ("http://172.32.0.1/v1", False), ("http://8.8.8.8/v1", False),
        ("http://169.254.169.254/v1", False), ("http://0.0.0.0/v1", False), ("http://localhost.example.com/v1", False),
        ("http://10.2.3.4.example.com/v1", False), ("http://user@8.8.8.8/v1", False), ("http://10.0.0.1@8.8.8.8/v1", False),
        ("http://[::ffff:8.8.8.8]/v1", False), ("gpu01.caizheng.local", False), ("", False), ("http://[/v1", False),
    ],
)  # fmt: skip
def test_local_endpoints(monkeypatch: pytest.MonkeyPatch, url: str, local: bool) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", url)
    where = endpoint(ModelSettings(local_hosts=("gpu01.caizheng.local",)))
    assert where.local is local
    assert (refusal("秘密★5年", where) is None) is local
    assert refusal("内部控制", where) is None


def test_a_file_goes_nobody_knows_where() -> None:
    assert refusal("机密", None) == "报告标有“机密”，不发往去向不明的地方"


def test_the_environment_goes_before_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = ModelSettings(base_url="http://10.0.0.1:8000/v1/")
    assert endpoint(settings).host == "10.0.0.1:8000"
    monkeypatch.setenv("OPENAI_BASE_URL", "https://user:key@cloud.example/v1")
    assert endpoint(settings).host == "cloud.example"
    assert not endpoint(settings).local


def test_long_texts_take_linear_time() -> None:
    marking("密" * 200_000 + "\n" + "★" * 50_000 + "秘 " * 50_000)
