"""Which fields of work a text speaks of: roads, schools, health and the like."""

from __future__ import annotations

from auditor.language import word

SECTORS = {
    "sector_roads": "道路交通", "sector_schools": "教育", "sector_health": "医疗卫生", "sector_elderly": "养老",
    "sector_disabled": "助残", "sector_farming": "农业", "sector_visitors": "旅游", "sector_readers": "图书阅读",
    "sector_utilities": "公用设施", "sector_water": "水利", "sector_green": "绿化",
}  # fmt: skip
"""Entries of the lexicon by what they are called."""


def sectors(text: str) -> frozenset[str]:
    """Entries of the fields that the text speaks of."""
    return frozenset(name for name in SECTORS if word(name).search(text))
