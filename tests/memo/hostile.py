"""A memo whose every word is meant to break the file that is made of it."""

from __future__ import annotations

from auditor.lazy_models import BaseModel
from auditor.memo import Memo

HOSTILE = (
    "甲\x0b乙\ud800丙\ufffe\uffff\x00{{正文}}{{ 附件 }}{{标题}}{{foo}}</w:t><b>&amp;&lt;]]>\u202e"
    "=1+1\t|x|$a^{b$\r\n" + "A" * 200 + "长" * 200
)
_KEPT = {
    "fingerprint", "sha256", "verdict", "severity", "origin", "kind", "schema_version", "mode", "media_type",
    "budget", "paid", "weight", "score", "recomputed", "self_score", "recomputed_score", "related", "rule",
}  # fmt: skip


def spoil(memo: Memo, words: str = HOSTILE) -> Memo:
    """`memo` with `words` in place of every text."""
    _spoil(memo, words)
    return memo


def _spoil(model: BaseModel, words: str) -> None:
    for name in type(model).model_fields:
        value = getattr(model, name)
        if name in _KEPT:
            continue
        if isinstance(value, str):
            setattr(model, name, words)
        elif isinstance(value, BaseModel):
            _spoil(value, words)
        elif isinstance(value, list):
            setattr(model, name, [words if isinstance(one, str) else one for one in value])
            for one in value:
                if isinstance(one, BaseModel):
                    _spoil(one, words)
