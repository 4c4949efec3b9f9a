"""What identifies people is replaced before anything leaves, and put back when the answer comes.

Heuristics, and careful ones: figures of money, dates and document numbers must stay as they are,
for the model is to speak about them. The map from placeholder to value never leaves this object.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.judge import mask_words as words
from auditor.judge.people import names_in, plausible

_SEP = words.SEPARATOR
_H = "\u4e00-\u9fff"
_END = r"(?!\d|\.\d|[ ]{0,2}(?:元|万|亿|年|%|个|台|户))"
_STREET = r"(?:路|街|大街|大道|巷|弄|胡同|里弄)"
_UNIT = r"(?:[\dA-Za-z一二三四五六七八九十]{1,4}(?:号楼|栋|幢|单元|楼|层|室|座|号))"

# Pattern, kind, group. Matched on a copy in which full-width digits and letters are plain.
_DIRECT: tuple[tuple[re.Pattern[str], str, int], ...] = (
    (re.compile("[⟦⟧]"), "原文", 0),
    (re.compile(r"(?<![\dA-Za-z])[1-8]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"), "证件", 0),
    (re.compile(rf"(?:{words.ID_LABELS}){_SEP}([\d*]{{14,17}}[\dXx*])(?![\dA-Za-z])"), "证件", 1),
    (re.compile(rf"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{{4}}){{2}}{_END}"), "电话", 0),
    (re.compile(rf"(?<![\d.])(?:[(（]0\d{{2,3}}[)）][- ]?|0\d{{2,3}}[-－—–‐ ]{{1,2}})\d{{7,8}}(?:[-－—转]{{1,2}}\d{{1,5}})?{_END}"), "电话", 0),
    (re.compile(r"(?<![\d.])[48]00[- ]\d{3,4}[- ]\d{3,4}(?!\d)"), "电话", 0),
    (re.compile(rf"(?:{words.PHONE_LABELS}){_SEP}(\+?\d(?:[- －—]?\d){{6,14}}){_END}"), "电话", 1),
    (re.compile(rf"(?:{words.ACCOUNT_LABELS}){_SEP}(\d(?:[- ]?\d){{7,29}})(?!\d|\.\d)"), "账户", 1),
    (re.compile(rf"(?:{words.CHAT_LABELS}){_SEP}([A-Za-z0-9_-]{{5,24}})(?![A-Za-z0-9_-])"), "账户", 1),
    (re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}[@＠][A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"), "邮箱", 0),
    (re.compile(r"\b(?:sk|gsk|hf)[-_][A-Za-z0-9_-]{16,200}"), "密钥", 0),
)  # fmt: skip
_CARD = re.compile(r"(?<![\d.])\d(?:[ ]?\d){15,18}(?![\d.]|[ ]?\d)")
_ADDRESS = re.compile(rf"(?:{words.ADDRESS_LABELS}){_SEP}([^\s|｜,，;；。:：\"'“”\\⟦⟧]{{4,60}})")
_PLACED = re.compile(rf"[{_H}]{{1,10}}{_STREET}(?:[东西南北中]段)?\d{{1,5}}(?:-\d{{1,4}})?号{_UNIT}{{0,4}}")
_LEADS = re.compile("[于在至到往从由向是为]")
_PLACE_CHAR = re.compile("[省市区县镇乡村路街道巷弄号楼岗]")
_PAYEE = re.compile(rf"(?:{words.PAYEE_LABELS}){_SEP}([^\s|｜,，;；。、:：\"'“”\\⟦⟧]{{2,40}})")
_PAID = re.compile(rf"(?:{words.PAID_TO})([{_H}()（）A-Za-z]{{2,30}}?(?:{words.FIRMS}))(?!的)")
_FIRM = re.compile(rf".{{2,36}}(?:{words.FIRMS})")
_PAYEE_HEAD = re.compile(words.PAYEE_LABELS)
_ISSUED = re.compile(r"⟦[^⟦⟧\d\s]{1,4}\d{1,6}⟧")
_PLAIN = {
    full: full - 0xFEE0 for full in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_GOES_ON = re.compile(r"\d|[.,]\d|元|万|亿|%")
_BEFORE = frozenset("长任记员人理由和及为与给向是")
_AFTER = frozenset("同任为担负等牵分主先女说和与及带兼率组局书")


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    kind: str


class Masker:
    """Placeholders such as ⟦电话1⟧, the same for the same value as long as the object lives.

    Give it the report's whole text first: a name that one field tells is then known in every sentence.
    """

    def __init__(self, text: str = "") -> None:
        self._values: dict[str, str] = {}  # placeholder → value
        self._placeholders: dict[str, str] = {}
        self._learned: dict[str, str] = {}  # value → kind
        self._known: re.Pattern[str] | None = None
        self._numbers: Counter[str] = Counter()
        self.learn(text)

    @property
    def map(self) -> dict[str, str]:
        """Placeholder → value. Local: nothing may send or store it."""
        return dict(self._values)

    @property
    def counts(self) -> dict[str, int]:
        """How many different values of each kind were replaced."""
        return dict(self._numbers)

    def learn(self, text: str) -> None:
        """Notes the names, payees and addresses that labelled fields of the text tell."""
        plain = text.translate(_PLAIN)
        before = len(self._learned)
        for value, kind in _told(plain):
            for form in {value, "".join(value.split())}:
                self._learned.setdefault(form, kind)
        if len(self._learned) > before:
            longest = sorted(self._learned, key=lambda value: (-len(value), value))
            self._known = re.compile("|".join(map(re.escape, longest)))

    def mask(self, text: str) -> str:
        """The text with placeholders. `unmask` gives it back exactly."""
        plain = text.translate(_PLAIN)
        self.learn(text)
        out, reached = [], 0
        for found in _merged([*_seen(plain), *self._met(plain)]):
            out += [text[reached : found.start], self._placeholder(text[found.start : found.end], found.kind)]
            reached = found.end
        return "".join([*out, text[reached:]])

    def unmask(self, text: str) -> str:
        """The values put back; placeholders that were never given out stay."""
        return _ISSUED.sub(lambda match: self._values.get(match[0], match[0]), text)

    def _met(self, plain: str) -> Iterator[_Found]:
        for match in self._known.finditer(plain) if self._known else ():
            value = match[0]
            short = len(value) == 2 and self._learned[value] == "姓名"
            if short and not _stands_alone(plain, *match.span()):
                continue
            if not _inside_number(plain, *match.span()):
                yield _Found(*match.span(), self._learned[value])

    def _placeholder(self, value: str, kind: str) -> str:
        if value not in self._placeholders:
            self._numbers[kind] += 1
            placeholder = f"⟦{kind}{self._numbers[kind]}⟧"
            self._placeholders[value] = placeholder
            self._values[placeholder] = value
        return self._placeholders[value]


def _told(plain: str) -> Iterator[tuple[str, str]]:
    for pattern, kind, group in _DIRECT:
        for match in pattern.finditer(plain) if group else ():
            yield match[group], kind
    for name in names_in(plain):
        yield name, "姓名"
    for match in _ADDRESS.finditer(plain):
        if _PLACE_CHAR.search(match[1]):
            yield match[1], "地址"
    for match in _PAYEE.finditer(plain):
        if _FIRM.fullmatch(match[1]):
            yield match[1], "收款方"
        elif plausible(match[1]):
            yield match[1], "姓名"
    for match in _PAID.finditer(plain):
        yield match[1], "收款方"
    for cell in _under_payee_heads(plain):
        yield cell, "收款方"


def _under_payee_heads(plain: str) -> Iterator[str]:
    columns: list[int] = []
    for line in plain.splitlines():
        cells = [cell.strip() for cell in re.split(r"[\t|｜]", line)]
        if len(cells) < 2:
            columns = []
            continue
        if heads := [at for at, cell in enumerate(cells) if _PAYEE_HEAD.fullmatch(cell)]:
            columns = heads
            continue
        for at in columns:
            if at < len(cells) and _FIRM.fullmatch(cells[at]):
                yield cells[at]


def _seen(plain: str) -> Iterator[_Found]:
    for pattern, kind, group in _DIRECT:
        for match in pattern.finditer(plain):
            yield _Found(*match.span(group), kind)
    for match in _CARD.finditer(plain):
        if _luhn(match[0].replace(" ", "")):
            yield _Found(*match.span(), "账户")
    for match in _PLACED.finditer(plain):
        leads = [lead.end() for lead in _LEADS.finditer(match[0][:10])]
        start = match.start() + max((lead for lead in leads if lead < len(match[0]) - 4), default=0)
        yield _Found(start, match.end(), "地址")


def _merged(found: list[_Found]) -> list[_Found]:
    """In order; what overlaps becomes one, so that no rest of a value is left."""
    out: list[_Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if out and one.start < out[-1].end:
            if one.end > out[-1].end:
                out[-1] = _Found(out[-1].start, one.end, out[-1].kind)
        else:
            out.append(one)
    return out


def _stands_alone(plain: str, start: int, end: int) -> bool:
    """Whether two characters may be a name here, and not the middle of a word ("高峰" in "高峰期")."""
    before, after = plain[start - 1 : start], plain[end : end + 1]
    return (not _han(before) or before in _BEFORE) and (not _han(after) or after in _AFTER)


def _inside_number(plain: str, start: int, end: int) -> bool:
    before, after = plain[max(0, start - 1) : start], plain[end : end + 2]
    begins = plain[start].isdigit() and (before.isdigit() or before in (".", ","))
    return begins or (plain[end - 1].isdigit() and bool(_GOES_ON.match(after)))


def _han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _luhn(digits: str) -> bool:
    """Whether the check digit of a bank card fits, and the number begins as cards do."""
    if digits[0] not in "3456":
        return False
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if at % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
