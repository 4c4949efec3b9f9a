"""One run of the bench, from files to figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from auditor.bench.catalogue import kinds
from auditor.bench.clean import broken, bundled, files_in, gather
from auditor.bench.measure import neutral_trials, trials
from auditor.bench.tally import Tally, tally

SEED = 1
MOST = 4


class NothingToMeasure(Exception):
    """No report that audits clean was given; the message says why."""


def bench(paths: Sequence[Path] = (), seed: int = SEED, most: int = MOST) -> Tally:
    """Plants up to `most` slips of each kind in each clean report among the files and folders (the
    sample reports where none is given) and counts what is found. Raises `NothingToMeasure`."""
    files = [file for path in paths for file in (files_in(path) if path.is_dir() else [path])] or bundled()
    bases, left = gather(files)
    if not bases:
        raise NothingToMeasure("；".join(left) or "没有可以使用的报告，请给出报告文件或文件夹")
    chosen = kinds(bases)
    planted = list(trials(bases, chosen, seed, most))
    neutral = list(neutral_trials(bases, () if paths else broken()))
    return tally(bases, left, chosen, planted, neutral, seed, most)
