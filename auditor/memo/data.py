"""The memo as JSON."""

from __future__ import annotations

from auditor.memo.render import Material


def write(material: Material) -> str:
    return material.memo.model_dump_json(indent=1) + "\n"
