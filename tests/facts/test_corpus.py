"""Wordings and what is said of them: `corpus/*.lines`, one a line.

    R502 2022年12月31日 :: text      a flagged result of that rule whose message or calculation holds the words
    无 :: text                       none of the rules named in the file flags anything
    ! F106 …                         the verdict must be 不一致

A slash is a new paragraph. Every text stands in a short report of 2023 with nothing else in it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from auditor.api import plan
from auditor.document.open import read_bytes
from auditor.pipeline import run
from auditor.rules.base import Result, Verdict

CORPUS = Path(__file__).with_name("corpus")
FRAME = "云岭县2023年度乡村建设项目支出绩效自评报告\n一、基本情况\n"


def lines() -> list[tuple[str, str, str]]:
    found = []
    for path in sorted(CORPUS.glob("*.lines")):
        for line in path.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                want, _, text = line.partition(" :: ")
                found.append((path.stem, want, text))
    return found


@cache
def rules_of(stem: str) -> frozenset[str]:
    """The rules that a file is about."""
    return frozenset(
        want.removeprefix("! ").split()[0] for name, want, _ in lines() if name == stem and want != "无"
    )


def flagged(text: str) -> list[Result]:
    outcome = run([read_bytes((FRAME + text.replace("/", "\n") + "\n").encode(), "例.txt")], plan().rules)
    assert not outcome.breakages
    audited = [report for document in outcome.documents for report in document.reports]
    return [item.result for report in audited for item in report.items if item.result.flagged]


@pytest.mark.parametrize(("stem", "want", "text"), lines(), ids=lambda value: value[:40])
def test_says(stem: str, want: str, text: str) -> None:
    results = flagged(text)
    if want == "无":
        assert [r.message for r in results if r.rule.code in rules_of(stem)] == []
        return
    proof = want.startswith("! ")
    code, *words = want.removeprefix("! ").split()
    told = [(r.rule.code, f"{r.message} {r.calculation}", r.verdict) for r in results]
    hits = [verdict for rule, said, verdict in told if rule == code and all(word in said for word in words)]
    assert hits, told
    assert not proof or Verdict.INCONSISTENT in hits
