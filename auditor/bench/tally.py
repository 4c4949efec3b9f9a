"""What the trials add up to: recall and precision, by kind of slip, by family and by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from random import Random

from auditor.bench.clean import Base
from auditor.bench.measure import NeutralTrial, Trial
from auditor.bench.slip import Family, Kind
from auditor.rules.catalogue import catalogue
from auditor.values import frozen
from auditor.version import __version__

_RESAMPLES = 1000


@frozen
class Score:
    """Slips of one kind or family. Shares are in per cent, with the bounds of a 95 % bootstrap
    interval; whole reports are drawn, because the slips of one report are alike.

    found  something was said of the changed place · right  by the right rule, with the right verdict
    extra  findings that speak of neither · documents  reports that had room for such a slip
    """

    code: str
    title: str
    family: str
    planted: int
    documents: int
    found: int
    right: int
    extra: int
    recall: float
    low: float
    high: float


@frozen
class RuleScore:
    """One rule over all slips. `due` are those in which it was one of the right rules, `spoke` those of
    them in which it did, `beside` findings of other slips that it saw, `extra` findings of none."""

    code: str
    title: str
    due: int
    spoke: int
    beside: int
    extra: int
    precision: float | None


@frozen
class NeutralScore:
    """One neutral change. `inconsistent` and `query` are false alarms in clean reports; of `kept` +
    `lost` findings in broken ones, `lost` are gone and `added` are new. They have to stay only where
    the change is `lossless`."""

    code: str
    title: str
    lossless: bool
    documents: int
    inconsistent: int
    query: int
    kept: int
    lost: int
    added: int


@frozen
class Tally:
    """Everything one run of the bench measured."""

    version: str
    seed: int
    most: int
    documents: list[str]
    left: list[str]
    figures: int
    checked: int
    families: list[Score]
    kinds: list[Score]
    rules: list[RuleScore]
    neutral: list[NeutralScore]
    misses: list[str]


def tally(
    bases: Sequence[Base],
    left: Sequence[str],
    kinds: Iterable[Kind],
    trials: Sequence[Trial],
    neutral: Sequence[NeutralTrial],
    seed: int,
    most: int,
) -> Tally:
    """The figures of one run."""
    kinds = list(kinds)
    of = {kind.code: [trial for trial in trials if trial.kind == kind.code] for kind in kinds}
    families = [
        _score(family.value, _FAMILIES[family], family, [trial for k in kinds if k.family is family for trial in of[k.code]], seed)
        for family in Family
    ]  # fmt: skip
    return Tally(
        __version__, seed, most, [base.name for base in bases], list(left),
        sum(base.figures for base in bases), sum(base.checked for base in bases),
        families, [_score(kind.code, kind.title, kind.family, of[kind.code], seed) for kind in kinds],
        _rules(trials), _neutral(neutral),
        [f"{trial.kind} {trial.base}: {trial.change}" for trial in trials if not trial.right],
    )  # fmt: skip


_FAMILIES = {Family.ARITHMETIC: "算术差错", Family.WORDS: "文字差错"}


def _score(code: str, title: str, family: Family, trials: Sequence[Trial], seed: int) -> Score:
    right = sum(bool(trial.right) for trial in trials)
    low, high = _interval(trials, lambda trial: bool(trial.right), seed)
    return Score(
        code, title, family.value, len(trials), len({trial.base for trial in trials}),
        sum(trial.found for trial in trials), right, sum(len(trial.extra) for trial in trials),
        _percent(right, len(trials)), low, high,
    )  # fmt: skip


def _interval(trials: Sequence[Trial], hit: Callable[[Trial], bool], seed: int) -> tuple[float, float]:
    """Bounds of the 95 % bootstrap interval of the share of hits, in per cent."""
    reports: dict[str, list[int]] = {}
    for trial in trials:
        counted = reports.setdefault(trial.base, [0, 0])
        counted[0] += hit(trial)
        counted[1] += 1
    if not reports:
        return 0.0, 0.0
    draw = Random(seed)
    groups = list(reports.values())
    shares = []
    for _ in range(_RESAMPLES):
        drawn = draw.choices(groups, k=len(groups))
        shares.append(_percent(sum(hits for hits, _ in drawn), sum(total for _, total in drawn)))
    shares.sort()
    return shares[_RESAMPLES * 25 // 1000], shares[_RESAMPLES * 975 // 1000 - 1]


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _rules(trials: Sequence[Trial]) -> list[RuleScore]:
    due: Counter[str] = Counter()
    spoke: Counter[str] = Counter()
    beside: Counter[str] = Counter()
    extra: Counter[str] = Counter()
    for trial in trials:
        due.update(set(trial.rules))
        spoke.update(set(trial.right))
        beside.update(trial.beside)
        extra.update(trial.extra)
    scores = []
    for rule in (entry.rule for entry in catalogue()):
        said = spoke[rule.code] + beside[rule.code] + extra[rule.code]
        if said or due[rule.code]:
            precision = _percent(said - extra[rule.code], said) if said else None
            scores.append(
                RuleScore(
                    rule.code, rule.title, due[rule.code], spoke[rule.code], beside[rule.code],
                    extra[rule.code], precision,
                )
            )  # fmt: skip
    return scores


def _neutral(trials: Sequence[NeutralTrial]) -> list[NeutralScore]:
    codes = dict.fromkeys((trial.code, trial.title, trial.lossless) for trial in trials)
    scores = []
    for code, title, lossless in codes:
        own = [trial for trial in trials if trial.code == code]
        scores.append(
            NeutralScore(
                code, title, lossless, len(own),
                *(sum(getattr(trial, name) for trial in own) for name in ("inconsistent", "query", "kept", "lost", "added")),
            )
        )  # fmt: skip
    return scores
