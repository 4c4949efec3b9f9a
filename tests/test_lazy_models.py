"""Models without pydantic say what pydantic says of the same declaration."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from auditor import audit
from auditor.lazy_models import twin
from auditor.memo.decisions import Entry
from auditor.memo.model import Counts, Memo, Result
from auditor.memo.reading import Reading
from auditor.memo.summary import Summary
from auditor.recheck.model import Recheck

ROOT = Path(__file__).parent.parent
REPORTS = ["examples/01-national.txt", "examples/02-narrative.txt", "tests/layouts/06_hubei_broken.txt"]


@pytest.fixture(scope="module", params=REPORTS)
def memo(request: pytest.FixtureRequest) -> Memo:
    return audit(ROOT / request.param)


@pytest.mark.parametrize("indent", [None, 1])
def test_a_memo_is_printed_as_pydantic_prints_it(memo: Memo, indent: int | None) -> None:
    told = memo.model_dump_json(indent=indent)
    assert told == twin(Memo).model_validate_json(told).model_dump_json(indent=indent)


def test_defaults_are_left_out_as_pydantic_leaves_them_out(memo: Memo) -> None:
    same = twin(Memo).model_validate_json(memo.model_dump_json())
    assert memo.model_dump_json(exclude_defaults=True) == same.model_dump_json(exclude_defaults=True)
    assert memo.model_dump() == same.model_dump()


def test_a_memo_comes_back_as_it_was(memo: Memo) -> None:
    assert Memo.model_validate_json(memo.model_dump_json()) == memo
    assert pickle.loads(pickle.dumps(memo)) == memo
    assert memo.model_copy(deep=True) == memo
    assert type(memo.documents[0].reports[0].results[0]) is Result


@pytest.mark.parametrize("model", [Memo, Summary, Reading, Recheck, Entry])
def test_every_model_has_a_twin(model: type[Memo]) -> None:
    schema = model.model_json_schema()
    assert list(schema["properties"]) == list(model.model_fields)


def test_what_is_wrong_is_refused() -> None:
    with pytest.raises(ValidationError):
        Counts.model_validate({"inconsistent": -1, "query": 0, "not_assessable": 0, "model": 0})
    with pytest.raises(TypeError, match="lacks query"):
        Counts(inconsistent=1, not_assessable=0, model=0)  # type: ignore[call-arg]


def test_what_a_file_has_beside_is_kept() -> None:
    told = {"decision": "确认", "report": "a" * 16, "fingerprint": "b" * 16, "later": [1]}
    entry = Entry.model_validate(told)
    assert entry.key == ("a" * 16, "b" * 16)
    assert entry.model_dump_json().endswith('"message":"","later":[1]}')


def test_defaults_are_nobody_elses() -> None:
    first, second = (Counts(inconsistent=0, query=0, not_assessable=0, model=0) for _ in range(2))
    assert first == second
    first.query = 1
    assert first != second
    assert second.problems == 0


def test_an_audit_loads_no_pydantic(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("道路养护项目绩效自评报告\n全年预算数100万元，全年执行数95万元，执行率95%。\n", "utf-8")
    program = (
        "import sys\nfrom auditor.cli import app\n"
        f"try: app(['audit', {str(report)!r}, '-o', {str(tmp_path / 'memo.json')!r}])\nexcept SystemExit: pass\n"
        "print('pydantic' in sys.modules, 'auditor.pipeline' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
