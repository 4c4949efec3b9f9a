"""SARIF 2.1.0: what the standard demands of a log, and regions that say what the memo says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from auditor.document.open import read_bytes
from auditor.judge.askers import reviewer
from auditor.memo import WRITERS, Material, build
from auditor.pipeline import run
from auditor.rules.catalogue import catalogue
from tests.formats.form import form
from tests.formats.write import as_xlsx
from tests.samples import ROOT
from tests.test_memo import FORGERY, everything, memo_of

NATIONAL = ROOT / "examples" / "01-national.txt"
SHOWN = [NATIONAL, *sorted((ROOT / "tests" / "layouts").glob("*_broken.txt"))]


def log_of(*paths: Path, model: bool = False) -> tuple[dict[str, Any], Material]:
    outcome = run(paths, catalogue(), reviewer=reviewer("replay", None, ["L801", "L803"]) if model else None)
    material = Material(build(outcome), [audited.document for audited in outcome.documents])
    return written(material), material


def written(material: Material) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(WRITERS["sarif"](material))
    (only,) = found["runs"]
    assert isinstance(only, dict)
    return found


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.stem)
def test_is_a_log_by_the_standard(path: Path) -> None:
    log, _ = log_of(path)
    assert log["version"] == "2.1.0"
    (only,) = log["runs"]
    rules = only["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({rule["id"] for rule in rules})
    assert all(rule["help"]["text"].strip() and rule["shortDescription"]["text"] for rule in rules)
    assert only["columnKind"] == "unicodeCodePoints"
    for result in only["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert (result["kind"], result["level"]) in {
            ("fail", "error"), ("fail", "warning"), ("fail", "note"), ("pass", "none"),
        }  # fmt: skip
        assert result["message"]["text"]
        assert len(result["locations"]) == 1
        assert re.fullmatch(r"[0-9a-f]{16}", result["partialFingerprints"]["auditor/v1"])
        assert [place["id"] for place in result["relatedLocations"]] == [
            at + 1 for at in range(len(result["relatedLocations"]))
        ]
        for place in (*result["locations"], *result["relatedLocations"]):
            where = place["physicalLocation"]["artifactLocation"]
            assert only["artifacts"][where["index"]]["location"]["uri"] == where["uri"]
            assert re.fullmatch(r"[A-Za-z0-9._~%:/-]+", where["uri"])


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.stem)
def test_results_and_regions_are_those_of_the_memo(path: Path) -> None:
    log, material = log_of(path)
    results = [result for report in material.memo.documents[0].reports for result in report.results]
    lines = material.documents[0].text.split("\n")
    told = log["runs"][0]["results"]
    levels = {"inconsistent": "error", "query": "warning", "not_assessable": "note", "consistent": "none"}
    assert [one["level"] for one in told] == [levels[result.verdict] for result in results]
    for one, result in zip(told, results, strict=True):
        places = [*one["locations"], *one["relatedLocations"]]
        regions = [p["physicalLocation"]["region"] for p in places if "region" in p["physicalLocation"]]
        quoted = [*result.evidence, *(e for other in result.related for e in other.evidence)]
        assert [region["charOffset"] for region in regions] == [e.start for e in quoted]
        for region, evidence in zip(regions, quoted, strict=True):
            assert region["charLength"] == len(evidence.quote)
            assert region["startLine"] == evidence.locator.line
            first, last = lines[region["startLine"] - 1], lines[region["endLine"] - 1]
            assert first[region["startColumn"] - 1 :].startswith(evidence.quote.split("\n")[0])
            assert last[: region["endColumn"] - 1].endswith(evidence.quote.split("\n")[-1])


def test_a_file_that_is_no_text_has_places_in_words(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(as_xlsx(form(NATIONAL)))
    log, _ = log_of(path)
    (place,) = log["runs"][0]["results"][0]["locations"]
    assert "region" not in place["physicalLocation"]
    assert place["logicalLocations"][0]["fullyQualifiedName"] == "“年度资金总额”行的“执行率”"


def test_questions_of_a_model_are_named_as_such() -> None:
    log, _ = log_of(NATIONAL, model=True)
    asked = [one for one in log["runs"][0]["results"] if one["properties"]["origin"] == "model"]
    assert asked
    assert all(one["level"] == "warning" and one["message"]["text"].startswith("模型提问：") for one in asked)
    rules = {rule["id"]: rule for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert all("查什么" in rules[one["ruleId"]]["help"]["text"] for one in asked)


def test_report_text_makes_no_link_and_no_placeholder() -> None:
    text = FORGERY + "见 [这里](file:///x) 和 {0} 完\n"
    told = written(Material(memo_of(text, *everything(text)), [read_bytes(text.encode(), "甲.txt")]))
    for result in told["runs"][0]["results"]:
        assert "](" not in result["message"]["text"]
        assert not re.search(r"\{\d", result["message"]["text"])
        assert "\u202e" not in result["message"]["text"]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("甲 乙.txt", "甲 乙.txt"),
        ("a:b.txt", "a:b.txt"),
        ("下/甲#1?.txt", "下/甲#1?.txt"),
        ("-", "stdin"),
        ("/甲/乙 丙.txt", "file:///甲/乙 丙.txt"),
    ],
)
def test_paths_become_addresses(path: str, uri: str) -> None:
    memo = memo_of("甲项目绩效自评报告\n完成。\n", path=path)
    document = read_bytes("甲项目绩效自评报告\n完成。\n".encode(), path)
    (artifact,) = written(Material(memo, [document]))["runs"][0]["artifacts"]
    assert unquote(artifact["location"]["uri"]) == uri
    assert " " not in artifact["location"]["uri"]


def test_files_that_were_not_audited_are_notifications(tmp_path: Path) -> None:
    log, _ = log_of(NATIONAL, tmp_path / "没有.txt")
    (failure,) = log["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert "没有.txt" in failure["message"]["text"]
