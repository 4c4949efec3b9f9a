"""Rows that number the columns of a table and hold nothing else: "栏次 | 1 | 2 | 3=1-2 | 4=2/1"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from auditor.compiled import compiled
from auditor.document import Row, Table
from auditor.language.lexicon import word
from auditor.report.align import CellType, cell_type

_NUMBER = compiled(r"[(（]?(?P<n>\d{1,2}|[①-⑳])[)）]?(?P<formula>=[\d①-⑳()（）+\-×*÷/%]{3,40})?")
_FEWEST, _FEWEST_BARE = 2, 4


def without_column_numbers(table: Table) -> Table:
    """The table without the rows that number its columns."""
    rows = tuple(
        row
        for above, row in zip((None, *table.rows), table.rows, strict=False)
        if not numbers_columns(row, above)
    )
    return table if len(rows) == len(table.rows) else Table(rows, table.number)


def numbers_columns(row: Row, above: Row | None = None) -> bool:
    """Whether the cells count on from one column to the next: under a label that says so (栏次), behind columns
    that are lettered (甲 | 乙), with a formula among them, or right under a header from 1 on."""
    texts = [cell.text for cell in row.cells]
    if not texts or not _NUMBER.fullmatch(texts[-1]):
        return False
    lead = next((at for at, text in enumerate(texts) if _NUMBER.fullmatch(text)), len(texts))
    told = all(word("col_number_row").fullmatch(text) for text in texts[:lead])
    numbers = list(_counted(texts[lead:]))
    if not told or len(numbers) < _FEWEST or len(numbers) < len(texts) - lead:
        return False
    if numbers[0] not in (1, lead + 1) or any(later != before + 1 for before, later in pairwise(numbers)):
        return False
    if lead or any("=" in text for text in texts):
        return True
    header = above is not None and all(cell_type(cell.text) is CellType.TEXT for cell in above.cells)
    return header and numbers[0] == 1 and len(numbers) >= _FEWEST_BARE


def _counted(texts: Sequence[str]) -> Iterator[int]:
    """The numbers of the columns, as far as the cells are nothing else."""
    for text in texts:
        match = _NUMBER.fullmatch(text)
        if match is None:
            return
        yield int(match["n"]) if match["n"].isdecimal() else ord(match["n"]) - ord("①") + 1
