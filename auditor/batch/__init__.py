"""Many files: each audited in a process of its own, its memo written at once; then what compares reports."""

from auditor.batch.folder import Delivered, Interrupted, NoFolder, deliver
from auditor.batch.letters import deliver_letters
from auditor.batch.order import Done, Order
from auditor.batch.stream import Audited, Source, Stream
from auditor.batch.together import Together, together

__all__ = [
    "Audited", "Delivered", "Done", "Interrupted", "NoFolder", "Order", "Source", "Stream", "Together", "deliver",
    "deliver_letters", "together",
]  # fmt: skip
