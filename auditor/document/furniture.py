"""Lines of the web page around a report that come along when it is copied: where it stands, what to click."""

from __future__ import annotations

from auditor.compiled import compiled

_PLACE = compiled(
    r"(?:您|你)?(?:现在|当前|目前)?(?:所在)?的?(?:位置|栏目)[:：]\s*\S{1,12}(?:\s*[>＞»›→/]+\s*\S{1,20}){1,8}"
)
_PATH = compiled(r"首页(?:\s*[>＞»›→]+\s*[^\s>＞»›→\d]{1,20}){1,8}")
_CLICKS = compiled(
    r"(?:(?:[【\[(（]\s*)?(?:打印(?:本页|此页)?|关闭(?:窗口|本页)?|收藏|返回(?:顶部|首页|上一页)?|分享到?|我要纠错|下载|大|中|小|字体|字号)"
    r"(?:\s*[】\])）])?[\s:：|丨]*){2,8}"
)


def is_furniture(line: str) -> bool:
    """Whether the line belongs to the page of a site, not to the report on it: no figure stands in it."""
    text = line.strip()
    return len(text) <= 120 and any(pattern.fullmatch(text) for pattern in (_PLACE, _PATH, _CLICKS))
