"""A model that is given the whole report in one prompt, from recorded answers.

An answer is a file NAME.json in a folder of answers, NAME the name of the report without its ending:
{"model": "…", "findings": [{"quote": "exact words of the report", "says": "what is wrong"}]}
No such answers are kept in this repository.
"""

from __future__ import annotations

import json
from pathlib import Path


def alarms(answers: Path, name: str, text: str) -> list[str] | None:
    """The findings whose quote stands in the report; None where no answer was recorded."""
    path = answers / f"{name}.json"
    if not path.is_file():
        return None
    findings = json.loads(path.read_text(encoding="utf-8"))["findings"]
    return [finding["says"] for finding in findings if finding["quote"] and finding["quote"] in text]
