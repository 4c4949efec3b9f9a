"""`make bundle`: what office machines without a network need, in `dist/`.

A zip file with the wheel of this checkout, the wheels that it rests on in the versions of requirements.lock
(without OCR, which is large), install scripts and the page on installing; `--platform win_amd64` fetches those of
another system. And, for the system that it runs on, one program file that needs no Python, tried on the examples.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
SINGLE = ROOT / "scripts" / "single"
EXTRAS = "office,pdf,season"
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--platform", help="a pip platform tag such as win_amd64; this machine's if left out"
    )
    options.add_argument("--python-version", default=f"{sys.version_info.major}.{sys.version_info.minor}")
    options.add_argument("--only-wheels", action="store_true", help="no program file")
    given = options.parse_args()
    folder = DIST / f"auditor-offline-{given.platform or sys.platform}"
    _offline(folder, given.platform or "", given.python_version)
    if given.platform:
        print("the program file is made on the system that it is for: left out")
    elif not given.only_wheels:
        _single(folder / "wheels")


def _offline(folder: Path, platform: str, python: str) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", wheels, ROOT)
    (own,) = wheels.glob("auditor-*.whl")
    versions = folder / "versions.txt"
    versions.write_text("\n".join(_pinned()) + "\n", encoding="utf-8")
    _run(
        sys.executable, "-m", "pip", "download", "--quiet", "--only-binary=:all:", "--dest", wheels,
        "--constraint", versions, *(["--platform", platform] if platform else []), "--python-version", python,
        f"{own}[{EXTRAS}]", *_only_windows(platform),
    )  # fmt: skip
    for beside in (*(ROOT / "scripts" / "offline").iterdir(), ROOT / "docs" / "install.md", ROOT / "LICENSE"):
        shutil.copy(beside, folder)
    shutil.copytree(ROOT / "examples", folder / "examples")
    packed = Path(shutil.make_archive(str(folder), "zip", folder.parent, folder.name))
    print(f"{packed.relative_to(ROOT)}: {_size(packed)}, {len(list(wheels.iterdir()))} wheels", flush=True)


def _single(wheels: Path) -> None:
    """`dist/auditor`, made in an environment that holds what the office machine would hold, and tried."""
    with tempfile.TemporaryDirectory(prefix="auditor-single-") as place:
        here = Path(place)
        venv.create(here / "venv", with_pip=True)
        commands = here / "venv" / ("Scripts" if os.name == "nt" else "bin")
        pip = (commands / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        _run(*pip, "--require-hashes", "--requirement", SINGLE / "requirements.lock")
        _run(*pip, "--no-index", "--find-links", wheels, f"auditor[{EXTRAS}]")
        memo, *_ = _demo(
            commands / "auditor", here
        )  # leaves its compiled expressions, which the file takes along
        expected = memo.read_bytes()
        _run(
            commands / "pyinstaller", "--noconfirm", "--log-level", "ERROR",
            "--distpath", DIST, "--workpath", here / "work", SINGLE / "auditor.spec",
        )  # fmt: skip
        made = DIST / ("auditor.exe" if os.name == "nt" else "auditor")
        began = time.monotonic()
        papers = _demo(made, here)
        if memo.read_bytes() != expected:
            sys.exit(f"{made} says other things than the program that it was made of")
        told = ", ".join(f"{path.name} {path.stat().st_size // 1024} KB" for path in papers)
        print(
            f"{made.relative_to(ROOT)}: {_size(made)}; the examples in {time.monotonic() - began:.0f} s: {told}"
        )


def _demo(program: Path, folder: Path) -> list[Path]:
    """The papers on the examples, in every format that rests on files of a package."""
    out = [folder / name for name in ("memo.md", "memo.html", "memo.xlsx", "memo.docx")]
    for path in out:
        path.unlink(missing_ok=True)
        _run(program, "audit", *EXAMPLES, "--llm", "replay", "-o", path, fine=(1,), cwd=folder)
    _run(program, "season", "init", folder / program.parent.name / "season", cwd=folder)
    return out


def _pinned() -> list[str]:
    """The locked versions, with their markers and without their hashes: a wheel made here has none."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return re.findall(r"(?m)^[\w.-]+==[^\s\\]+(?: *;[^\\\n]*)?", lock)


def _only_windows(platform: str) -> list[str]:
    """What the lock names for Windows alone: pip reads such markers as of the machine that it runs on."""
    if not platform.startswith("win"):
        return []
    return [line.partition(";")[0].strip() for line in _pinned() if "'win32'" in line.partition(";")[2]]


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.1f} MB"


def _run(*command: object, fine: tuple[int, ...] = (0,), cwd: Path = ROOT) -> None:
    """Ends the program when the command answers otherwise. The examples have something to report: status 1."""
    own = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
    }
    status = subprocess.run([*map(str, command)], check=False, cwd=cwd, env=own).returncode
    if status not in fine:
        sys.exit(f"{' '.join(map(str, command[:3]))} …: exit status {status}")


if __name__ == "__main__":
    main()
