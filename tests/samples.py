"""Where the sample reports are, and what is expected of them."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"


def samples() -> list[Path]:
    """Every report in the project: examples, layouts, rule cases, past false alarms."""
    folders = ("examples", "tests/layouts", "tests/cases", "tests/issues")
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.txt"))


def copy_checkout(target: Path) -> Path:
    """The checkout without what builds, caches and virtual environments left in it."""
    left = shutil.ignore_patterns(
        ".git", ".venv*", ".*_cache", ".hypothesis", "__pycache__", "out", "dist", "build"
    )
    return Path(shutil.copytree(ROOT, target, ignore=left))
