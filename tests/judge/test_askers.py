"""From `--llm live` to the memo, over real HTTP on this machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cli
from tests.judge.fault import FaultServer, completion, error, sends
from tests.judge.reports import TEXT, item, written


def audited(cli: Cli, tmp_path: Path, *options: str) -> tuple[dict[str, Any], str]:
    path = tmp_path / "甲.txt"
    path.write_text(TEXT, encoding="utf-8")
    answer = cli("audit", path, "--llm", "live", "--model", "m", "--format", "json", *options)
    found: dict[str, Any] = json.loads(answer.out)
    return found, answer.err


def test_asks_records_and_never_asks_again(cli: Cli, tmp_path: Path, server: FaultServer) -> None:
    server.plan = [sends(200, completion(written(item())))]
    memo, err = audited(cli, tmp_path, "--record")
    report = memo["documents"][0]["reports"][0]
    assert (report["model"]["done"], report["model"]["passed"], report["model"]["name"]) == (
        True,
        1,
        "m-2026",
    )
    (asked,) = (one for one in report["results"] if one["origin"] == "model")
    assert asked["model"]["answer"] == report["model"]["answers"][0]
    assert report["model"]["usage"] == {"prompt_tokens": 30, "completion_tokens": 12}
    assert "发出请求 1 次" in err
    again, err = audited(cli, tmp_path, "--record")
    assert again["documents"][0]["reports"][0]["results"] == report["results"]
    assert "发出请求 0 次" in err
    assert (tmp_path / "cassettes" / "sent.jsonl").exists()


def test_an_endpoint_that_refuses_costs_no_finding(cli: Cli, tmp_path: Path, server: FaultServer) -> None:
    server.plan = [error(401)]
    memo, _ = audited(cli, tmp_path)
    off = json.loads(cli("audit", tmp_path / "甲.txt", "--llm", "off", "--format", "json").out)
    report, alone = (one["documents"][0]["reports"][0] for one in (memo, off))
    assert report["results"] == alone["results"]
    assert (report["model"]["done"], memo["narrative_review"]["done"]) == (False, False)
    assert memo["narrative_review"]["note"] == "叙述部分未经模型审读。"
    assert "401" in memo["narrative_review"]["reason"]


def test_a_marked_report_is_not_sent_to_a_cloud(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "https://cloud.example/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-not-a-key-at-all")
    path = tmp_path / "乙.txt"
    path.write_text("机密★3年\n\n" + TEXT, encoding="utf-8")
    answer = cli("audit", path, "--llm", "live", "--model", "m")
    assert "报告标有“机密”" in answer.err
    assert "未经模型审读" in answer.out.splitlines()[-1]
    assert "发出请求 0 次" in answer.err
