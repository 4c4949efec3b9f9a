"""The figures of the bench as a page, as data, and beside those of another version."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from auditor.bench.tally import NeutralScore, RuleScore, Score, Tally
from auditor.memo.escape import inline

_HEAD = "|{}|\n|{}|"


def as_json(tally: Tally) -> str:
    """The figures as data, to compare versions with."""
    return json.dumps({"schema_version": "1", **asdict(tally)}, ensure_ascii=False, indent=1) + "\n"


def as_markdown(tally: Tally) -> str:
    """The figures as tables for people."""
    lines = [
        f"auditor {tally.version}，随机种子 {tally.seed}，每份报告每种差错最多 {tally.most} 处。"
        f"底稿 {len(tally.documents)} 份，都是审核后没有问题的报告；其中数字 {tally.figures} 个，"
        f"核对过的 {tally.checked} 个（{100 * tally.checked // max(tally.figures, 1)}%）。",
        "",
        *(f"未采用：{inline(name)}。" for name in tally.left), *([""] if tally.left else []),
        "### 合计", "",
        *_table(["", "植入", "有结果", "规则正确", "查出率", "95% 区间", "多余的结果"], map(_family, tally.families)),
        "", "### 按差错种类", "",
        *_table(
            ["差错", "类别", "植入", "底稿", "有结果", "规则正确", "查出率", "95% 区间", "多余的结果"], map(_kind, tally.kinds)
        ),
        "", "### 按规则", "",
        *_table(["规则", "名称", "应报", "报了", "另外看到", "多余", "准确率"], map(_rule, tally.rules)),
        "", "### 不改变内容的改动", "",
        *_table(
            ["改动", "份数", "误报不一致", "误报存疑", "原有问题保留", "丢失", "新增"], map(_neutral, tally.neutral)
        ),
        "",
    ]  # fmt: skip
    return "\n".join(lines)


def compared(old: str, new: Tally) -> str:
    """What changed since an earlier run, given as the JSON it printed. Raises `ValueError`."""
    try:
        before = {row["code"]: row for row in json.loads(old)["kinds"]}
        lines = [_change(before.get(kind.code), kind) for kind in new.kinds]
    except (KeyError, TypeError) as error:
        raise ValueError("不是 auditor bench --format json 的输出") from error
    shown = [line for line in lines if line]
    head = ["| 差错 | 原查出率 | 现查出率 | 原多余 | 现多余 |", "|---|---|---|---|---|"]
    return "\n".join([*head, *shown, ""] if shown else ["与原结果相同。", ""])


def _change(old: dict[str, float] | None, new: Score) -> str:
    if old is None:
        return f"| {new.title} | — | {new.recall}% | — | {new.extra} |" if new.planted else ""
    if (old["recall"], old["extra"], old["planted"]) == (new.recall, new.extra, new.planted):
        return ""
    return f"| {new.title} | {old['recall']}% | {new.recall}% | {old['extra']} | {new.extra} |"


def _table(heads: list[str], rows: Iterator[list[object]]) -> Iterator[str]:
    yield _HEAD.format("|".join(f" {head} " for head in heads), "|".join("---" for _ in heads))
    for row in rows:
        yield "|" + "|".join(f" {cell} " for cell in row) + "|"


def _shares(score: Score) -> list[object]:
    if not score.planted:
        return ["—", "—"]
    return [f"{score.recall}%", f"{score.low}–{score.high}%"]


def _family(score: Score) -> list[object]:
    return [score.title, score.planted, score.found, score.right, *_shares(score), score.extra]


def _kind(score: Score) -> list[object]:
    family = "算术" if score.family == "arithmetic" else "文字"
    counts = [score.planted, score.documents, score.found, score.right]
    return [score.title, family, *counts, *_shares(score), score.extra]


def _rule(score: RuleScore) -> list[object]:
    precision = "—" if score.precision is None else f"{score.precision}%"
    return [score.code, score.title, score.due, score.spoke, score.beside, score.extra, precision]


def _neutral(score: NeutralScore) -> list[object]:
    kept = [score.kept, score.lost, score.added] if score.lossless else ["—", "—", "—"]
    return [score.title, score.documents, score.inconsistent, score.query, *kept]
