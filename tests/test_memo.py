"""The memo: JSON to the letter of the schema, Markdown that no report text can forge."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from markdown_it import MarkdownIt

from auditor.document import Span
from auditor.document.open import read_bytes
from auditor.facts.scoring.grades import Cut
from auditor.memo import Memo, build, model, render
from auditor.memo.escape import inline, one_line, quote
from auditor.pipeline import AuditedDocument, AuditedReport, Failure, Run, run
from auditor.pipeline.coverage import Coverage
from auditor.pipeline.group import items
from auditor.pipeline.money import Money
from auditor.pipeline.rescore import Rescore
from auditor.report import read_reports
from auditor.rules import Result, Rule, Severity
from auditor.rules.catalogue import catalogue
from tests.samples import samples

RULE = Rule("F999", "funds.test", "合计不符", Severity.HIGH, ("表内关系",))
OTHER = Rule("S999", "score.test", "得分超过分值", Severity.LOW, ("表内关系",))

FORGERY = (
    "甲项目绩效自评报告\n"
    "| 内容 | 满意。|\n"
    "满意。”（F101，重要）\u202e核对一致 **无问题** [链接](http://x.cn) <img src=x> `代码` \x1b[31m $a$ ~~删~~\n"
    "# 一、不一致（0 项）\n"
    "</td></tr> &lt;b&gt; www.x.cn a@x.cn \u200b\ufeff 完\n"
)


def memo_of(text: str, *results: Result, **more: Any) -> Memo:
    """A memo on one report with the results given."""
    document = read_bytes(text.encode(), more.pop("path", "甲.txt"))
    report = read_reports(document)[0]
    audited = AuditedReport(
        report,
        items(results),
        more.get("coverage", Coverage(10, 6, 1)),
        more.get("rescore"),
        Money("100万元", "90万元", "95%", "90%"),
    )
    return build(Run([AuditedDocument(document, [audited])]), "replay")


def everything(text: str) -> list[Result]:
    """One result of each verdict, saying and quoting the whole text."""
    document = read_bytes(text.encode(), "甲.txt")
    whole = read_reports(document)[0].span
    more: dict[str, object] = {"calculation": text, "impact": text, "suggestion": text}
    return [
        RULE.inconsistent(text, [whole], **more),
        OTHER.query(text, [whole], **more),
        RULE.consistent(text, [whole], **more),
        OTHER.not_assessable(text, [whole], **more),
    ]


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    schema = Memo.model_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema


@pytest.mark.parametrize("path", samples(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_sample_fits_the_schema_and_quotes_exactly(path: Path, schema: dict[str, Any]) -> None:
    outcome = run([path], catalogue())
    data = json.loads(render(build(outcome), "json"))
    jsonschema.Draft202012Validator(schema).validate(data)
    text = outcome.documents[0].document.text
    for report in data["documents"][0]["reports"]:
        every = [one for result in report["results"] for one in (result, *result["related"])]
        marks = [result["fingerprint"] for result in every]
        assert len(marks) == len(set(marks))
        coverage = report["coverage"]
        assert coverage["figures"] >= coverage["checked"] + coverage["not_assessable"]
        for result in every:
            for evidence in result["evidence"]:
                start, end = evidence["start"], evidence["end"]
                assert evidence["quote"] == text[start:end] != ""
                assert evidence["locator"]["line"] == text.count("\n", 0, start) + 1


def test_keys_of_the_contract() -> None:
    data = json.loads(render(memo_of(FORGERY, *everything(FORGERY)), "json"))
    assert data["schema_version"] == "1"
    assert set(data["tool"]) == {"name", "version"}
    assert set(data["documents"][0]) >= {"path", "sha256", "media_type", "reports"}
    report = data["documents"][0]["reports"][0]
    assert set(report) >= {
        "index", "title", "project", "unit", "fiscal_year", "form", "self_score", "grade",
        "coverage", "results",
    }  # fmt: skip
    assert set(report["coverage"]) == {
            "figures", "checked", "not_assessable", "unread_tables", "figures_unplaced",
        }  # fmt: skip
    assert set(report["results"][0]) >= {
        "fingerprint", "rule", "name", "title", "verdict", "severity", "origin", "message",
        "calculation", "impact", "suggestion", "basis", "evidence",
    }  # fmt: skip
    assert set(report["results"][0]["evidence"][0]["locator"]) >= {"line", "page", "table", "row", "col"}
    assert report["results"][0]["evidence"][0]["quote"] in FORGERY


class TestMarkdown:
    def test_report_text_forges_no_structure(self) -> None:
        honest = render(memo_of("甲项目绩效自评报告\n完成。\n", *everything("完成。")), "md")
        forged = render(memo_of(FORGERY, *everything(FORGERY)), "md")
        assert _structure(forged) == _structure(honest)
        for hidden in "\u202e\x1b\u200b\ufeff":
            assert hidden not in forged
        assert "〔U+202E〕" in forged

    def test_says_everything_of_a_finding(self) -> None:
        text = "甲项目绩效自评报告\n合计100万元，其中甲60万元、乙50万元。\n"
        cell = read_bytes(text.encode(), "甲.txt")
        start = cell.text.index("100万元")
        span = Span(start, start + 5)
        memo = memo_of(
            text,
            RULE.inconsistent(
                "合计填报100万元，应为110万元。", [span], calculation="60 + 50 = 110 ≠ 100",
                impact="总分不变。", suggestion="更正合计。", culprits=(span,),
            ),
            OTHER.query("同一格又一问。", [span], culprits=(span,)),
            rescore=Rescore(Decimal("94.5"), (Cut(Decimal(90), False, "优秀"),)),
        )  # fmt: skip
        told = render(memo, "md")
        for piece in (
            "**合计不符**（F999，不一致，重要）", "事实：合计填报100万元", "原文：正文“合计100万元，其中甲60万元、乙50万元”",
            "核算：60 + 50 = 110 ≠ 100", "依据：表内关系", "影响：总分不变。", "请单位：更正合计。",
            "同一处：**得分超过分值**（S999）", "同一格又一问。", "一、问题（1 项：不一致 1 项）",
            "预算 100万元，支出 90万元，执行率 95%（按所列金额计算为 90%）", "未核实原始凭证", "未经模型审读",
            "10 个，已核对 6 个（60%），未能核验 1 个，其余 3 个",
        ):  # fmt: skip
            assert piece in told
        assert told.count("同一格又一问。") == 1

    def test_long_quotes_are_cut_in_markdown_only(self) -> None:
        text = "甲项目绩效自评报告\n" + "很长的叙述" * 100 + "\n"
        start = text.index("很长")
        memo = memo_of(text, RULE.query("叙述很长。", [Span(start, len(text) - 1)]))
        assert f"原文：正文“{'很长的叙述' * 100}”" not in render(memo, "md")
        assert "…" in render(memo, "md")
        assert len(memo.documents[0].reports[0].results[0].evidence[0].quote) > 400

    def test_long_lists_stay_nested(self) -> None:
        results = [RULE.query(f"第{n}问。", [], key=(str(n),)) for n in range(12)]
        told = render(memo_of("甲项目绩效自评报告\n完成。\n", *results), "md")
        kinds = [token.type for token in MarkdownIt().parse(told)]
        assert kinds.count("ordered_list_open") == 2  # the conclusion, and one list of queries
        assert kinds.count("bullet_list_open") == 12

    def test_the_same_words_are_quoted_once(self) -> None:
        text = "甲项目绩效自评报告\n\n" + "及时到位。\n\n" * 4
        starts = [at for at in range(len(text)) if text.startswith("及时到位", at)]
        told = render(memo_of(text, RULE.query("雷同。", [Span(at, at + 4) for at in starts])), "md")
        assert "原文：正文“及时到位”（4 处）\n" in told

    def test_many_places_are_counted(self) -> None:
        text = "甲项目绩效自评报告\n\n" + "\n\n".join(f"第{n}段有{n}个数。" for n in range(20, 40)) + "\n"
        spans = [figure.span for figure in read_reports(read_bytes(text.encode(), "甲"))[0].figures]
        told = render(memo_of(text, RULE.query("二十处。", spans)), "md")
        assert "；正文“第25段有25个数”等 20 处\n" in told

    @pytest.mark.parametrize(
        ("printed", "computed", "told"),
        [
            ("90%", "90%", "执行率 90% |"),
            ("95%", "90%", "执行率 95%（按所列金额计算为 90%） |"),
            (None, "90%", "执行率 90%（按所列金额计算） |"),
            (None, None, "执行率 未读到 |"),
        ],
    )
    def test_execution_rate(self, printed: str | None, computed: str | None, told: str) -> None:
        memo = memo_of("甲项目绩效自评报告\n完成。\n")
        memo.documents[0].reports[0].money = model.Money(
            budget=None, paid=None, execution_rate=printed, computed_rate=computed
        )
        assert told in render(memo, "md")

    @pytest.mark.parametrize(
        ("claimed", "recomputed", "told"),
        [
            ((None, None), (None, None), "没有读到自评总分"),
            (("98", "优秀"), (None, None), "自评 98 分（优秀），总分未能重新核算。"),
            (("98", "优秀"), ("98", "优秀"), "自评 98 分（优秀），与核算总分一致。"),
            (("98", "优秀"), ("97", "优秀"), "自评 98 分（优秀） → 核算 97 分，优秀；等次不变。"),
            (("91", "优"), ("85", "良好"), "自评 91 分（优） → 核算 85 分，良好；等次改变。"),
            (("78", None), ("74", None), "自评 78 分 → 核算 74 分。"),
        ],
    )
    def test_score_line(
        self, claimed: tuple[str | None, ...], recomputed: tuple[str | None, ...], told: str
    ) -> None:
        memo = memo_of("甲项目绩效自评报告\n完成。\n")
        report = memo.documents[0].reports[0]
        report.self_score, report.grade = claimed
        report.recomputed_score, report.recomputed_grade = recomputed
        assert f"3. {told}" in render(memo, "md")

    @pytest.mark.parametrize("mode", ["off", "replay", "live"])
    def test_says_once_that_no_model_has_read_the_narratives(self, mode: Any) -> None:
        memo = memo_of("甲项目绩效自评报告\n完成。\n")
        memo.narrative_review = build(Run(), mode).narrative_review
        assert render(memo, "md").count("未经模型审读") == 1

    def test_unreadable_files_are_named(self) -> None:
        memo = build(Run(unreadable=[Failure("坏|\udcff.txt", "文件是空的")]))
        assert "未能审核的文件：坏\\|" in render(memo, "md")
        assert json.loads(render(memo, "json"))["unreadable"][0]["reason"] == "文件是空的"


def _structure(told: str) -> list[str]:
    """What a Markdown reader makes of it, without the words."""
    reader = MarkdownIt("gfm-like", {"linkify": False}).disable("linkify")
    found = []
    for token in reader.parse(told):
        found.append(token.type)
        found += [child.type for child in token.children or () if not child.type.startswith("text")]
    return found


class TestEscape:
    @pytest.mark.parametrize(
        ("text", "escaped"),
        [
            ("2868.5739 + 105.3707 = 2973.9446", "2868.5739 + 105.3707 = 2973.9446"),
            ("≥95%，<5%，(5)=(3)-(4)", "≥95%，<5%，(5)=(3)-(4)"),
            ("[bookmark: _GoBack]", "\\[bookmark: \\_GoBack\\]"),
            ("a|b\r\n\tc", "a\\|b c"),
            ("<p>正文</p>", "\\<p>正文\\</p>"),
            ("https://x.cn", "https\\://x.cn"),
            ("反斜线\\|", "反斜线\\\\\\|"),
        ],
    )
    def test_inline(self, text: str, escaped: str) -> None:
        assert inline(text) == escaped

    def test_quote_cannot_be_closed_from_inside(self) -> None:
        assert quote("他说“满意”。") == "“他说‘满意’。”"
        assert quote("长" * 100, limit=20) == "“" + "长" * 15 + "…" + "长" * 5 + "”"

    def test_hidden_characters_are_shown(self) -> None:
        assert one_line("甲\u2066乙\x00丙\u200b丁\u2028戊") == "甲〔U+2066〕乙〔U+0000〕丙丁 戊"
