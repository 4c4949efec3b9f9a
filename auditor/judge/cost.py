"""What tokens cost, at the prices a bureau has set."""

from __future__ import annotations

from decimal import Decimal

from auditor.figures import show
from auditor.judge.call import Usage
from auditor.judge.endpoint import ModelSettings

_PRICED = Decimal(1_000_000)


def cost(usage: Usage, settings: ModelSettings) -> str:
    """ "0.0123元"; "" where no price is set."""
    if not settings.input_price and not settings.output_price:
        return ""
    paid = usage.prompt_tokens * settings.input_price + usage.completion_tokens * settings.output_price
    return f"{show(paid / _PRICED, 4)}{settings.currency}"
