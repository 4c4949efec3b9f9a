"""The process that does the work. Takes jobs from standard input until it ends; its standard output is for
messages only, so whatever a library prints goes nowhere."""

from __future__ import annotations

import os
import signal
from importlib import import_module
from typing import IO, Any

from auditor.compiled import keep
from auditor.isolation import allowance
from auditor.isolation.frames import receive, send

_MB = 1024 * 1024


def main() -> None:
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to act on
    limits = receive(source, trusted=True)
    allowance.confine(limits, lambda kind, value: send(sink, (kind, value)))
    send(sink, ("ready", 0))
    while (job := receive(source, trusted=True)) is not None:
        place, arguments, seconds = job
        allowance.begin(seconds)
        spent = _serve(place, arguments, seconds, sink)
        allowance.end()
        keep()  # a worker is killed when it is needed no more: it comes to no end of its own
        # Memory that was taken is seldom given back: a large file must not make the next one fail.
        retire = spent or allowance.peak() > limits.megabytes * _MB // 2
        send(sink, ("done", retire))
        if retire:
            return


def _serve(place: str, arguments: tuple[Any, ...], seconds: float, sink: IO[bytes]) -> bool:
    """Sends what the job yields; whether this process is the worse for it."""
    module, _, function = place.partition(":")
    try:
        for answer in getattr(import_module(module), function)(*arguments):
            send(sink, ("item", answer))
            allowance.answered(seconds)
    except MemoryError:
        send(sink, ("memory", 0))
        return True
    except OSError:
        raise  # nobody listens any more
    except BaseException as error:
        send(sink, ("broken", " ".join(f"{type(error).__name__}: {error}".split())[:200]))
    return False


if __name__ == "__main__":
    main()
