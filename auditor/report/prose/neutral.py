"""Whether words before an amount narrow it to a part of the project."""

from __future__ import annotations

from auditor.compiled import compiled

_NEUTRAL = frozenset((
    "截至", "截止", "至", "到", "目前", "本", "该", "此", "当期", "本期", "本次", "今年", "项目", "资金", "全年", "年度", "年", "月", "日", "底", "末",
    "部门", "单位", "县", "市", "区", "省", "级", "财政", "我局", "我单位", "我县", "总", "共", "全部", "上述", "以上",
    "均", "已", "经", "其", "专项", "实际", "累计", "当年", "预算", "安排", "经费", "年中", *"-/.、,，:()",
))  # fmt: skip
_PIECE_OF_NAME = 4
_MONEY_OF = compiled(r"(?:专项|项目|工作)?(?:经费|资金)(?:共计?|为|:)?$")
_SHORTEST_NAME, _LONGEST_NAME = 2, 12
"""Characters of a project's name that stand for it before 经费."""
_CAUSE = 14
"""Characters that "因" may take along: "因政策调整"."""
TWO = compiled(r"[和及与、]")


def without_own_name(clause: str, project: str) -> str:
    """The words before an amount without a piece of the project's name before 经费 or 资金: "年初预算安排养护经费"
    of the project 国省道日常养护 narrows nothing."""
    match = _MONEY_OF.search(clause)
    if match is None or not project:
        return clause
    for size in range(min(_LONGEST_NAME, match.start()), _SHORTEST_NAME - 1, -1):
        if clause[match.start() - size : match.start()] in project:
            return clause[: match.start() - size] + clause[match.start() :]
    return clause


def is_neutral(subject: str, project: str) -> bool:
    """Whether nothing before the role phrase narrows the amount to a part of the project."""
    plain = compiled(r"[^\w]|(?:项目)?(?:经费|资金)$").sub("", subject)
    if len(plain) >= 2 and plain in project and (len(plain) >= 4 or plain != subject):
        return not TWO.search(project.replace(plain, ""))  # one half of "甲及乙" is not the project
    return _all_neutral(_without_name(subject, project))


def _without_name(subject: str, project: str) -> str:
    """What stands around the project's name, or around four characters and more of it where no 和 or 及 makes
    these one half of two: "2022年路灯电费区财政" of "城区路灯电费"."""
    if project and project in subject:
        return subject.replace(project, "")
    for length in range(min(len(subject), len(project)), _PIECE_OF_NAME - 1, -1):
        for start in range(len(subject) - length + 1):
            piece = subject[start : start + length]
            if piece in project and not _all_neutral(piece):
                return subject if TWO.search(project.replace(piece, "")) else subject.replace(piece, "")
    return subject


def _all_neutral(text: str) -> bool:
    """Whether `text` falls apart into neutral words and digits, in whatever way."""
    reached = [True] + [False] * len(text)
    for at, char in enumerate(text):
        if not reached[at]:
            continue
        if char.isdecimal():
            reached[at + 1] = True
        for length in (1, 2, 3):
            if text[at : at + length] in _NEUTRAL:
                reached[min(at + length, len(text))] = True
        if char == "因" and text[at + 1 : at + 2] != "公":
            for end in range(at + 1, min(at + 1 + _CAUSE, len(text)) + 1):
                reached[end] = True
    return reached[-1]


def neutral_start(before: str, project: str) -> bool:
    """The first clause of the sentence names the subject of the later ones."""
    first = compiled(r"[，,]").split(before)[0] if before else ""
    if not first or compiled(r"\d").search(first):
        return True
    return is_neutral(first, project) or not compiled(r"[一二三四]是|[:：]$").search(first)
