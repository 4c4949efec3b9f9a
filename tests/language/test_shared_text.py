"""Words that two texts have in common: whole numbers or none of their digits."""

from __future__ import annotations

import pytest

from auditor.language.shared_text import shared_runs


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        ("修复渠道后改善灌溉面积1.2万亩", "修复渠道后改善灌溉面积1.26万亩", ["修复渠道后改善灌溉面积"]),
        ("新增21公里渠道已经全部修复完成", "新增121公里渠道已经全部修复完成", ["公里渠道已经全部修复完成"]),
        (
            "改善灌溉面积1.26万亩，全部通水",
            "改善灌溉面积1.26万亩，全部通水",
            ["改善灌溉面积1.26万亩，全部通水"],
        ),
        ("更换闸门34座3", "更换闸门34座35", []),
    ],
)
def test_a_number_is_shared_as_a_whole(first: str, second: str, shared: list[str]) -> None:
    found = list(shared_runs([first, second], 8))
    assert [first[run.first_at : run.first_at + run.length] for run in found] == shared
    assert [second[run.second_at : run.second_at + run.length] for run in found] == shared
