"""Names behind a label: 负责人：王强, 成员：李丽、逯明.

After an explicit label (something stands between it and its value) whatever has the shape of a name is one, unless it is
plainly a word of the form; elsewhere a usual surname is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.compiled import compiled
from auditor.judge.personal import shapes
from auditor.judge.personal.dictionary import dictionary
from auditor.judge.personal.shapes import DOTS, DOTTED, POINTED, TOKEN, H, Name, bare, is_han
from auditor.judge.personal.words import BLANK, CLOSING, SIGN, names

_RUN = compiled(rf"[{H}](?:{BLANK}{{0,4}}[{H}]){{0,40}}")
SEPARATOR = compiled(rf"(?:{SIGN}|\s){{1,24}}(?:\d{{1,4}}[|｜])?")
_CITES = "“‘「『《〈\"'"
"""In a sentence they open what somebody said, or the name of a thing."""
_CITE = compiled(f"[{_CITES}]")
_BEGINS = compiled(r"(?:^|[\s|；;>》])$")
_CITED = compiled(rf"(?:{SIGN}|{BLANK}){{1,4}}[{H}{DOTS}\u3000 ]{{2,12}}{SIGN}?{BLANK}{{0,2}}(?=[\s|；;]|$)")
EXPLICIT = compiled(rf"(?![{_CITES}]){SIGN}|[\t\n]")
_FIELD = compiled(rf"{BLANK}{{0,3}}(?![|｜/({_CITES}{CLOSING}]){SIGN}")
_LINK = compiled("分别为|分别是|为|是|系|由")
COMMA = compiled(rf"{BLANK}{{0,3}}(?:[、,，/;；]|和|及|与){BLANK}{{0,3}}\n?{BLANK}{{0,3}}")
_GAP = compiled(rf"{BLANK}{{1,8}}")
SKIPPED = compiled(rf"[{H}]{{2,6}}(?![{H}])")
_NOTES = compiled(r"[(\[【].*")
_CELL = compiled(rf"[,，][{H}]{{2,6}}(?=[,，\n]|$)")
_NEXT_LABEL = compiled(rf"[{H}]{{2,8}}{BLANK}{{0,3}}[:=]")
_NOTED = compiled(rf"[(\[【]([{H}{DOTS}\u3000 ]{{2,10}})[)\]】]$")
_COLON = compiled(rf"{BLANK}{{0,3}}:")
_NOTE = compiled(rf"{BLANK}{{0,3}}\([^()\n]{{0,16}}\)")
_OFFICE = compiled(r"(?:[人长者员名]|户主|经理|代表|会计|出纳|领导)(?:签字|签名|签章)?(?:\([^()]{0,8}\))?$")
_TRAILING = "任为兼等"
_STANDS_APART = compiled("[\t\n\u3000]|  ")
_LATIN = compiled(r"[A-Z][a-z]{1,9}(?:[ -][A-Z][a-z]{1,9}){1,2}(?![A-Za-z])")
_NUMBERED = compiled(rf"\d{{1,3}}[.、)]{BLANK}{{0,2}}(?=[{H}])")
_GOES_ON = ("数", "次", "员", "均", "群")
"""Directly behind a label they make another word of it."""
_MOST_LISTED = 60


def is_persons(label: str) -> bool:
    """Whether the label names a person and nothing besides: 负责人, 学生姓名; not 补助对象, 审核."""
    words = names()
    core = bare(_NOTES.sub("", label))
    return words.signed.search(bare(label)) is not None or words.wide.search(core) is None


def find(text: str) -> Iterator[Name]:
    words = names()
    labels = list(words.label.finditer(text))
    signed = _signed(text, labels)
    for label in labels:
        at = label.end()
        noted = _NOTED.search(label[0])
        if noted is not None and _is_noted(label[0], noted[1], _FIELD.match(text, at) is None):
            yield Name(label.start() + noted.start(1), label.start() + noted.end(1), True)
        if label["open"] and not _FIELD.match(text, at):
            yield from _behind_border(text, label)
            continue
        agent = words.deed.search(bare(_NOTES.sub("", label[0]))) is None
        explicit = whole = False
        if (separator := SEPARATOR.match(text, at)) is not None:
            at = separator.end()
            numbered = _NUMBERED.match(text, at)
            at = numbered.end() if numbered else at
            apart = EXPLICIT.search(separator[0]) or _STANDS_APART.search(separator[0])
            whole = is_persons(label[0]) or label.start() in signed
            whole = whole and (apart is not None or not is_han(text[label.start() - 1 : label.start()]))
            explicit, agent = agent or apart is not None, True
        elif text[at : at + 1] in _GOES_ON:
            continue  # 受益人数多于户数
        elif (link := _LINK.match(text, at)) is not None:
            at, explicit, whole = link.end(), True, link[0] != "由" and is_persons(label[0])
        elif text[at : at + 1] in (",", "，") and is_persons(label[0]) and _is_pair(text, label.start(), at):
            at, explicit, whole = at + 1, True, True
        yield from _listed(text, at, explicit, agent, whole)


def _is_noted(label: str, note: str, last: bool) -> bool:
    """负责人（王强）; not 负责人（签字）. `last`: no value stands behind the note."""
    name = bare(note)
    whole = shapes.lone(name) or (last and shapes.written(name))
    if is_persons(label) and (DOTTED.fullmatch(name) or whole):
        return True
    return shapes.clear(name) or shapes.plain_surnamed(name)


def _behind_border(text: str, label: re.Match[str]) -> Iterator[Name]:
    """Behind what somebody may be called no more than the border of a cell, blanks or quotation marks: one name alone."""
    separator = SEPARATOR.match(text, label.end())
    run = _RUN.match(text, separator.end()) if separator else None
    if separator is None or run is None or not _is_field(text, label):
        return
    start, end = _joined([match.span() for match in TOKEN.finditer(run[0])], run[0])[0]
    word = bare(run[0][start:end])
    if shapes.clear(word) or (is_persons(label[0]) and shapes.written(word)):
        yield Name(run.start() + start, run.start() + end, shapes.sure(word))


def _is_field(text: str, label: re.Match[str]) -> bool:
    """Whether the label is no part of a sentence: a cell's border or blanks stand behind it, or it begins its cell
    and what is in quotation marks ends it."""
    if _CITE.match(text, label.end()) is None:
        return True
    begins = _BEGINS.search(text, max(0, label.start() - 1), label.start()) is not None
    return begins and _CITED.match(text, label.end()) is not None


def _signed(text: str, labels: list[re.Match[str]]) -> set[int]:
    """Where labels begin that stand in one line with a label of a person: a row of signatures."""
    rows: dict[int, list[re.Match[str]]] = {}
    for label in labels:
        separator = SEPARATOR.match(text, label.end())
        if separator is not None and EXPLICIT.search(separator[0]):
            rows.setdefault(text.rfind("\n", 0, label.start()), []).append(label)
    return {label.start() for row in rows.values() if _is_signed(text, row) for label in row}


def _is_signed(text: str, row: list[re.Match[str]]) -> bool:
    """One of the labels names a person, or a value as long as a name stands behind each."""
    if len(row) < 2 or any(is_persons(one[0]) for one in row):
        return len(row) > 1
    ends = [SEPARATOR.match(text, one.end()) for one in row]
    return all(end is not None and any(whole_value(text, end.end())) for end in ends)


def _is_pair(text: str, start: int, at: int) -> bool:
    """Whether the label, its value and what follows are cells with commas between."""
    value = _CELL.match(text, at)
    if value is None or (start and text[start - 1] not in "\n,，"):
        return False
    after = text[value.end() : value.end() + 1]
    return after in ("", "\n") or names().field.match(text, value.end() + 1) is not None


def _listed(text: str, at: int, explicit: bool, agent: bool, whole: bool = False) -> Iterator[Name]:
    """The names of a list that begins at `at`; an item that is none does not end it, and one that could be a name
    or a word is a name where the others are."""
    passed: list[tuple[int, int]] = []
    named = 0
    apart = False  # by a blank alone
    for count in range(_MOST_LISTED):
        found = list(_item(text, at, explicit or count > 0, agent))
        if not found and whole:
            found = list(whole_value(text, at))
        if found:
            yield from found
            named += 1
            at = _past_notes(text, found[-1].end)
        elif (count or explicit) and len(passed) < 2 and (item := SKIPPED.match(text, at)) is not None:
            if apart:
                break
            passed.append(item.span())
            at = item.end()
        else:
            break
        if (comma := COMMA.match(text, at)) is not None:
            at, apart = comma.end(), False
        elif found and (gap := _GAP.match(text, at)) and not _NEXT_LABEL.match(text, gap.end()):
            at, whole, apart = gap.end(), False, True
        else:
            break
        numbered = _NUMBERED.match(text, at)
        at = numbered.end() if numbered else at
    if named:
        yield from (Name(start, end, False) for start, end in passed if shapes.written(text[start:end]))


def whole_value(text: str, at: int) -> Iterator[Name]:
    """The whole value at `at`, whatever word it is."""
    run = _RUN.match(text, at)
    if run is None or names().field.match(text, at) is not None:
        return
    stop = names().stop.search(text, at + 1, run.end())
    piece = text[at : stop.start() if stop else run.end()].rstrip()
    tokens = _joined([(match.start(), match.end()) for match in TOKEN.finditer(piece)], piece)
    if len(tokens) > 1 and names().office.fullmatch(bare(piece[: tokens[0][1]])):
        tokens = tokens[1:]
    if not tokens:
        return
    start, end = at + tokens[0][0], at + tokens[0][1]
    if shapes.written(bare(text[start:end])) and not _COLON.match(text, end):
        yield Name(start, end, False)


def _past_notes(text: str, at: int) -> int:
    while (note := _NOTE.match(text, at) or names().title.match(text, at)) is not None:
        at = note.end()
    return at


def _item(text: str, at: int, explicit: bool, agent: bool) -> Iterator[Name]:
    """The name that stands at `at`, alone or behind an office or a title."""
    if explicit and (latin := _LATIN.match(text, at)) is not None:
        yield Name(*latin.span(), True)
        return
    if dotted := DOTTED.match(text, at) or (POINTED.match(text, at) if explicit else None):
        yield Name(at, dotted_end(text, *dotted.span()), True)
        return
    run = _RUN.match(text, at)
    if run is None:
        return
    words = names()
    stop = words.stop.search(text, at, run.end())
    closed = stop is not None or _label_follows(text, run.end())
    if stop is not None and stop.start() == at:
        # A title or a field: 局长王强 holds a name behind the title, 职务 none.
        title = words.title.match(text, at)
        if title is not None and title.end() < run.end():
            yield from _item(text, title.end(), explicit, agent)
        return
    end = stop.start() if stop else run.end()
    piece = text[at:end]
    while piece and (piece[-1].isspace() or (closed and piece[-1] in _TRAILING and len(bare(piece)) > 2)):
        piece = piece[:-1]
    yield from _pieces(text, piece, at, explicit or closed, explicit, closed, agent)


def _label_follows(text: str, at: int) -> bool:
    """Whether another field of the form begins behind the blanks at `at`."""
    gap = re.compile(r"\s{1,6}").match(text, at)
    return gap is not None and names().field.match(text, gap.end()) is not None


def dotted_end(text: str, start: int, end: int) -> int:
    """Where a name with a point in it ends: before a label, a title or a verb after its last part."""
    last = max(text.rfind(mark, start, end) for mark in DOTS)
    stop = names().stop.search(text, last + 2, end) or names().follows.search(text, last + 3, end)
    return stop.start() if stop else end


def _pieces(
    text: str, piece: str, at: int, loose: bool, explicit: bool, closed: bool, agent: bool
) -> Iterator[Name]:
    """The first name in a run of characters and blanks."""
    tokens = _joined([(match.start(), match.end()) for match in TOKEN.finditer(piece)], piece)
    if not tokens:
        return
    start, end = tokens[0]
    word = bare(piece[start:end])
    if (
        explicit
        and len(tokens) > 1
        and len(word) > 2
        and names().ends.search(word)
        and not shapes.surnamed(word)
    ):
        tokens = tokens[1:]  # 社会事业股 佟丽雅
        start, end = tokens[0]
        word = bare(piece[start:end])
    alone = len(tokens) == 1
    in_prose = loose and not explicit and (shapes.glued(word) or shapes.in_a_word(text, at + start, at + end))
    if in_prose and _OFFICE.search(text, max(0, at - 14), at) is None:
        return
    if shapes.named(word) and (loose or (agent and (shapes.plain_surnamed(word) or shapes.clear(word)))):
        if explicit and len(word) >= 4 and (behind := list(_behind_office(word, at + start))):
            yield from behind
            return
        yield Name(at + start, at + end, shapes.sure(word))
        if len(word) >= 4 and not word.startswith(names().double):
            yield from _parts(piece, start, end, at)
        return
    if shapes.form_word(word) and not closed and len(word) <= 3:
        return
    follows = names().follows.search(word, 2)
    if follows is not None and word == piece[start:end]:
        head = word[: follows.start()]
        if shapes.surnamed(head, strong=not explicit) and (
            shapes.named(head) if explicit else shapes.plainly(head)
        ):
            yield Name(at + start, at + start + len(head), shapes.sure(head))
            return
    if (length := shapes.leading(word)) and (agent or explicit) and word == piece[start:end]:
        yield Name(at + start, at + start + length, True)
        return
    if explicit and alone and word == piece[start:end]:
        yield from _behind_office(word, at + start)


def _parts(piece: str, start: int, end: int, at: int) -> Iterator[Name]:
    """Names of several people written without anything between."""
    where = start
    for word, tag in dictionary().tag(piece[start:end]):
        if tag.startswith("nr") and len(word) > 1:
            yield Name(at + where, at + where + len(word), shapes.sure(word))
        where += len(word)


def _behind_office(word: str, at: int) -> Iterator[Name]:
    """财政局王强: what follows the last office."""
    for length in (4, 3, 2):
        head, tail = word[:-length], word[-length:]
        if (
            len(head) >= 2
            and names().ends.search(head)
            and shapes.surnamed(tail, strong=True)
            and shapes.named(tail)
        ):
            yield Name(at + len(head), at + len(word), True)
            return


def _joined(tokens: list[tuple[int, int]], piece: str) -> list[tuple[int, int]]:
    """Single characters set apart belong together: 王　强, 欧 阳 明 远."""
    joined: list[tuple[int, int]] = []
    for start, end in tokens:
        if joined:
            before = bare(piece[joined[-1][0] : joined[-1][1]])
            single = end - start == 1 or len(before) == 1
            limit = 4 if before.startswith(names().double) or len(before) == 1 else 3
            if single and len(before) + end - start <= limit and (len(before) == 1 or end - start == 1):
                joined[-1] = (joined[-1][0], end)
                continue
        joined.append((start, end))
    return joined
