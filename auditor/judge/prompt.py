"""The words that go to a model, read from `prompts/` and verified before use.

A file has front matter ("key: value" between two lines of "---") and parts under "## headings".
The worked example of every question is put through the same verification as a real answer; an
example that would be dropped stops the program, because a model would learn the mistake from it.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cached_property, lru_cache
from pathlib import Path
from string import Template
from typing import Any

from auditor.compiled import compiled
from auditor.document import View
from auditor.judge import propose, quotes
from auditor.judge.answer import read_item
from auditor.judge.codes import CODES
from auditor.judge.operands import NotProposed
from auditor.judge.places import carried
from auditor.judge.sheet import BAR, Line
from auditor.regular import regular
from auditor.rules import Rule, Severity
from auditor.values import frozen

_FRONT = compiled(r"\A---\n(?P<front>(?:[^\n]*\n)*?)---\n")
_HEADING = compiled(r"^## (?P<name>[a-z-]+)\n", re.MULTILINE)
_KEYS = ("id", "version", "schema", "model")


class BadPrompt(Exception):
    """A prompt file that must not be used; names the file and what is wrong."""


@frozen
class PromptFile:
    """One file: its front matter, and its parts by heading."""

    name: str
    front: dict[str, str]
    parts: dict[str, str]

    def fill(self, part: str, **values: object) -> str:
        """The part with its `${names}` filled in. Values are not themselves read as templates."""
        try:
            return Template(self.parts[part]).substitute({key: str(value) for key, value in values.items()})
        except (KeyError, ValueError) as error:
            raise BadPrompt(f"{self.name}, part {part}: {error}") from None


@frozen
class Question:
    """One of L801 … L807: its definition, its example, and how the memo calls its findings."""

    rule: Rule
    ask: str
    definition: str
    lines: str
    answer: str

    @property
    def manual(self) -> str:
        """For `auditor explain`, in the order of a rule's manual."""
        asked = json.loads(self.answer)
        return "\n".join(
            [
                f"{self.rule.code} {self.rule.title} ({self.rule.name})",
                "",
                f"查什么  {self.definition.partition('：')[2]}",
                "        由模型提出，引文和算式由程序核对，结论只会是存疑。",
                "反例",
                *(f"    {line.partition(BAR)[2]}" for line in self.lines.splitlines()),
                f"    → 存疑：{asked['question']}",
                f"请单位  {self.ask}",
                f"依据    {'；'.join(self.rule.basis)}",
            ]
        )


@frozen
class Prompts:
    """Everything one kind of request needs. `identity` names version and exact words."""

    frame: PromptFile
    repair: PromptFile
    questions: dict[str, Question]
    schema: dict[str, Any]
    identity: str

    @cached_property
    def instructions(self) -> str:
        """What is asked and how to answer: the same words for every report, so that an endpoint need
        not read them again. The example is one report and one answer, in the form that is asked for."""
        told = list(self.questions.values())
        shown = [self.questions[code] for code in self.frame.front["examples"].split()]
        lines = sorted((line for one in shown for line in one.lines.splitlines()), key=_number_of)
        relations = [one.answer for one in shown if one.rule.code == "L807"]
        items = [one.answer for one in shown if one.rule.code != "L807"]
        return self.frame.fill(
            "system",
            questions="\n".join(one.definition for one in told if one.rule.code != "L807"),
            lines="\n".join(lines),
            answer=f'{{"items":[{",".join(items)}],"relations":[{",".join(relations)}]}}',
        )


@lru_cache(maxsize=4)
def load(folder: Path | None = None) -> Prompts:
    """The prompts in `folder`, verified, and for what is not there those that travel with the program, which a test
    verifies. Raises `BadPrompt`."""
    if folder is not None and not folder.is_dir():
        raise BadPrompt(f"{folder}: no such folder")
    files = {name: _file(_one(folder, f"{name}.md")) for name in ("narrative", "repair", *CODES)}
    frame = files["narrative"]
    if any(one.front["schema"] != frame.front["schema"] for one in files.values()):
        raise BadPrompt("the files do not agree on the schema")
    written = _text(_one(folder, frame.front["schema"]))
    words = hashlib.sha256(written.encode())
    for name in sorted(files):
        words.update(json.dumps(files[name].parts, ensure_ascii=False, sort_keys=True).encode())
    identity = f"{frame.front['id']}@{frame.front['version']}-{words.hexdigest()[:8]}"
    questions = {code: _question(files[code]) for code in CODES}
    if folder is not None:
        for code, question in questions.items():
            _verify(question, files[code].name)
    return Prompts(frame, files["repair"], questions, json.loads(written), identity)


def read(folder: Path | None, name: str) -> tuple[PromptFile, dict[str, Any]]:
    """A prompt file of `folder`, or that which travels with the program, and the schema it names.
    Raises `BadPrompt`."""
    file = _file(_one(folder, name))
    return file, json.loads(_text(_one(folder, file.front["schema"])))


def _one(folder: Path | None, name: str) -> Path:
    own = folder / name if folder is not None else None
    return own if own is not None and own.is_file() else carried("prompts") / name


def chosen(folder: str) -> Prompts:
    """Those of the settings. Raises `BadPrompt`."""
    return load(Path(folder) if folder else None)


def _text(path: Path) -> str:
    try:
        return regular(path).read_text(encoding="utf-8").replace("\r\n", "\n")
    except OSError as error:
        raise BadPrompt(f"{path}: {error.strerror}") from None


def _file(path: Path) -> PromptFile:
    text = _text(path)
    match = _FRONT.match(text)
    if match is None:
        raise BadPrompt(f"{path.name}: no front matter")
    front = {}
    for line in match["front"].splitlines():
        key, colon, value = line.partition(":")
        if not colon:
            raise BadPrompt(f"{path.name}: front matter {line!r}")
        front[key.strip()] = value.strip()
    if missing := [key for key in _KEYS if not front.get(key)]:
        raise BadPrompt(f"{path.name}: front matter lacks {', '.join(missing)}")
    pieces = _HEADING.split(text[match.end() :])
    parts = {name: part.strip("\n") for name, part in zip(pieces[1::2], pieces[2::2], strict=True)}
    return PromptFile(path.name, front, parts)


def _question(file: PromptFile) -> Question:
    front, parts = file.front, file.parts
    try:
        rule = Rule(
            code=front["id"],
            name=front["name"],
            title=front["title"],
            severity=Severity(front["severity"]),
            basis=(front["basis"],),
        )
        return Question(rule, front["ask"], parts["question"], parts["lines"], parts["answer"])
    except (KeyError, ValueError) as error:
        raise BadPrompt(f"{file.name}: {error}") from None


def _verify(question: Question, name: str) -> None:
    """Puts the example through what a real answer goes through."""
    try:
        item = read_item(json.loads(question.answer))
        lines = {line.number: line for line in map(_line, question.lines.splitlines())}
        if item is None:
            raise ValueError("no item")
        if item.operands is not None:
            if propose.weigh(item.relation or "", item.operands, lines, {}).holds:
                raise ValueError("the relation holds")
        else:
            _at_its_place(item.quote, item.sentence, lines)
            if item.other_quote is not None and item.other_sentence is not None:
                _at_its_place(item.other_quote, item.other_sentence, lines)
    except (ValueError, quotes.Misquote, NotProposed) as error:
        raise BadPrompt(f"{name}: the example would be dropped ({error})") from None
    if item.code != question.rule.code:
        raise BadPrompt(f"{name}: the example answers {item.code}")
    if (item.operands is None) == (item.code == "L807"):
        raise BadPrompt(f"{name}: a relation belongs to L807 and to nothing else")


def _at_its_place(quote: str, number: int, lines: dict[int, Line]) -> None:
    """An example must not teach a model that the line does not matter."""
    if quotes.place(quote, number, lines)[1].number != number:
        raise ValueError("another line")


def _number_of(written: str) -> int:
    return int(written.partition(BAR)[0])


def _line(written: str) -> Line:
    """A numbered line of an example, with offsets into itself."""
    number, _, rest = written.partition(BAR)
    views, at = [], 0
    for cell in rest.split(BAR):
        views.append(View(cell, ((0, at),)))
        at += len(cell) + 1
    return Line(int(number), tuple(views))
