"""The memo as one HTML file that needs nothing else: the report left, the results right.

Everything is in the file as text and mark-up made here; the script only moves, hides and points. No
word of a report becomes mark-up, and the page may load nothing (Content-Security-Policy).
"""

from auditor.memo.page.frame import write

__all__ = ["write"]
