"""The one clear error for a file that cannot be read."""

from __future__ import annotations

NOTHING_SEEN = "图片里没有识别出文字，请看原件是否清楚、方向是否正确"


class UnreadableFile(Exception):
    """A file that cannot be audited: `path` as the user gave it, `reason` in Chinese."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}：{reason}")
        self.path = path
        self.reason = reason
