"""The generated parts of the documentation: docs/rules.md, and the memo excerpt in both READMEs.

`python -m scripts.pages` writes them; with `--check` it exits with 1 if one of them is out of date.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import chdir
from itertools import groupby
from pathlib import Path

from auditor.memo import build, render
from auditor.pipeline import run
from auditor.rules import Severity
from auditor.rules.catalogue import Entry, catalogue
from auditor.rules.family import families
from auditor.rules.manual import VERDICTS, Manual, manual

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = "examples/01-national.txt"
_FINDINGS_SHOWN = 2

_SEVERITIES = {Severity.HIGH: "重要", Severity.MEDIUM: "一般", Severity.LOW: "轻微"}
_WORDS = {verdict: word for word, verdict in VERDICTS.items()} | {"": "不报问题"}

_RULES_HEAD = """# 规则表

<!-- 本页由 make docs 从规则模块生成，请勿手改。 -->

每条规则给出四种结论之一：

| 结论 | 意思 |
|---|---|
| 不一致 | 算术不成立，或违反表格自己写明的要求；只凭这份报告就能证明 |
| 存疑 | 看上去不合理，请单位说明；不等于有错 |
| 一致 | 核对过，成立，记入工作底稿 |
| 无法核验 | 读不出来或缺少对照，写明原因；不算差错 |

“程度”是这条规则的问题通常有多重；个别结果会按情节降低或提高。
“依据”是规则的出处。例子里的报告都是编的，每个例子都在测试里跑过。
命令行上看同样的内容：`auditor rules`，`auditor explain F101`。
"""


def pages() -> dict[Path, str]:
    """Every page with a generated part, as it should read now."""
    shown = excerpt()
    readmes = {
        ROOT / name: _with_excerpt((ROOT / name).read_text(encoding="utf-8"), shown)
        for name in ("README.md", "README.zh-CN.md")
    }
    return {ROOT / "docs" / "rules.md": rules(catalogue()), **readmes}


def rules(entries: Iterable[Entry]) -> str:
    """The rule table and every manual."""
    shown = {family.letter: family for family in families()}
    entries = sorted(entries, key=lambda entry: list(shown).index(entry.rule.code[0]))
    lines = [_RULES_HEAD.rstrip("\n"), ""]
    for letter, members in groupby(entries, lambda entry: entry.rule.code[0]):
        lines += [f"## {letter}　{shown[letter].name}", ""]
        lines += ["| 代码 | 查出的问题 | 名称 | 程度 |", "|---|---|---|---|", *map(_row, members), ""]
    lines += ["## 逐条说明", ""]
    for entry in entries:
        lines += _manual(manual(entry.manual))
    return "\n".join(lines).rstrip("\n") + "\n"


def _row(entry: Entry) -> str:
    rule = entry.rule
    target = f"[{rule.code}](#{_anchor(manual(entry.manual).heading)})"
    return f"| {target} | {rule.title} | `{rule.name}` | {_SEVERITIES[rule.severity]} |"


def _anchor(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _manual(page: Manual) -> Iterator[str]:
    yield from (f"### {page.heading}", "")
    for part in page.parts:
        examples = page.examples(part)
        yield from (f"**{part}**", "")
        if not examples:
            yield from ("".join(line.strip() for line in page.parts[part].splitlines()), "")
        for example in examples:
            yield from ("```text", *example.text.splitlines(), "```", "")
            yield from (f"结果：{_WORDS[example.verdict]}", "")


def excerpt() -> str:
    """The beginning of the memo on the example, up to its first findings, as a block quote."""
    with chdir(ROOT):
        memo = render(build(run([EXAMPLE], catalogue())), "md")
    beginning = memo.split(f"\n{_FINDINGS_SHOWN + 1}. **")[0].rstrip("\n")
    return "\n".join(f"> {line}".rstrip() for line in [*beginning.splitlines(), "", "……"])


def _with_excerpt(text: str, shown: str) -> str:
    begin, end = f"<!-- memo: {EXAMPLE} -->", "<!-- /memo -->"
    if begin not in text or end not in text:
        raise ValueError(f"the marks {begin} and {end} are missing")
    head, _, rest = text.partition(begin)
    return f"{head}{begin}\n\n{shown}\n\n{end}{rest.partition(end)[2]}"


def stale() -> list[str]:
    """Names of the pages that are not what `pages` says."""
    return [
        str(path.relative_to(ROOT))
        for path, text in pages().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        old = stale()
        for name in old:
            print(f"{name} is out of date: run make docs", file=sys.stderr)
        return int(bool(old))
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8", newline="\n")
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
