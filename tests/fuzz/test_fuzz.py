"""Reports that nobody would write, with a fixed seed: no reader and no rule may break."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from auditor.bench.clean import audit
from tests.fuzz.inside import Change, Read, drawn, forms, printed, zipped
from tests.fuzz.targets import TARGETS, containers

WORDS = st.sampled_from(
    [
        "项目支出绩效自评表",
        "自评报告",
        "年初预算数",
        "全年预算数",
        "全年执行数",
        "执行率",
        "分值",
        "得分",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "合计",
        "总分",
        "其中:",
        "目标",
        "完成",
        "满意度",
        "占",
        "率",
        "万元",
        "元",
        "%",
        "分",
        "≥",
        "≤",
        "、",
        "，",
        "。",
        "（",
        "）",
        "(",
        ")",
        "《",
        "》",
        "〔2023〕",
        "第",
        "一、",
        "（一）",
        "1.",
        "年",
        "月",
        "日",
        "约",
        "近",
        "余",
        "-",
        "|",
        "<p>",
        "—",
    ]
)
NUMBERS = st.one_of(
    st.integers(0, 10**9).map(str),
    st.decimals(0, 10**6, places=2).map(str),
    st.integers(0, 10**7).map("{:,}".format),
)
CELLS = st.lists(st.one_of(WORDS, NUMBERS), max_size=4).map("".join)
ROWS = st.one_of(
    st.lists(CELLS, min_size=2, max_size=9).map("\t".join),
    st.lists(CELLS, min_size=2, max_size=9).map(lambda cells: f"| {' | '.join(cells)} |"),
    st.lists(st.one_of(WORDS, NUMBERS), max_size=30).map("".join),
    st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=20),
)
REPORTS = st.lists(ROWS, min_size=1, max_size=25).map("\n".join)


@pytest.mark.parametrize("target", TARGETS)
@seed(20240601)
@settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(text=REPORTS)
def test_readers(target: object, text: str) -> None:
    assert callable(target)
    target(text)


@seed(20240601)
@settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(text=REPORTS)
def test_rules(text: str) -> None:
    audit(f"项目支出绩效自评表\n{text}\n", "例.txt")


@seed(20240601)
@settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.binary(min_size=4, max_size=60))
def test_containers(data: bytes) -> None:
    containers(data)


@pytest.mark.parametrize("number", range(len(forms())), ids=[form[0] for form in forms()])
@seed(20240601)
@settings(max_examples=12, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.binary(min_size=4, max_size=40))
def test_every_format(number: int, data: bytes) -> None:
    containers(bytes([number]) + data)


@pytest.mark.parametrize(("suffix", "form", "changed", "read"), forms(), ids=[form[0] for form in forms()])
def test_what_is_changed_is_still_of_its_format(
    suffix: str, form: bytes, changed: Change, read: Read
) -> None:
    """A change of nothing leaves a file that reads as the form does: what is fuzzed gets past the container."""
    same = changed(form, bytes(3 if changed in (zipped, printed, drawn) else 2))
    assert read(same, f"例.{suffix}")
