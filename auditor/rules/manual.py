"""The manual in a rule's docstring, as data: its parts, and the examples that prove it.

    F101 资金明细合计 (funds.detail-sum)

    查什么  one or more lines
    为什么  …
    反例
        a small report, indented
        → 不一致
    正例
        …
    依据    …

An example may be repeated under the same heading, each closed by its arrow line (正例: "→ 无").
"""

from __future__ import annotations

import inspect

from auditor.compiled import compiled
from auditor.values import frozen

PARTS = ("查什么", "为什么", "反例", "正例", "依据")
VERDICTS = {"不一致": "inconsistent", "存疑": "query", "无法核验": "not_assessable", "无": ""}

_PART = compiled(rf"^({'|'.join(PARTS)})(?:\s+(.*))?$")


@frozen
class Example:
    """Text of a small report and the verdict the rule must give on it ("" for none)."""

    text: str
    verdict: str


@frozen
class Manual:
    heading: str
    parts: dict[str, str]

    def examples(self, part: str) -> list[Example]:
        """Examples under 反例 or 正例. Raises `ValueError` for an unknown verdict word."""
        found = []
        lines: list[str] = []
        for line in self.parts.get(part, "").splitlines():
            if line.strip().startswith("→"):
                word = line.strip().lstrip("→ ").strip()
                if word not in VERDICTS:
                    raise ValueError(f"{self.heading}: unknown verdict {word!r}")
                found.append(Example("\n".join(lines).strip("\n"), VERDICTS[word]))
                lines = []
            else:
                lines.append(line)
        return found


def manual(docstring: str) -> Manual:
    """The parts of a rule's docstring."""
    lines = inspect.cleandoc(docstring).splitlines()
    parts: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in lines[1:]:
        match = _PART.match(line)
        if match:
            current = parts.setdefault(match[1], [])
            if match[2]:
                current.append(match[2])
        elif current is not None:
            current.append(line.removeprefix("    "))
    return Manual(lines[0], {name: "\n".join(body).strip("\n") for name, body in parts.items()})
