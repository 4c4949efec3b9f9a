"""Audits by Ray: the same files through the same confined workers, on the processors of this machine or of many.

A task is a handful of files, so that a task costs little beside its work. Ray begins a task again whose process or
machine is lost. Whoever works on it starts a confined worker of its own for the files, as a run without Ray does: limits
and results are the same. Nothing is told to Ray's makers, and a cluster of its own hears only who has its token.
"""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from auditor.extras import how_to_get
from auditor.isolation import Answers, Job, Limits, Pool
from auditor.version import __version__

_TOGETHER = 64
"""Files in a task."""
_AHEAD = 2
"""Tasks per processor that are under way or wait for one."""
_RETRIES = 5
"""Times that a task is begun again whose process was lost."""
_STORE = 160 * 1024 * 1024
"""Bytes of shared memory for results on their way (Ray takes a third of the machine unless it is told)."""


class NoCluster(Exception):
    """Ray cannot be had, or its machines do not fit; one line in Chinese says why."""


class Cluster:
    """An engine of a run (`auditor.season.run.Engine`): up to `count` tasks side by side. To be used as a context."""

    def __init__(self, limits: Limits, count: int, address: str = "") -> None:
        """`address` is that of a cluster that runs already; without it one is started on this machine with `count`
        processors, and ended with the run. Raises `NoCluster`."""
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
        if not address:  # Ray listens on every network of the machine; without the token nobody is heard
            os.environ |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
        try:
            import ray
        except ModuleNotFoundError as error:
            raise NoCluster(f"缺少组件 {error.name}，{how_to_get('ray')}") from None
        self._ray, self._limits = ray, limits
        self._folder = "" if address else tempfile.mkdtemp(prefix="auditor-")
        own = {
            "num_cpus": count, "object_store_memory": _STORE, "include_dashboard": False,
            "_node_ip_address": "127.0.0.1", "_temp_dir": self._folder,
        }  # fmt: skip
        try:
            ray.init(
                address or "local",
                logging_level=logging.ERROR,
                log_to_driver=False,
                **({} if address else own),
            )
        except Exception as error:  # a machine that is too busy makes Ray raise a bare one
            self.close()
            raise NoCluster(f"Ray {'连不上 ' + address if address else '没有启动'}：{_line(error)}") from None
        self.count = int(ray.cluster_resources().get("CPU", 1)) if address else count
        self._task = ray.remote(num_cpus=1, max_retries=_RETRIES)(worked)

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, jobs: Iterable[Job]) -> Iterator[Answers]:
        """The answers to each job, in the order of the jobs. Takes jobs only as fast as answers are taken.

        Raises `NoCluster` where a machine cannot do the work at all."""
        coming = iter(jobs)
        waiting: deque[tuple[int, Any]] = deque()
        while True:
            while len(waiting) < self.count * _AHEAD and (batch := list(islice(coming, _TOGETHER))):
                waiting.append((len(batch), self._task.remote(__version__, self._limits, batch)))
            if not waiting:
                return
            yield from self._answers(*waiting.popleft())

    def _answers(self, count: int, task: Any) -> list[Answers]:
        raised = self._ray.exceptions
        try:
            return list(self._ray.get(task))
        except raised.RayTaskError as error:
            raise NoCluster(f"集群上的机器审核不了：{_line(error.cause or error)}") from None
        except raised.RayError:
            why = f"所在的进程或机器 {_RETRIES + 1} 次中途退出，已放弃"
            return [Answers(stopped=why) for _ in range(count)]

    def close(self) -> None:
        """Ends what was started; a cluster that ran before goes on."""
        self._ray.shutdown()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)


def worked(version: str, limits: Limits, jobs: list[Job]) -> list[Answers]:
    """On any machine: the answers to the jobs. Raises `RuntimeError` where another version is installed, which would
    come to other results."""
    if version != __version__:
        raise RuntimeError(f"装的是 auditor {__version__}，发起审核的是 {version}，请装成同一版本")
    pool = _pool(limits)
    return [pool.ask(job) for job in jobs]


@lru_cache(maxsize=1)
def _pool(limits: Limits) -> Pool:
    """The confined worker of this process, kept for its next tasks."""
    return Pool(limits)


def _line(error: object) -> str:
    return " ".join(str(error).split())[:200]
