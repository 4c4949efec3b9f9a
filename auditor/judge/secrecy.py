"""Secrecy markings: a marked report does not go to an endpoint that is not declared local."""

from __future__ import annotations

import re

from auditor.judge.endpoint import Endpoint

# In the margin of a Chinese official document: "秘密", "机密★1年", "绝密 ★ 长期", "★机密", "密级：内部".
_GRADE = r"(?:绝[ \t\u3000]{0,4}密|机[ \t\u3000]{0,4}密|秘[ \t\u3000]{0,4}密)级?"
_INNER = r"(?:工[ \t\u3000]{0,2}作[ \t\u3000]{0,2}秘[ \t\u3000]{0,2}密|内部(?:资料|文件|使用|材料|参考)?|内[ \t\u3000]{1,4}部)"
_TERM = r"(?:\d{1,2} {0,2}年|\d{1,2} {0,2}个?月|长期|启用前|公开前|解密前)"
_STAR = r"[★☆\*＊✩⭐]"

_ALONE = re.compile(
    rf"[\[【(（<《]?(?:{_STAR} ?)?({_INNER}|{_GRADE})[ \t]{{0,4}}(?:{_STAR}[ \t]{{0,4}}{_TERM}?|{_TERM})?"
    rf"(?:[,，;；、]?(?:注意保存|不得外传|严禁外传|请勿外传|妥善保管|不得公开))?[\]】)）>》]?"
)
_STARRED = re.compile(
    rf"({_GRADE})[ \t]{{0,4}}{_STAR}[ \t]{{0,4}}(?:{_TERM}|$)|{_STAR}[ \t]{{0,2}}({_GRADE})(?![\u4e00-\u9fff])"
)
_FIELD = re.compile(
    rf"(?:密级|保密等级|保密级别|定密|秘密等级|涉密等级)[ \t]{{0,4}}[:：|\t]{{0,3}}[ \t]{{0,4}}({_INNER}|{_GRADE})(?![\u4e00-\u9fff])"
)
_INNER_LINE = re.compile(
    r"[\[【(（]?(内部(?:资料|文件|材料|使用))[,，、 ]?(?:注意保存|不得外传|严禁外传|请勿外传|妥善保管|不得公开|严禁复制)"
)
# A number that somebody set before the line ("[12] ", "3|", "S4：") is not part of it.
_NUMBERED = re.compile(
    r"^[ \t\u3000\ufeff#>*\-]{0,8}(?:[\[【(]?[A-Za-z]{0,2}\d{1,5}[\]】)|:：.、][ \t]{0,4})?"
)
_BLANK = re.compile(r"[ \t\u3000|]+")


def marking(text: str) -> str | None:
    """The secrecy marking a document bears: 绝密, 机密, 秘密, 内部 or 工作秘密; `None` without one.

    A marking stands alone on its line or in its cell, bears a star, or is the value of 密级.
    The same words inside a sentence ("保守国家秘密", "内部控制") are no marking.
    """
    for line in text.splitlines():
        if "密" not in line and "内" not in line:
            continue
        if found := _FIELD.search(line) or _STARRED.search(line) or _INNER_LINE.match(_bare(line)):
            return _named(next(group for group in found.groups() if group))
        if found := _ALONE.fullmatch(_bare(line)):
            return _named(found[1])
        for cell in re.split(r"[\t|｜]", line):
            # A cell that says 内部 may be an answer to "内部还是外部".
            if (found := _ALONE.fullmatch(cell.strip())) and "密" in found[1]:
                return _named(found[1])
    return None


def refusal(text: str, where: Endpoint | None) -> str | None:
    """Why a report must not go there, in Chinese; `None` if it may. `where` None: nobody knows where."""
    if where is not None and where.local:
        return None
    mark = marking(text)
    if mark is None:
        return None
    target = f"{where.host}（未声明为本地）" if where is not None else "去向不明的地方"
    return f"报告标有“{mark}”，不发往{target}"


def _bare(line: str) -> str:
    return _NUMBERED.sub("", line, count=1).strip(" \t\u3000*")


def _named(written: str) -> str:
    word = _BLANK.sub("", written)
    if word.startswith("内部"):
        return "内部"
    return word.removesuffix("级")
