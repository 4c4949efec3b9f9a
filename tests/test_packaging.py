"""A wheel in an empty environment does what the checkout does; the lock file pins what is installed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest

from auditor.extras import PACKAGES, how_to_get
from auditor.version import __version__
from tests.samples import ROOT, copy_checkout

TRAVELLING = ("prompts", "cassettes")


def run(command: list[str | Path], folder: Path) -> bytes:
    """Standard output; an audit may end with 1, which says that there is something to report."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    answer = subprocess.run(
        list(map(str, command)), cwd=folder, env={**environment, "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    assert answer.returncode in ((0, 1) if "audit" in command else (0,)), answer.stderr.decode()
    return answer.stdout


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout: what is built and compared stays the same while somebody edits."""
    return copy_checkout(tmp_path_factory.mktemp("tree") / "auditor")


@pytest.fixture(scope="module")
def wheel(tree: Path) -> Path:
    """Built from the source distribution that is built from the tree."""
    pytest.importorskip("build", reason="`build` is not installed: the wheel is NOT checked")
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", "dist"], tree)
    (built,) = (tree / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of an environment that holds the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("empty") / "venv"
    venv.create(folder, with_pip=True)
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    versions = folder.parent / "versions.txt"  # the wheel built here has no hash in the lock
    versions.write_text("\n".join(_pinned(ROOT / "requirements.lock")), encoding="utf-8")
    run([commands / "python", "-m", "pip", "install", "--quiet", "--constraint", versions, wheel], folder)
    return commands


class TestWheel:
    def test_does_what_the_checkout_does(self, tree: Path, installed: Path, tmp_path: Path) -> None:
        """One test: the environment is set up once, on whichever process runs it."""
        where: list[str | Path] = [installed / "python", "-c", "import auditor; print(auditor.__file__)"]
        assert str(installed.parent) in run(where, tmp_path).decode()
        examples = sorted(f"examples/{path.name}" for path in (tree / "examples").glob("*.txt"))
        assert examples
        audits = [["audit", example, "--format", "json"] for example in examples]
        audits.append(["audit", examples[0], "--format", "html"])
        for arguments in [*audits, ["rules"], ["explain", "F101"], ["schema"], ["--version"]]:
            checkout = run([sys.executable, "-m", "auditor.cli", *arguments], tree)
            assert checkout
            assert run([installed / "auditor", *arguments], tree) == checkout, arguments
        for name, extra in (("form.docx", "office"), ("form.pdf", "pdf"), ("page.png", "ocr")):
            with pytest.raises(AssertionError, match=f"，请先安装：pip install {PACKAGES[extra]}\n"):
                run([installed / "auditor", "audit", f"tests/files/{name}"], tree)

    def test_carries_the_top_level_folders(self, tree: Path, wheel: Path) -> None:
        with zipfile.ZipFile(wheel) as archive:
            names = set(archive.namelist())
            for folder in TRAVELLING:
                files = [path for path in (tree / folder).rglob("*") if path.is_file()]
                assert files
                for path in files:
                    name = f"auditor/_data/{path.relative_to(tree).as_posix()}"
                    assert archive.read(name) == path.read_bytes()
            assert f"auditor-{__version__}.dist-info/licenses/LICENSE" in names
            assert {name.split("/")[0] for name in names} == {"auditor", f"auditor-{__version__}.dist-info"}


LOCKS = (
    "requirements.lock",
    "benchmarks/requirements.lock",
    "benchmarks/statcheck.lock",
    "tests/fuzz/requirements.lock",
    "scripts/single/requirements.lock",
)


class TestLock:
    @pytest.mark.parametrize("lock", LOCKS)
    def test_holds_versions_and_their_hashes_and_nothing_else(self, lock: str) -> None:
        head, *lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
        assert head.startswith("# ")
        joined = "\n".join(lines).replace(" \\\n    ", " ")
        for line in joined.splitlines():
            assert re.fullmatch(
                r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+(?: ; [^;]+?)?(?: --hash=sha256:[0-9a-f]{64})+", line
            ), line

    def test_pins_everything_that_the_project_names(self) -> None:
        project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
            "project"
        ]
        wanted = [
            *project["dependencies"],
            *(name for extra in project["optional-dependencies"].values() for name in extra),
        ]
        wanted = [name for name in wanted if not name.startswith("auditor[")]
        pinned = {_name(line) for lock in LOCKS for line in _pinned(ROOT / lock)}
        assert {_name(requirement) for requirement in wanted} <= pinned

    def test_what_nobody_keeps_is_not_in_it(self) -> None:
        assert "pypdf2" not in {_name(line) for lock in LOCKS for line in _pinned(ROOT / lock)}


class TestExtras:
    def test_the_packages_are_those_of_the_project(self) -> None:
        """In hints, by their own names: nobody can install `auditor[office]` from a registry."""
        text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
        extras: dict[str, list[str]] = tomllib.loads(text)["project"]["optional-dependencies"]

        def named(extra: str) -> set[str]:
            within = {
                name for line in extras[extra] if line.startswith("auditor[") for name in named(line[8:-1])
            }
            return within | {_name(line) for line in extras[extra] if not line.startswith("auditor[")}

        assert {extra: " ".join(sorted(named(extra))) for extra in PACKAGES} == PACKAGES

    def test_a_file_without_a_python_installs_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert how_to_get("pdf") == "请先安装：pip install pdfplumber pypdfium2"
        monkeypatch.setattr(sys, "frozen", True, raising=False)
        assert "pip" not in how_to_get("pdf")


def _pinned(lock: Path) -> list[str]:
    """The requirements of a lock file, without their hashes."""
    found = re.findall(
        r"^([A-Za-z0-9._-]+==[^\\\n]*?)(?: \\)?$", lock.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert found
    return found


def _name(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match
    return re.sub(r"[-_.]+", "-", match.group()).lower()
