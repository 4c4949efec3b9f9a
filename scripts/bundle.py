"""`make bundle`: everything that an office machine without a network needs, in one zip file.

The wheel of this checkout, the wheels that it rests on in the versions of requirements.lock (without OCR, which
is large), install scripts and the page on installing. `--platform win_amd64` fetches those of another system.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXTRAS = "office,pdf"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--platform", help="a pip platform tag such as win_amd64; this machine's if left out"
    )
    options.add_argument("--python-version", default=f"{sys.version_info.major}.{sys.version_info.minor}")
    given = options.parse_args()
    folder = ROOT / "dist" / f"auditor-offline-{given.platform or sys.platform}"
    shutil.rmtree(folder, ignore_errors=True)
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    _run("build", "--wheel", "--no-isolation", "--outdir", wheels, ROOT)
    (own,) = wheels.glob("auditor-*.whl")
    versions = folder / "versions.txt"
    versions.write_text("\n".join(_pinned()) + "\n", encoding="utf-8")
    target = ["--platform", given.platform] if given.platform else []
    _run(
        "pip", "download", "--quiet", "--only-binary=:all:", "--dest", wheels, "--constraint", versions,
        *target, "--python-version", given.python_version, f"{own}[{EXTRAS}]",
        *_only_windows(given.platform or ""),
    )  # fmt: skip
    for beside in (*(ROOT / "scripts" / "offline").iterdir(), ROOT / "docs" / "install.md", ROOT / "LICENSE"):
        shutil.copy(beside, folder)
    shutil.copytree(ROOT / "examples", folder / "examples")
    packed = Path(shutil.make_archive(str(folder), "zip", folder.parent, folder.name))
    print(
        f"{packed.relative_to(ROOT)}: {packed.stat().st_size / 1e6:.1f} MB, {len(list(wheels.iterdir()))} wheels"
    )


def _pinned() -> list[str]:
    """The locked versions, with their markers and without their hashes: a wheel made here has none."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return re.findall(r"(?m)^[\w.-]+==[^\s\\]+(?: *;[^\\\n]*)?", lock)


def _only_windows(platform: str) -> list[str]:
    """What the lock names for Windows alone: pip reads such markers as of the machine that it runs on."""
    if not platform.startswith("win"):
        return []
    return [line.partition(";")[0].strip() for line in _pinned() if "'win32'" in line.partition(";")[2]]


def _run(module: str, *arguments: object) -> None:
    subprocess.run([sys.executable, "-m", module, *map(str, arguments)], check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
