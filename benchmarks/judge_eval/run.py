"""`make judge-eval`: precision and recall of the model step, question by question, and its tokens.

    python -m benchmarks.judge_eval.run                        the reference answers, written by hand
    python -m benchmarks.judge_eval.run --answers FILE.jsonl   answers of a batch run (see `--export`)
    python -m benchmarks.judge_eval.run --llm live --model M   an endpoint: OPENAI_BASE_URL, OPENAI_API_KEY
    python -m benchmarks.judge_eval.run --llm replay --model M recorded answers, nothing is sent
    python -m benchmarks.judge_eval.run --export FILE.jsonl    the questions, in the Batch format

`--json FILE` writes everything, to compare two models or two versions of the prompts.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from auditor.config import ConfigError, load
from auditor.judge.askers import ModelReviewer, NoModel, reviewer
from auditor.judge.batch import export
from auditor.judge.call import Asker, Call, Reply, Usage
from auditor.judge.cassette import Replayer
from auditor.judge.endpoint import ModelSettings
from auditor.judge.outcome import Outcome
from auditor.judge.request import Inquiry
from auditor.judge.review import inquiries
from auditor.judge.tokens import tokens
from benchmarks.judge_eval.answers import replied, store
from benchmarks.judge_eval.cases import HERE, Case, cases, objects
from benchmarks.judge_eval.manners import MANNERS
from benchmarks.judge_eval.score import Score, Scores

REFERENCE = HERE / "reference.jsonl"
CASSETTES = Path("out", "judge-eval")
"""Not among the answers that travel with the program."""
_MOST_OUT = 1500


@dataclass
class Counting:
    """An asker that also counts what each report's questions and answers hold, by one rule for all."""

    inner: Asker
    sent: dict[str, int] = field(default_factory=dict)
    received: dict[str, int] = field(default_factory=dict)

    def ask(self, call: Call) -> Reply:
        reply = self.inner.ask(call)
        self._add(self.sent, call, "".join(message["content"] for message in call.messages))
        self._add(self.received, call, reply.text)
        return reply

    def of(self, inquiry: Inquiry) -> Usage:
        """What went to and fro about one report, repairs included."""
        asked = [_question(call) for call in inquiry.calls]
        sent, received = (sum(each.get(one, 0) for one in asked) for each in (self.sent, self.received))
        return Usage(sent, received)

    @staticmethod
    def _add(counted: dict[str, int], call: Call, text: str) -> None:
        counted[_question(call)] = counted.get(_question(call), 0) + tokens(text)


def _question(call: Call) -> str:
    """The same for a question and its repair."""
    return call.messages[1]["content"]


@dataclass(frozen=True)
class Tokens:
    """One report's. `sent` and `received` are estimates; `said` is what the endpoint counted, 0 and 0
    where it did not say. The budget is that of the request."""

    report: str
    own: int
    sent: int
    received: int
    said: Usage
    done: bool
    status: str

    @property
    def within(self) -> bool:
        return self.sent <= Fraction(13, 10) * self.own + 1200 and self.received <= _MOST_OUT


@dataclass
class Evaluation:
    model: str
    sources: list[str]
    scores: Scores
    tokens: list[Tokens]

    def data(self) -> dict[str, Any]:
        scores = self.scores
        return {
            "model": self.model,
            "sources": self.sources,
            "questions": {code: score.data() for code, score in scores.by_code.items()},
            "total": scores.total.data(),
            "broken": scores.broken,
            "reasons": scores.reasons,
            "wrong": scores.mistakes,
            "missed": scores.missed,
            "reports": [asdict(one) | {"within": one.within} for one in self.tokens],
        }


def evaluate(every: Sequence[Case], asker: ModelReviewer) -> Evaluation:
    """Asks about every report and scores what is believed."""
    counting = Counting(asker.asker)
    asked = questions(every, asker.settings)
    outcomes = replace(asker, asker=counting)(
        [case.report for case in every], [case.results for case in every]
    )
    scores = Scores()
    spent = []
    for case, outcome in zip(every, outcomes, strict=True):
        scores.take(case, outcome)
        spent.append(_tokens(case, outcome, counting.of(asked[case.name])))
    sources = sorted({source for outcome in outcomes for source in outcome.sources})
    models = sorted({outcome.model for outcome in outcomes if outcome.model})
    return Evaluation("、".join(models) or asker.settings.name, sources, scores, spent)


def questions(every: Sequence[Case], settings: ModelSettings) -> dict[str, Inquiry]:
    """What is asked, by the name of the report."""
    return {case.name: inquiries([case.report], [case.results], settings)[0] for case in every}


def from_file(path: Path, every: Sequence[Case], settings: ModelSettings) -> Evaluation:
    """The same with the answers in a file. Raises what `answers.store` raises."""
    with tempfile.TemporaryDirectory() as folder:
        imported, sources = store(path, questions(every, settings), Path(folder))
        print(f"{path.name}：{imported.told}", file=sys.stderr)
        found = evaluate(every, ModelReviewer(Replayer([Path(folder)]), settings))
        return replace(found, sources=sources or found.sources)


def by_hand(every: Sequence[Case]) -> list[Case]:
    """The reports that the reference answers speak of."""
    names = {one["report"] for one in objects(REFERENCE)}
    return [case for case in every if case.name in names]


def in_manner(manner: str, every: Sequence[Case], settings: ModelSettings) -> Evaluation:
    """The labels answered in one of `MANNERS`."""
    asked = questions(every, settings)
    lines = [
        replied(asked[case.name].calls[0], MANNERS[manner](case, asked[case.name]), asked[case.name])
        for case in every
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.jsonl"
        path.write_text("\n".join(lines), encoding="utf-8")
        return from_file(path, every, settings)


def compared(found: dict[str, Evaluation]) -> str:
    """What each manner of answering keeps and loses, question by question."""
    parts = ["答法 问题 埋设 找到 丢失 | 通过 错误 | 记在已有结论下 弃用 未解析"]
    for manner, one in found.items():
        scores = one.scores
        for code, score in [*scores.by_code.items(), ("合计", scores.total)]:
            passed = score.right + score.wrong + score.tolerated
            parts.append(
                f"{manner:9} {code} {score.planted:4} {score.found:4} {score.planted - score.found:4} | "
                f"{passed:4} {score.wrong:4} | {score.attached:4} {score.dropped:4}"
            )
        parts.append(f"{manner:9} 格式读不出的条目 {scores.broken}")
    return "\n".join(parts)


def _tokens(case: Case, outcome: Outcome, counted: Usage) -> Tokens:
    own = tokens(case.report.quote(case.report.span))
    return Tokens(
        case.name, own, counted.prompt_tokens, counted.completion_tokens, outcome.usage, outcome.done,
        outcome.status,
    )  # fmt: skip


def told(found: Evaluation) -> str:
    """Tables for people."""
    scores = found.scores
    rows = [(code, score) for code, score in scores.by_code.items()] + [("合计", scores.total)]
    parts = [
        f"模型：{found.model}　来源：{'、'.join(found.sources) or '无'}\n",
        "问题 埋设 找到 查全率 | 通过 正确 错误 不计 查准率 | 正常叙述 受扰 | 弃用",
        *(_row(name, score) for name, score in rows),
        f"格式不对的条目 {scores.broken}；弃用原因："
        + ("、".join(f"{why} {count}" for why, count in sorted(scores.reasons.items())) or "无"),
        "",
        "报告 自身 输入 输出 （估算的词元；括号内为服务端计数） 限额",
        *map(_spent, found.tokens),
        _average(found.tokens),
    ]
    for title, listed in (("错误的提问", scores.mistakes), ("漏掉的问题", scores.missed)):
        if listed:
            parts += ["", f"{title} {len(listed)} 条", *(f"  {one}" for one in listed)]
    return "\n".join(parts)


def _row(name: str, score: Score) -> str:
    passed = score.right + score.wrong + score.tolerated
    return (
        f"{name:4} {score.planted:4} {score.found:4} {_percent(score.recall):>7} | "
        f"{passed:4} {score.right:4} {score.wrong:4} {score.tolerated:4} {_percent(score.precision):>7} | "
        f"{score.sound:6} {score.disturbed:4} | {score.dropped:4}"
    )


def _percent(share: Fraction | None) -> str:
    return "—" if share is None else f"{float(share):.1%}"


def _spent(one: Tokens) -> str:
    said = f"（{one.said.prompt_tokens}/{one.said.completion_tokens}）" if one.said.total else ""
    held = "在限额内" if one.within else "超出限额"
    why = "" if one.done else f"　没有审读：{one.status}"
    return f"{one.report:20} {one.own:5} {one.sent:6} {one.received:5} {said} {held}{why}"


def _average(every: Sequence[Tokens]) -> str:
    own, sent, received = (
        statistics.mean(getattr(one, name) for one in every) for name in ("own", "sent", "received")
    )
    return f"平均每份：自身 {own:.0f}，输入 {sent:.0f}，输出 {received:.0f}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="judge_eval", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--answers", type=Path, help="answers in the Batch format, or written by hand")
    how.add_argument("--llm", choices=("live", "replay"))
    how.add_argument("--export", type=Path, help="write the questions and stop")
    parser.add_argument("--model", help="name of the model; the questions are named after it")
    parser.add_argument("--config", type=Path, help="auditor.toml with a [model] table")
    parser.add_argument("--record", action="store_true", help="with --llm live: keep the answers")
    parser.add_argument("--cassettes", type=Path, default=CASSETTES, help="where (default: %(default)s)")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    chosen = _parser().parse_args(arguments)
    every = cases()
    try:
        settings = load(chosen.config).model
        settings = replace(settings, name=chosen.model or settings.name, cassettes=str(chosen.cassettes))
        if chosen.export:
            calls = [call for one in questions(every, settings).values() for call in one.calls]
            print(f"{chosen.export}：{export(calls, chosen.export, settings.structured)} 次提问")
            return 0
        if chosen.llm:
            asker = reviewer(chosen.llm, settings, record=chosen.record)
            found = evaluate(every, asker)
            print(asker.told(), file=sys.stderr)
        else:
            found = from_file(
                chosen.answers or REFERENCE, every if chosen.answers else by_hand(every), settings
            )
    except (ConfigError, NoModel, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    if not chosen.llm and not chosen.answers:
        print("以下是手写的示范回答，不是任何模型的成绩。")
    print(told(found))
    if not chosen.llm and not chosen.answers:
        print("\n标好的问题用三种写法回答（由标签生成，不是模型的成绩），看有没有因为写法丢失：")
        print(compared({manner: in_manner(manner, every, settings) for manner in MANNERS}))
    if chosen.json:
        text = json.dumps(found.data(), ensure_ascii=False, indent=1)
        chosen.json.write_text(text + "\n", encoding="utf-8")
    return 0 if all(one.done for one in found.tokens) else 1


if __name__ == "__main__":
    sys.exit(main())
