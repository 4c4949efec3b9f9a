"""Values beside formulas: a preview, and who reads the file as data, see them before any program has computed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from auditor.compiled import compiled

_FORMULA = compiled(
    r'(<c r="([A-Z]+\d+)"[^>]*>)(<f>.*?</f>)<v\s*/>|(<c r="([A-Z]+\d+)"[^>]*>)(<f>.*?</f>)<v></v>', re.DOTALL
)

Values = Mapping[str, Decimal | str]
"""By cell: "H2"."""


def with_values(content: bytes, sheets: list[Values]) -> bytes:
    """The workbook with those values; `sheets` in the order of its sheets."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            found = compiled(r"xl/worksheets/sheet(\d+)\.xml").fullmatch(part.filename)
            if found and (values := sheets[int(found[1]) - 1]):
                data = _FORMULA.sub(lambda match: _put(match, values), data.decode()).encode()
            new.writestr(part, data)
    return stream.getvalue()


def _put(match: re.Match[str], values: Values) -> str:
    start, cell, formula = (match[1] or match[4], match[2] or match[5], match[3] or match[6])
    value = values.get(cell)
    if value is None:
        return match[0]
    if isinstance(value, str):
        return f'{start.removesuffix(">")} t="str">{formula}<v>{escape(value)}</v>'
    return f"{start}{formula}<v>{value:f}</v>"


def remembered(grid: Any) -> Values:
    """The values that were put into a sheet together with its formulas."""
    found: Values = getattr(grid, "cached_values", {})
    return found
