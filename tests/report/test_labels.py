"""What a label names: every example of the lexicon of columns under the role that its entry stands for."""

from __future__ import annotations

import pytest

from auditor.language.lexicon import words
from auditor.report import labels
from auditor.report.model import LineKind, Role

ROLES = [(role, text) for role, entry in labels._ROLES for text in words()[entry].yes]
COLUMNS = [(kind, text) for kind, entry in labels._COLUMNS for text in words()[entry].yes]


@pytest.mark.parametrize(("role", "text"), ROLES)
def test_role(role: Role, text: str) -> None:
    assert labels.role_of(text) is role


@pytest.mark.parametrize(("kind", "text"), COLUMNS)
def test_column(kind: str, text: str) -> None:
    assert labels.column_of(text) == kind


@pytest.mark.parametrize(
    ("label", "bare"),
    [
        ("年初预算（1）", "年初预算"),
        ("全年预算数(A)", "全年预算数"),
        ("调整后预算(3)=(1)+(2)", "调整后预算"),
        ("支出率(6)=(4)/(3)×100%", "支出率"),
        ("其中-财政拨款:", "财政拨款"),
        ("其中：中央", "中央"),
        ("指标(目标)值", "指标(目标)值"),
        ("(一)数量指标", "数量指标"),
        ("执行率(B/A)", "执行率"),
    ],
)
def test_clean(label: str, bare: str) -> None:
    assert labels.clean(label.replace("（", "(").replace("）", ")").replace("：", ":")) == bare


@pytest.mark.parametrize("text", words()["col_money_source"].yes)
def test_source(text: str) -> None:
    assert labels.line_of(text) is LineKind.SOURCE
