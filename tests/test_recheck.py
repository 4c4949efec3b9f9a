"""Two versions of a report: what became of every finding, and what changed silently."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor import audit
from auditor.api import recheck
from auditor.memo.decisions import beside, identities, save
from auditor.recheck import Recheck
from auditor.recheck.model import Pair, Point
from tests.conftest import Cli
from tests.samples import ROOT
from tests.test_decisions import entry

EXAMPLE = ROOT / "examples" / "01-national.txt"
LAYOUTS = sorted((ROOT / "tests" / "layouts").glob("*_broken.txt"))

# The corrections that the memo asks for.
RATE = ("10\t95.50%\t9.55", "10\t85.50%\t8.55")
ROW = ("≥95%\t92.08%\t10\t10\t", "≥95%\t92.08%\t10\t9.69\t雨季浊度高，部分批次不合格，已增设絮凝沉淀设施")
TOTAL = ("总分\t\t\t\t\t100\t99.55", "总分\t\t\t\t\t100\t97.24")
SHARE = ("办结率97%", "办结率95%")
COPIED = (
    "项目建成后群众喝上了放心水、稳定水，邻里因争水产生的矛盾明显减少，村民对党和政府的认同感不断增强\t5\t5",
    "水源地一级保护区内清退养殖户6户，出境断面水质由Ⅳ类改善为Ⅲ类\t5\t5",
)
VAGUE = ("可长期发挥作用。", "已设管护岗位57个，制定管护办法，落实年度管护经费86万元。")


Compare = Callable[..., Pair]


@pytest.fixture
def compare(tmp_path: Path) -> Compare:
    """Compares the example with a version of it in which each (old, new) is replaced once."""

    def call(*edits: tuple[str, str]) -> Pair:
        (pair,) = recheck(EXAMPLE, edited(tmp_path, *edits)).reports
        return pair

    return call


def edited(folder: Path, *edits: tuple[str, str]) -> Path:
    text = EXAMPLE.read_text("utf-8")
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = folder / "整改稿.txt"
    path.write_text(text, "utf-8")
    return path


def by_rule(pair: Pair) -> dict[str, str]:
    return {point.rule: point.status for point in pair.every()}


def point(pair: Pair, rule: str) -> Point:
    (found,) = [point for point in pair.every() if point.rule == rule]
    return found


def quiet(pair: Pair) -> list[tuple[str, str | None, str | None]]:
    return [(change.label, change.old, change.new) for change in pair.silent]


class TestStatus:
    def test_everything_corrected(self, compare: Compare) -> None:
        pair = compare(RATE, ROW, TOTAL, SHARE, COPIED, VAGUE)
        assert set(by_rule(pair).values()) == {"settled"}
        assert "核对一致" in point(pair, "F106").note
        assert [(one.old, one.new, one.new_place) for one in point(pair, "F106").changes] == [
            ("95.50%", "85.50%", "“年度资金总额”行的“执行率”")
        ]

    def test_nothing_changed(self) -> None:
        found = recheck(EXAMPLE, EXAMPLE)
        assert found.open
        assert set(by_rule(found.reports[0]).values()) == {"open"}
        assert not found.reports[0].silent

    @pytest.mark.parametrize(
        ("edits", "rule", "status"),
        [
            ([SHARE], "N401", "settled"),
            ([("办结率97%", "办结率96%")], "N401", "still_wrong"),
            ([("办结1,197件，办结率97%", "办结1,179件，办结率97%")], "N401", "still_wrong"),
            ([("全年受理报修1,260件", "截至年底共受理报修1,260件")], "N401", "only_conclusion"),
            (
                [TOTAL],
                "I301",
                "only_conclusion",
            ),  # the total follows the memo, the score that was wrong does not
            ([TOTAL], "F106", "only_conclusion"),
            ([TOTAL], "S210", "open"),  # blames no number that could have been left
            ([("管网工程588.35万元", "管网工程588.53万元")], "F108", "new"),
            ([("智能水表5,200只", "智能水表5,300只")], "N402", "new"),
            ([RATE], "S204", "absent"),  # what could not be checked before is no finding
            ([("填报日期：2024年3月18日", "填报日期：2024年4月2日")], "S210", "open"),
        ],
    )
    def test_of_one_finding(
        self, compare: Compare, edits: list[tuple[str, str]], rule: str, status: str
    ) -> None:
        assert by_rule(compare(*edits)).get(rule, "absent") == status

    def test_changed_but_still_wrong_is_neither_corrected_nor_new(self, compare: Compare) -> None:
        pair = compare(("办结率97%", "办结率96%"))
        assert Counter(point.rule for point in pair.every())["N401"] == 1
        found = point(pair, "N401")
        assert found.old
        assert found.new
        assert found.old.fingerprint != found.new.fingerprint

    def test_what_was_left_out_is_said(self, compare: Compare) -> None:
        line = next(line for line in EXAMPLE.read_text("utf-8").splitlines() if "办结率97%" in line)
        found = point(compare((line + "\n\n", "")), "N401")
        assert (found.status, found.note) == ("settled", "原来的文字已删去或改写，请看是否应当删改")

    @pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
    def test_clean_version_of_every_layout_settles_everything(self, path: Path) -> None:
        clean = Path(str(path).replace("_broken", "_clean"))
        found = recheck(path, clean)
        assert not found.open
        assert {point.status for pair in found.reports for point in pair.every()} == {"settled"}
        backwards = recheck(clean, path)
        assert {point.status for pair in backwards.reports for point in pair.every()} == {"new"}


class TestSilent:
    @pytest.mark.parametrize(
        ("edits", "changes"),
        [
            ([("8个乡镇57个村", "9个乡镇57个村")], [("项目涉及", "8个", "9个")]),
            ([("63.4公里\t10", "65.4公里\t10")], [("新建和改造管网长度", "63.4公里", "65.4公里")]),
            ([("现场督查36次，", "")], [("现场督查", "36次", None)]),
            ([("全年召开调度会22次，", "全年召开调度会22次、推进会5次，")], [("推进会", None, "5次")]),
            ([("91%\t10\t9", "91%\t10\t10")], []),  # a term of the sum that was questioned
            ([RATE], []),
            ([RATE, ROW, TOTAL], []),  # the total follows the corrections
            ([("填报日期：2024年3月18日", "填报日期：2024年4月2日")], []),
            ([("1,150.00\t983.25", "1150\t983.250")], []),  # the same amounts, written otherwise
            ([("18.60万人", "186000人")], []),
        ],
    )  # fmt: skip
    def test_figures(
        self,
        compare: Compare,
        edits: list[tuple[str, str]],
        changes: list[tuple[str, str | None, str | None]],
    ) -> None:
        assert quiet(compare(*edits)) == changes

    def test_moved_paragraphs_are_no_changes(self, compare: Compare) -> None:
        text = EXAMPLE.read_text("utf-8")
        moved = next(line for line in text.splitlines() if line.startswith("县政府将项目"))
        pair = compare((moved + "\n\n", ""), ("填报人：", moved + "\n\n填报人："))
        assert quiet(pair) == []


class TestReports:
    def test_several_are_matched_by_project(self) -> None:
        path = ROOT / "tests" / "layouts" / "29_multi_broken.txt"
        found = recheck(path, path)
        assert len(found.reports) > 1
        assert all(pair.old and pair.new and pair.old.index == pair.new.index for pair in found.reports)

    def test_an_archive_is_compared_with_what_it_holds(self, tmp_path: Path) -> None:
        path = tmp_path / "上报.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.write(EXAMPLE, "甲/自评.txt")
            archive.write(ROOT / "tests" / "layouts" / "01_national_broken.txt", "乙/自评.txt")
        found = recheck(path, path)
        assert (len(found.old), len(found.reports)) == (2, 2)
        assert {point.status for pair in found.reports for point in pair.every()} == {"open"}

    def test_one_that_is_gone_is_not_settled(self, tmp_path: Path) -> None:
        both = tmp_path / "两份.txt"
        other = ROOT / "tests" / "layouts" / "01_national_broken.txt"
        both.write_text(EXAMPLE.read_text("utf-8") + "\n\n" + other.read_text("utf-8"), "utf-8")
        found = recheck(both, EXAMPLE)
        (gone,) = [pair for pair in found.reports if pair.new is None]
        assert gone.old
        assert {point.status for point in gone.points} == {"not_assessable"}
        (added,) = [pair for pair in recheck(EXAMPLE, both).reports if pair.old is None]
        assert {point.status for point in added.points} == {"new"}

    @pytest.mark.parametrize(
        ("edits", "one"),
        [
            ((("农村饮水安全巩固提升项目", "体育馆维修工程"),), True),
            ((("禾川县农村供水服务中心", "禾川县水务局供水总站"),), True),
            (
                (
                    ("农村饮水安全巩固提升项目", "体育馆维修工程"),
                    ("禾川县农村供水服务中心", "青柳区文体局"),
                ),
                False,
            ),
        ],
    )
    def test_what_is_left_over_is_one_report_unless_project_and_unit_differ(
        self, tmp_path: Path, edits: tuple[tuple[str, str], ...], one: bool
    ) -> None:
        text = EXAMPLE.read_text("utf-8")
        for old, new in edits:
            text = text.replace(f"\t{old}\t", f"\t{new}\t")
        path = tmp_path / "其他名字.txt"
        path.write_text(text, "utf-8")
        pairs = recheck(EXAMPLE, path).reports
        assert [(pair.old is not None, pair.new is not None) for pair in pairs] == (
            [(True, True)] if one else [(True, False), (False, True)]
        )


class TestDecisions:
    def test_rejected_findings_are_listed_and_do_not_count(self, tmp_path: Path) -> None:
        old = tmp_path / "原稿.txt"
        old.write_bytes(EXAMPLE.read_bytes())
        new = edited(tmp_path, RATE, ROW, TOTAL, SHARE, COPIED)
        open_before = recheck(old, new)
        assert [point.rule for point in open_before.reports[0].points if point.open] == ["C703"]
        self.reject(old, "C703")
        after = recheck(old, new)
        assert not after.open
        assert point(after.reports[0], "C703").decision

    def test_a_rejection_does_not_cover_other_figures(self, tmp_path: Path) -> None:
        old = tmp_path / "原稿.txt"
        old.write_bytes(EXAMPLE.read_bytes())
        self.reject(old, "N401")
        found = point(recheck(old, edited(tmp_path, ("办结率97%", "办结率96%"))).reports[0], "N401")
        assert found.open
        assert found.note == "处理意见是对原来的数作出的"

    def reject(self, report: Path, rule: str) -> None:
        document = audit(report).documents[0]
        (mark,) = identities(document)
        (result,) = [
            result
            for result in document.reports[0].every()
            if result.rule == rule and result.verdict != "consistent"
        ]
        save(beside(report), [entry("驳回", "2026-11-20", mark=result.fingerprint, report=mark)])


class TestCommandLine:
    def test_status(self, cli: Cli, tmp_path: Path) -> None:
        good = edited(tmp_path, RATE, ROW, TOTAL, SHARE, COPIED, VAGUE)
        assert cli("recheck", EXAMPLE, good).status == 0
        assert cli("recheck", EXAMPLE, EXAMPLE).status == 1
        for arguments in ((EXAMPLE,), (EXAMPLE, "没有.txt"), (EXAMPLE, good, "--format", "xlsx")):
            answer = cli("recheck", *arguments)
            assert (answer.status, answer.out) == (2, "")

    def test_markdown_says_what_is_left_first(self, cli: Cli, tmp_path: Path) -> None:
        told = cli(
            "recheck", EXAMPLE,
            edited(tmp_path, SHARE, ("管网工程588.35万元", "管网工程588.53万元"), ("8个乡镇", "9个乡镇")),
        ).out  # fmt: skip
        assert (
            told.index("一、改出新错（1 项）")
            < told.index("二、未改（7 项）")
            < told.index("三、已改（1 项）")
        )
        assert "2. 待整改 8 项。" in told
        assert "### 四、没有要求改而改动的数字（2 处）" in told
        assert "正文“项目涉及”由 8个 改为 9个" in told
        assert "→" not in told

    def test_a_folder_is_told_report_by_report(self, cli: Cli, tmp_path: Path) -> None:
        """A table of all; chapters only for those with something to say."""
        for folder, text in (
            ("原稿", EXAMPLE.read_text("utf-8")),
            ("新稿", edited(tmp_path, SHARE).read_text("utf-8")),
        ):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "甲.txt").write_text(text, "utf-8")
            (tmp_path / folder / "乙.txt").write_bytes((ROOT / "examples" / "03-clean.txt").read_bytes())
            (tmp_path / folder / "报送函.txt").write_text(
                "禾川县水务局\n关于报送自评材料的函\n县财政局：\n现将自评材料随函报送，请予审核。\n禾川县水务局\n",
                "utf-8",
            )
        told = cli("recheck", "原稿", "新稿").out
        assert "报送自评材料的函" not in told
        assert "原稿 原稿（3 个文件），新稿 新稿（3 个文件）：2 份报告，已改 1 项，待整改 7 项。" in told
        assert (
            "| 2 | 中小学校舍安全改造项目 | 沣宁县校舍安全工程办公室 | 98.49 分 | 98.49 分 | 0 | 0 | 0 | 0 |"
            in told
        )
        assert [line for line in told.splitlines() if line.startswith("## ")] == [
            "## 1　农村饮水安全巩固提升项目"
        ]

    def test_what_cannot_be_read_is_told_and_the_rest_compared(self, cli: Cli, tmp_path: Path) -> None:
        for folder in ("原稿", "新稿"):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "甲.txt").write_bytes(EXAMPLE.read_bytes())
            (tmp_path / folder / "坏的.docx").write_bytes(b"PK\x03\x04broken")
        answer = cli("recheck", "原稿", "新稿")
        assert answer.status == 2
        assert "1 份报告，已改 0 项，待整改 8 项" in answer.out
        assert answer.out.count("坏的.docx") == 1
        assert answer.err.count("坏的.docx") == 2
        assert cli("recheck", "原稿/坏的.docx", "新稿/坏的.docx").out == ""

    def test_json(self, cli: Cli, tmp_path: Path) -> None:
        answer = cli("recheck", EXAMPLE, edited(tmp_path, SHARE), "--format", "json", "-o", "复核.json")
        assert (answer.status, answer.out) == (1, "")
        data = json.loads((tmp_path / "复核.json").read_text("utf-8"))
        assert Recheck.model_validate(data).schema_version == "1"

    def test_never_overwrites_a_version(self, cli: Cli, tmp_path: Path) -> None:
        new = edited(tmp_path, SHARE)
        before = new.read_bytes()
        assert cli("recheck", EXAMPLE, new, "-o", new).status == 2
        assert new.read_bytes() == before

    def test_report_text_forges_nothing(self, cli: Cli, tmp_path: Path) -> None:
        forged = "[点](http://x.cn) **无问题** <img src=x> ### 零\u202e"
        new = edited(tmp_path, ("8个乡镇57个村", f"{forged}9个乡镇57个村"))
        told = cli("recheck", EXAMPLE, new).out
        assert "<img" not in told.replace("\\<img", "")
        assert "\u202e" not in told
        assert "**无问题**" not in told
