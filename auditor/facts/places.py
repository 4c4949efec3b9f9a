"""Whose report it is, and which other places of its level act in it.

柳河镇人民政府承担本项目            柳河镇: it carries the project
石桥镇人民政府完成任务              another township that acts: left from another report
柳河镇、石桥镇共同实施              a list of those that took part
到石桥镇学习考察                    named, but it does not act
石桥镇环境得到改善                  the good is told of another place: left from another report
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import View
from auditor.language import word
from auditor.report.model import Report, TextKind
from auditor.values import frozen

_LEVELS = {"省": 1, "市": 2, "州": 2, "县": 3, "区": 3, "旗": 3, "镇": 4, "乡": 4, "街道": 4}
_CITY = 2
_SHOWN = 30


@frozen
class Place:
    """A place with the body that acts for it ("石桥镇人民政府").

    name   the place alone · level  1 province … 4 township
    acts   it is the subject of what is told, alone and not in a list · carries  it says that the project is its own
    """

    name: str
    level: int
    view: View
    clause: str
    acts: bool
    carries: bool

    def same_as(self, other: Place) -> bool:
        """Whether the names may be of one place: "东山镇" and "青禾县东山镇"."""
        return self.name.endswith(other.name) or other.name.endswith(self.name)


def own_places(report: Report) -> list[Place]:
    """The place of the report's unit or title; where these name none, the one that says the project is its own."""
    for text in (report.unit, report.title):
        found = list(_named(text))
        if found:
            lowest = max(level for _, level in found)
            name = next(name for name, level in found if level == lowest)
            view = report.title_view or report.passages[0].view
            return [*_carriers(report, lowest)] or [Place(name, lowest, view, text, True, True)]
    return list(_carriers(report, 0))


def _carriers(report: Report, above: int) -> Iterator[Place]:
    """Places below `above` that the text says carry the project."""
    seen: list[Place] = []
    for place in places(report):
        if place.carries and place.level > above and not any(place.same_as(one) for one in seen):
            seen.append(place)
            yield place


def places(report: Report) -> Iterator[Place]:
    """Every place of the running text that is named with a body of its own."""
    for passage in report.prose:
        if passage.kind is not TextKind.PROSE:
            continue
        for match in word("body_of_place").finditer(passage.text):
            left, right = passage.structure.clause_span(match.start(), match.end())
            before, behind = passage.text[left : match.start()], passage.text[match.end() : right]
            sentence = passage.text[slice(*passage.structure.sentence_span(match.start()))]
            several = len(list(word("body_of_place").finditer(sentence))) > 1
            found = list(_named(match["place"]))
            if not found or not _opens_with_place(match["place"]):
                continue
            name, level = found[-1]
            alone = not word("place_apart").search(before + behind) and not several
            subject = not before.strip() and not word("place_as_object").match(match["place"])
            acts = alone and subject and bool(word("acts").search(behind))
            carries = bool(word("carries").search(behind))
            view = passage.view.part(match.start(), right)
            yield Place(name, level, view, passage.text[match.start() : right][:30], acts, carries)


def foreign(report: Report, home: Place) -> Iterator[Place]:
    """Places of the level of `home` that act as it would, or of which the good is told that was done to it; none
    that the report names as a partner, a neighbour or an example."""
    partners = "\n".join(
        passage.text[slice(*passage.structure.sentence_span(match.start()))]
        for passage in report.prose
        for match in word("place_related").finditer(passage.text)
    )
    for place in (*places(report), *_improved(report)):
        if (
            place.level == home.level
            and place.acts
            and not home.same_as(place)
            and place.name not in partners
        ):
            yield place


def _improved(report: Report) -> Iterator[Place]:
    """Places for whose good something was done: "石桥镇环境得到改善", "加强石桥镇水库管理". A city may be the one
    above that of the report."""
    for passage in report.prose:
        if passage.kind is not TextKind.PROSE or not word("place_improved").search(passage.text):
            continue
        for match in word("place_improved").finditer(passage.text):
            # With what follows it: "促进区域" names no 促进区, "镇村两级" no town.
            found = list(_named(passage.text[match.start("place") : match.end("place") + 2]))
            end = passage.structure.sentence_span(match.start())[1]
            if not found or word("place_apart").search(passage.text, match.start(), match.end()):
                continue
            name, level = found[-1]
            if match["place"] != name or level == _CITY:
                continue
            view = passage.view.part(match.start("place"), min(match.end() + _SHOWN, end))
            yield Place(name, level, view, view.text[:_SHOWN], True, False)


def _opens_with_place(text: str) -> bool:
    """Whether nothing but lead words stands before the first place: "经集体研究和县" names none, for all that its last
    characters look like one."""
    return word("place").match(word("place_lead").sub("", text)) is not None


def _named(text: str) -> Iterator[tuple[str, int]]:
    """Places in a text with their level, highest first."""
    for match in word("place").finditer(text):
        name = word("place_lead").sub("", match.group())
        if len(name) > len(match["kind"]) and not word("names_no_place").search(name):
            yield name, _LEVELS[match["kind"]]
