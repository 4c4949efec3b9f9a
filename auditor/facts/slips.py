"""The most likely slip behind a difference. A hint for the reader, never a fact."""

from __future__ import annotations

from decimal import Decimal

from auditor.figures import Figure, show

ODD_ROUNDING = "凑整很少差这么多，请按未取整的数核对。"
"""Said of a sum that only rounding of an odd kind could explain."""


def likely_slip(parts: list[Figure], names: list[str], whole: Figure) -> str:
    """One sentence on the slip that explains why `parts` do not add up to `whole`, or ""."""
    summed = sum((part.amount for part in parts), Decimal(0))
    for part, name in zip(parts, names, strict=True):
        needed = (whole.amount - (summed - part.amount)) / part.scale
        if part.amount == whole.amount and len(parts) > 1:
            return f"“{name}”与合计同为 {part.digits}，疑把合计数填进了本行；按合计倒推应为 {show(needed)}。"
        if _transposed(part.value, needed):
            return f"“{name}” {part.digits} 疑为 {show(needed)} 的数字颠倒。"
        if part.value and needed in (part.value * 10000, part.value / 10000):
            return f"“{name}” {part.digits} 疑差一万倍（元与万元）。"
    for part, name in zip(parts, names, strict=True):
        if summed - whole.amount == part.amount:
            return f"差额正好是“{name}” {part.digits}，合计疑未计入该项。"
    if _transposed(whole.value, summed / whole.scale):
        return f"合计 {whole.digits} 疑为 {show(summed / whole.scale)} 的数字颠倒。"
    return ""


def _transposed(written: Decimal, needed: Decimal) -> bool:
    """Whether two neighbouring digits are swapped."""
    a, b = show(written), show(needed)
    if len(a) != len(b) or a == b or needed < 0:
        return False
    differing = [at for at, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    return (
        len(differing) == 2
        and differing[1] - differing[0] <= 2
        and a[differing[0]] == b[differing[1]]
        and a[differing[1]] == b[differing[0]]
    )
