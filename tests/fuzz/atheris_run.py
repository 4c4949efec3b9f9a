"""`make fuzz`: atheris on the targets, for as many seconds as are given (600).

With a seed and a number of runs every machine tries the same inputs, or the first of them: what CI asks.
A crash or a hang is written to tests/issues/ as it is; shorten it, name it clean_… or found_…, keep it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from hashlib import sha256

import atheris

with atheris.instrument_imports(include=["auditor"]):
    from tests.fuzz.targets import TARGETS, containers
from tests.samples import ROOT, samples

_HANG = 10  # seconds


def one(data: bytes) -> None:
    """One input: the first byte chooses the target."""
    if not data:
        return
    chosen, text = data[0] % (len(TARGETS) + 1), data[1:].decode("utf-8", "ignore")
    try:
        if chosen == len(TARGETS):
            containers(data[1:])
        else:
            TARGETS[chosen](text)
    except Exception:
        if chosen == len(TARGETS):  # atheris itself keeps the bytes
            raise
        name = f"clean_fuzz_{sha256(data).hexdigest()[:8]}.txt"
        (ROOT / "tests" / "issues" / name).write_text(text, encoding="utf-8", newline="")
        raise


def main(told: Sequence[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("seconds", nargs="?", type=int, default=600)
    parser.add_argument("--runs", type=int, default=-1, help="inputs; -1 for no limit")
    parser.add_argument("--seed", type=int, default=0, help="0 for another one each time")
    asked = parser.parse_args(told)
    corpus = ROOT / "out" / "fuzz"
    corpus.mkdir(parents=True, exist_ok=True)
    for at, path in enumerate(samples()):
        (corpus / f"{at:03}").write_bytes(bytes([at % 256]) + path.read_bytes()[:4000])
    limits = [f"-max_total_time={asked.seconds}", f"-runs={asked.runs}", f"-seed={asked.seed}"]
    atheris.Setup([sys.argv[0], *limits, f"-timeout={_HANG}", "-max_len=4000", str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
