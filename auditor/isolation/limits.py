"""What one file may cost."""

from __future__ import annotations

from decimal import Decimal

from auditor.values import frozen

_MB = 1024 * 1024
_RULES = 3
"""Rules that may take all the time that one may take, before the others go without."""


@frozen
class Limits:
    """Set in auditor.toml under [limits].

    seconds, seconds_per_mb            to read a file, by the clock, and for each MB of it besides; as much processor
                                       time to read and to check it
    megabytes                          memory of the process that works on it
    scan_seconds, scan_megabytes       to recognise one scanned page, and the memory for it
    rule_seconds, rule_seconds_per_mb  for one rule on one report, in processor time, and for each MB of text
    """

    seconds: Decimal = Decimal(10)
    seconds_per_mb: Decimal = Decimal(1)
    megabytes: int = 800
    scan_seconds: Decimal = Decimal(60)
    scan_megabytes: int = 2000
    rule_seconds: Decimal = Decimal("1.5")
    rule_seconds_per_mb: Decimal = Decimal(10)

    def reading(self, size: int) -> float:
        """Seconds to read a file of that many bytes."""
        return float(self.seconds + self.seconds_per_mb * size / _MB)

    def rule(self, chars: int) -> float:
        """Processor seconds of one rule on a report of that many characters."""
        return float(self.rule_seconds + self.rule_seconds_per_mb * chars / _MB)

    def rules(self, chars: int) -> float:
        """Processor seconds of all rules together on a file of that many characters."""
        return _RULES * self.rule(chars)
