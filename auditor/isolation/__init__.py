"""Below every floor: work on a hostile file happens in a process that can be ended. Knows nothing of files
or reports; a job is the name of a generator function and its arguments."""

from auditor.isolation.allowance import extend, more_memory, processor_left, scanning, started
from auditor.isolation.budget import Budget
from auditor.isolation.file_lock import locked
from auditor.isolation.frames import BrokenFrame, receive, send
from auditor.isolation.limits import Limits
from auditor.isolation.pool import Answers, Job, Pool, processors
from auditor.isolation.time_limit import OutOfTime, within

__all__ = [
    "Answers", "BrokenFrame", "Budget", "Job", "Limits", "OutOfTime", "Pool", "extend", "locked", "more_memory",
    "processor_left", "processors", "receive", "scanning", "send", "started", "within",
]  # fmt: skip
