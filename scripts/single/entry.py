"""Where the single file begins: the command line, or a worker of one that runs already."""

import os
import sys

from auditor.isolation.pool import WORKER


def _as_before() -> None:
    """Other programs (LibreOffice) find their own libraries, not those that this file unpacked for itself."""
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", "")
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before:
        os.environ["LD_LIBRARY_PATH"] = before


if __name__ == "__main__":
    _as_before()
    if sys.argv[1:] == [WORKER]:
        from auditor.isolation.worker import main
    else:
        from auditor.cli import main
    main()
