"""Chinese numerals: 五, 十二, 一百零三, 三千五百万, 二〇二一; sums written out: 壹拾万零叁佰元整."""

from __future__ import annotations

from decimal import Decimal

from auditor.compiled import compiled

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}

NUMERAL = "[〇零一二两三四五六七八九十百千万亿]"


def parse(text: str) -> int | None:
    """Value of a Chinese numeral; `None` if the characters form no number ("十百", "万三")."""
    if not text:
        return None
    if len(text) > 1 and all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    pending = False  # a digit waits for its power of ten
    power = 10**5
    for char in text:
        if char in _DIGITS:
            if pending and digit:
                return None
            digit, pending = _DIGITS[char], True
        elif char in _SMALL:
            if _SMALL[char] >= power:
                return None
            if not pending:
                if char != "十" or section:
                    return None
                digit = 1
            power = _SMALL[char]
            section += digit * power
            digit, pending = 0, False
        else:
            large = _LARGE[char]
            section += digit
            if section == 0:
                return None
            total = (total + section) * large if total and total < large else total + section * large
            section = digit = 0
            pending, power = False, 10**5
    return total + section + digit


_PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億圆弍貳參陸", "一二三四五六七八九十百千万亿元二二三六")
CAPITAL = (
    r"(?<![零壹贰叁肆伍陆柒捌玖拾佰仟萬億弍貳參陸万亿])[零壹贰叁肆伍陆柒捌玖拾佰仟萬億弍貳參陸万亿]{2,}[元圆]"
    r"(?:零?[壹贰叁肆伍陆柒捌玖]角)?(?:零?[壹贰叁肆伍陆柒捌玖]分)?[整正]?"
)
"""A sum of money written out in full, as contracts and receipts do. In no other text is 壹 a digit."""
_WRITTEN_OUT = compiled(r"(?P<yuan>[^元]+)元(?:零?(?P<jiao>.)角)?(?:零?(?P<fen>.)分)?[整正]?")


def parse_capital(text: str) -> Decimal | None:
    """Sum in 元 of an amount written out in full (`CAPITAL`); `None` if the characters form no number."""
    match = _WRITTEN_OUT.fullmatch(text.translate(_PLAIN))
    yuan = parse(match["yuan"]) if match else None
    if match is None or yuan is None:
        return None
    jiao, fen = (_DIGITS.get(match[name] or "零") for name in ("jiao", "fen"))
    if jiao is None or fen is None:
        return None
    return yuan + Decimal(jiao) / 10 + Decimal(fen) / 100
