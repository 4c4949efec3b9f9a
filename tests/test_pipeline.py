"""The pipeline: one cause is one item, stable fingerprints, honest coverage, nothing lost when a rule breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from auditor.document import Document, Span
from auditor.document.open import read_bytes
from auditor.facts.scoring.grades import cuts, earned, graded
from auditor.pipeline import run
from auditor.pipeline.coverage import Coverage, coverage
from auditor.pipeline.group import fingerprints, items
from auditor.pipeline.money import Money, money
from auditor.pipeline.rescore import Rescore, rescore
from auditor.report import Report, read_reports
from auditor.report.model import Band, ScoreTotal
from auditor.rules import Result, Rule, Settings, Severity, Verdict
from auditor.rules.catalogue import Entry, catalogue
from tests.samples import samples

RULE = Rule("F999", "funds.test", "试验", Severity.HIGH, ("表内关系",))
OTHER = Rule("S999", "score.test", "试验", Severity.LOW, ("表内关系",))
TEXT = "甲项目绩效自评报告\n全年预算100万元，支出90万元，执行率90%。\n2023年完成30场，满意度95%。\n"


def document(text: str = TEXT) -> Document:
    return read_bytes(text.encode(), "甲.txt")


def report(text: str = TEXT) -> Report:
    return read_reports(document(text))[0]


def span(piece: str, text: str = TEXT) -> Span:
    at = text.index(piece)
    return Span(at, at + len(piece))


def rule_module(check: Any, rule: Rule = RULE, **more: Any) -> Entry:
    module = ModuleType(f"auditor.rules.{rule.code.lower()}_test")
    module.__dict__.update(RULE=rule, check=check, **more)
    return Entry(rule, module)


class TestItems:
    def test_findings_on_one_cell_are_related(self) -> None:
        cell = span("90万元")
        first = RULE.inconsistent("甲", [cell], culprits=(cell,))
        second = OTHER.query("乙", [cell], culprits=(Span(cell.start + 1, cell.end),))
        alone = OTHER.query("丙", [span("95%")], culprits=(span("95%"),))
        found = items([alone, second, first])
        assert [item.result.message for item in found] == ["甲", "乙", "丙"]
        assert found[0].related == (found[1].fingerprint,)
        assert found[1].related == (found[0].fingerprint,)
        assert found[2].related == ()

    def test_touching_cells_and_tick_marks_are_not_related(self) -> None:
        left, right = Span(0, 3), Span(3, 5)
        found = items(
            [
                RULE.inconsistent("甲", [left], culprits=(left,)),
                RULE.inconsistent("乙", [right], culprits=(right,)),
                RULE.consistent("丙", [left], culprits=(left,)),
            ]
        )
        assert all(item.related == () for item in found)

    def test_one_result_can_join_two_causes(self) -> None:
        first, second = span("100万元"), span("90万元")
        found = items(
            [
                OTHER.query("甲", [first], culprits=(first,)),
                OTHER.query("乙", [second], culprits=(second,)),
                RULE.inconsistent("丙", [first, second], culprits=(first, second)),
            ]
        )
        assert [len(item.related) for item in found] == [2, 2, 2]

    def test_worst_first(self) -> None:
        results = [
            RULE.consistent("一致", [span("95%")]),
            RULE.not_assessable("无法核验"),
            RULE.query("存疑", [span("100万元")]),
            OTHER.inconsistent("轻", [span("100万元")]),
            RULE.inconsistent("重，后", [span("95%")]),
            RULE.inconsistent("重，先", [span("100万元")]),
        ]
        told = [item.result.message for item in items(results)]
        assert told == ["重，先", "重，后", "存疑", "轻", "无法核验", "一致"]


class TestFingerprints:
    def test_depends_on_rule_and_key_alone(self) -> None:
        key = ("合计", "100")
        here = RULE.inconsistent("第3行不符", [Span(3, 5)], key=key)
        moved = RULE.query("第9行不符", [Span(30, 50)], key=("合 计", "１００"))
        other_rule = OTHER.inconsistent("第3行不符", [Span(3, 5)], key=key)
        other_value = RULE.inconsistent("第3行不符", [Span(3, 5)], key=("合计", "101"))
        marks = [fingerprints([result])[0] for result in (here, moved, other_rule, other_value)]
        assert marks[0] == marks[1]
        assert len(set(marks)) == 3
        assert all(len(mark) == 16 and int(mark, 16) >= 0 for mark in marks)

    def test_parts_of_a_key_do_not_run_together(self) -> None:
        one, two = RULE.query("", [], key=("甲乙", "丙")), RULE.query("", [], key=("甲", "乙丙"))
        assert fingerprints([one]) != fingerprints([two])

    def test_repeats_are_told_apart_and_stay_the_same(self) -> None:
        results = [RULE.query("甲", []) for _ in range(3)]
        marks = fingerprints(results)
        assert len(set(marks)) == 3
        assert fingerprints(results[:2]) == marks[:2]


class TestCoverage:
    def test_dates_are_not_figures(self) -> None:
        assert coverage(report(), []).figures == 5

    def test_checked_and_not_assessable_are_apart(self) -> None:
        results = [
            RULE.consistent("", [span("全年预算100万元")]),
            RULE.not_assessable("", [span("全年预算100万元，支出90万元")]),
        ]
        assert coverage(report(), results) == Coverage(5, 1, 1)

    def test_quoting_words_recomputes_nothing(self) -> None:
        words = Rule("T999", "text.test", "试验", Severity.LOW, ())
        assert coverage(report(), [words.inconsistent("", [Span(0, len(TEXT))])]).checked == 0

    def test_unread_figures_are_not_assessable(self) -> None:
        read = report()
        read.unread.append((span("30场"), "看不出属于哪一行"))
        assert coverage(read, []).not_assessable == 1


class TestBrokenRule:
    def test_keeps_the_memo_and_names_the_rule(self, tmp_path: Path) -> None:
        def check(report: Report, settings: Settings) -> Iterator[Result]:
            yield RULE.consistent("先核对了一项", [])
            raise RuntimeError("坏了\n换行")

        path = tmp_path / "甲.txt"
        path.write_text(TEXT, encoding="utf-8")
        sound = rule_module(lambda report, settings: iter([OTHER.query("照常", [])]), OTHER)
        outcome = run([path, path], [rule_module(check), sound])
        assert len(outcome.breakages) == 2
        assert all("F999" in line and "内部错误" in line and "\n" not in line for line in outcome.breakages)
        for audited in outcome.documents:
            results = [item.result for item in audited.reports[0].items]
            assert {result.message for result in results} >= {"先核对了一项", "照常"}
            broken = [result for result in results if result.verdict is Verdict.NOT_ASSESSABLE]
            assert len(broken) == 1
            assert "内部错误" in broken[0].message

    def test_that_compares_reports_marks_them_all(self, tmp_path: Path) -> None:
        def check_run(reports: list[Report], settings: Settings) -> Iterator[tuple[int, Result]]:
            yield 1, RULE.query("第二份", [])
            raise ValueError

        path = tmp_path / "甲.txt"
        path.write_text(TEXT, encoding="utf-8")
        outcome = run([path, path], [rule_module(None, check_run=check_run)])
        told = [[item.result.verdict for item in d.reports[0].items] for d in outcome.documents]
        assert told == [[Verdict.NOT_ASSESSABLE], [Verdict.QUERY, Verdict.NOT_ASSESSABLE]]
        assert run([], [rule_module(None, check_run=check_run)]).breakages == []


def test_no_rule_breaks_on_any_sample() -> None:
    outcome = run(samples(), catalogue())
    assert outcome.breakages == []
    assert outcome.unreadable == []


def test_a_reader_that_breaks_loses_one_file_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(document: Document) -> list[Report]:
        if "坏" in document.text:
            raise KeyError("坏")
        return read_reports(document)

    monkeypatch.setattr("auditor.pipeline.engine.read_reports", read)
    bad, good = tmp_path / "bad.txt", tmp_path / "good.txt"
    bad.write_text("坏的报告", encoding="utf-8")
    good.write_text(TEXT, encoding="utf-8")
    outcome = run([bad, good], [])
    assert [failure.path for failure in outcome.unreadable] == [str(bad)]
    assert "内部错误" in outcome.unreadable[0].reason
    assert len(outcome.documents) == 1


class TestMoney:
    def test_budget_paid_and_printed_rate(self) -> None:
        told = money(
            report(
                "甲项目绩效自评表\n"
                "项目资金(万元) | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分\n"
                "年度资金总额 | 80.00 | 100.00 | 90.00 | 10 | 95.00% | 9\n"
            )
        )
        assert told == Money("100万元", "90万元", "95%", "90%")

    def test_rate_is_computed(self) -> None:
        told = money(report("甲项目绩效自评报告\n全年预算30万元，实际支出20万元。\n"))
        assert (told.execution_rate, told.computed_rate) == (None, "66.67%")

    def test_nothing_stated(self) -> None:
        assert money(report("甲项目绩效自评报告\n项目完成较好。\n")) == Money()


def scored(result: Result, delta: str) -> Result:
    setattr(result, "score_delta", delta)  # noqa: B010
    return result


class TestRescore:
    TEXT = "甲项目绩效自评报告\n项目已完成。\n综合评定，项目自评得分91分，等级为“优”。\n"

    def read(self) -> Report:
        read = report(self.TEXT)
        score = next(figure for figure in read.figures if figure.value == 91)
        read.totals = [ScoreTotal("自评得分", score.span, score)]
        read.scale = []
        return read

    def rescored(self, *results: Result) -> Rescore | None:
        return rescore(self.read(), items(results), Settings())

    def test_each_cause_counts_once_with_its_largest_effect(self) -> None:
        cell, other = Span(0, 3), Span(5, 8)
        found = self.rescored(
            scored(RULE.inconsistent("甲", [cell], culprits=(cell,)), "-1"),
            scored(OTHER.inconsistent("乙", [cell], culprits=(cell,)), "-1.5"),
            scored(OTHER.inconsistent("丙", [other], culprits=(other,)), "-0.5"),
        )
        assert found is not None
        assert (found.score, found.grade) == (Decimal(89), "良好")

    def test_what_is_only_asked_changes_nothing(self) -> None:
        assert self.rescored(scored(RULE.query("甲", []), "-5")) is None
        found = self.rescored(scored(RULE.consistent("甲", []), "0"))
        assert found is not None
        assert (found.score, found.grade) == (Decimal(91), "优秀")

    @pytest.mark.parametrize(
        "bands",
        [
            [],
            [("优", 90, 100), ("良", 80, 90), ("中", 60, 80), ("差", 0, 60)],
            [("优", 90, None), ("良", 80, 89), ("中", 60, 79), ("差", 0, 59)],
            [("优秀", 90, 100), ("合格", 60, 69)],
            [("良", 80, 89), ("优", 90, 100)],
        ],
        ids=["the bureau's", "touching", "a point apart", "one not read", "no lowest"],
    )
    def test_the_cuts_say_of_every_score_what_the_scale_says(
        self, bands: list[tuple[str, int, int | None]]
    ) -> None:
        read, settings = self.read(), Settings()
        view = read.figures[0].view
        read.scale = [
            Band(word, Decimal(low), None if high is None else Decimal(high), view)
            for word, low, high in bands
        ]
        told = cuts(read, settings.scale)
        for score in (Decimal(quarter) / 4 for quarter in range(405)):
            expected = graded(read, settings.scale, score)
            assert earned(score, told) == (expected.best if expected else ""), score

    def test_no_grade_out_of_80_points(self) -> None:
        read = self.read()
        weight = replace(read.figures[0], value=Decimal(80))
        read.totals.append(ScoreTotal("合计", Span(0, 2), weight=weight, table=0))
        found = rescore(read, items([scored(RULE.consistent("甲", []), "0")]), Settings())
        assert found == Rescore(Decimal(91))


def test_the_steps_of_a_run_share_its_time() -> None:
    """A report that is not read in time is refused; rules that get no more time say so by name."""
    long = document(TEXT * 4000)
    (refused,) = run([long], catalogue(), seconds=0.01).unreadable
    assert "用时过长" in refused.reason
    slow = ModuleType("slow")
    vars(slow)["check"] = _endless
    checked = run([document()], [Entry(RULE, slow)], seconds=1.0)
    assert not checked.unreadable
    assert any("F999" in line and "用时过长" in line for line in checked.breakages)


def _endless(*_: Any) -> Iterator[tuple[int, Result]]:
    while True:
        yield from ()
