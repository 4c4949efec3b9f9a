"""The memo as SARIF 2.1.0, for editors and CI: https://docs.oasis-open.org/sarif/sarif/v2.1.0/."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from auditor import document as floor
from auditor.compiled import compiled
from auditor.judge.codes import CODES
from auditor.memo import wording
from auditor.memo.escape import one_line
from auditor.memo.model import Decision, Document, Evidence, Memo, Report, Result
from auditor.memo.place import told as words_of_place
from auditor.memo.render import Material
from auditor.rules.catalogue import catalogue

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_FINGERPRINT = "auditor/v1"
_LEVELS = {"inconsistent": "error", "query": "warning", "not_assessable": "note", "consistent": "none"}
_DEFAULTS = {"high": "error", "medium": "warning", "low": "note"}

# What a message would read as a link or as the place of an argument.
_LINK, _ARGUMENT = compiled(r"\](?=\()"), compiled(r"\{(?=\d)")


def write(material: Material) -> str:
    memo = material.memo
    rules = _rules(memo)
    index = {rule["id"]: at for at, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": memo.tool.name, "version": memo.tool.version, "rules": rules}},
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(document) for document in memo.documents],
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _failures(memo)}],
        "results": list(_results(material, index)),
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False) + "\n"


def _rules(memo: Memo) -> list[dict[str, Any]]:
    """Every rule, and those questions to a model that have found something."""
    described = {
        entry.rule.code: _rule(
            entry.rule.code, entry.rule.name, entry.rule.title, entry.rule.severity, entry.manual
        )
        for entry in catalogue()
    }
    for document in memo.documents:
        for report in document.reports:
            for result in report.every():
                if result.rule not in described:
                    manual = _question(result.rule) or result.title
                    described[result.rule] = _rule(
                        result.rule, result.name, result.title, result.severity, manual
                    )
    return list(described.values())


def _question(code: str) -> str:
    if code not in CODES:
        return ""
    from auditor.judge.prompt import load

    return load().questions[code].manual


def _rule(code: str, name: str, title: str, severity: str, manual: str) -> dict[str, Any]:
    return {
        "id": code,
        "name": name,
        "shortDescription": {"text": title},
        "help": {"text": manual},
        "defaultConfiguration": {"level": _DEFAULTS[severity]},
    }


def _artifact(document: Document) -> dict[str, Any]:
    return {
        "location": {"uri": _uri(document.path)},
        "mimeType": document.media_type,
        "hashes": {"sha-256": document.sha256},
        "roles": ["analysisTarget"],
    }


def _uri(path: str) -> str:
    """Relative where the user gave a relative path: what reads the file knows the folder."""
    if path == "-":
        return "stdin"
    if PurePath(path).is_absolute():
        return PurePath(path).as_uri()
    return quote(PurePath(path).as_posix())


def _failures(memo: Memo) -> list[dict[str, Any]]:
    return [
        {"level": "error", "message": {"text": _plain(f"未能审核的文件：{failure.path}（{failure.reason}）")}}
        for failure in memo.unreadable
    ]


def _results(material: Material, index: dict[str, int]) -> Iterator[dict[str, Any]]:
    pairs = zip(material.memo.documents, material.documents, strict=True)
    for artifact, (told, document) in enumerate(pairs):
        where, text = {"uri": _uri(told.path), "index": artifact}, _Text(document)
        for report in told.reports:
            for result in report.results:
                yield _result(result, report, text, where, index[result.rule])


def _result(result: Result, report: Report, text: _Text, where: dict[str, Any], rule: int) -> dict[str, Any]:
    """One problem: what stands under it is told in its message and placed beside it."""
    joined = [one for other in result.related for one in other.evidence]
    places = [_location(text, where, one) for one in (*result.evidence, *joined)]
    passed = result.verdict == "consistent"
    return {
        "ruleId": result.rule,
        "ruleIndex": rule,
        "kind": "pass" if passed else "fail",
        "level": _LEVELS[result.verdict],
        "message": {"text": _message(result)},
        "locations": places[:1] or [{"physicalLocation": {"artifactLocation": where}}],
        "relatedLocations": [{"id": at, **place} for at, place in enumerate(places[1:], 1)],
        "partialFingerprints": {_FINGERPRINT: result.fingerprint},
        **_suppressed(result.decision),
        "properties": {
            "verdict": wording.VERDICTS[result.verdict],
            "severity": result.severity,
            "origin": result.origin,
            "project": wording.name(report),
            "repeats": report.repeats,
            "calculation": result.calculation,
            "impact": result.impact,
            "suggestion": result.suggestion,
            "basis": [basis.source for basis in result.basis],
            "decision": wording.decided(result.decision),
            "number": result.number,
            "related": [{"rule": one.rule, "fingerprint": one.fingerprint} for one in result.related],
        },
    }


def _suppressed(decision: Decision | None) -> dict[str, Any]:
    """A rejected finding stays in the log, marked as one that asks for nothing more."""
    if decision is None or decision.decision != "驳回":
        return {}
    words = _plain(wording.decided(decision))
    return {"suppressions": [{"kind": "external", "status": "accepted", "justification": words}]}


def _message(result: Result) -> str:
    labelled = "模型提问：" if result.origin == "model" else ""
    others = "".join(f" 同一处（{one.rule}）：{_told(one)}" for one in result.related)
    return _plain(f"{labelled}{_told(result)}{others}")


def _told(result: Result) -> str:
    return result.message + (f" 核算：{result.calculation}" if result.calculation else "")


def _plain(words: str) -> str:
    """Text of a report inside a message: neither a link nor the place of an argument."""
    return _ARGUMENT.sub("{ ", _LINK.sub("] ", one_line(words)))


class _Text:
    """A document's text with the beginnings of its lines."""

    def __init__(self, document: floor.Document) -> None:
        self.is_text = document.media_type in ("text/plain", "text/markdown")
        self._starts = [0, *(match.end() for match in compiled("\n").finditer(document.text))]

    def region(self, one: Evidence) -> dict[str, Any]:
        first, last = self._line(one.start), self._line(one.end - 1)
        return {
            "startLine": first,
            "startColumn": one.start - self._starts[first - 1] + 1,
            "endLine": last,
            "endColumn": one.end - self._starts[last - 1] + 1,
            "charOffset": one.start,
            "charLength": one.end - one.start,
            "snippet": {"text": one.quote},
        }

    def _line(self, offset: int) -> int:
        return bisect_right(self._starts, offset)


def _location(text: _Text, where: dict[str, Any], one: Evidence) -> dict[str, Any]:
    """A region of the file itself; of a file that is no text, the place in words."""
    if text.is_text:
        return {"physicalLocation": {"artifactLocation": where, "region": text.region(one)}}
    return {
        "physicalLocation": {"artifactLocation": where},
        "logicalLocations": [{"fullyQualifiedName": words_of_place([one]) or one.quote}],
    }
