"""Worker processes of our own: a task that hangs, crashes or eats memory costs itself alone.

The pools of the standard library die with a killed worker and leave orphans when they are killed
themselves. Here the parent talks to each worker over a pipe of its own: it sees at once who died or
is late, starts another, and goes on; workers end with their parent.
"""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from ctypes import CDLL
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from extractor.errors import ExtractorError
from extractor.messages import _

try:
    import resource
except ImportError:  # not on Windows: no limit of memory there
    resource = None  # type: ignore[assignment]

Task = TypeVar("Task")
Result = TypeVar("Result")

# Tasks under way or waiting for an earlier one, per worker: what bounds the memory of a run.
_AHEAD = 32
_START_SECONDS = 300.0
# A worker may be killed for no fault of its task: once more, then the task is to blame.
_TRIES = 2
_UNFIT = 3
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Outcome(Generic[Task, Result]):
    """What became of a task: its ``result``, or the ``error`` that says why there is none.

    ``skipped``: the result was there before.
    """

    task: Task
    result: Result | None = None
    error: str | None = None
    skipped: bool = False


def run(
    tasks: Iterable[Task | Outcome[Task, Result]],
    make: Callable[[], Callable[[Task], Result]],
    workers: int,
    seconds: Callable[[Task], float] | None = None,
    memory: int | None = None,
) -> Generator[Outcome[Task, Result], None, None]:
    """Outcomes of all tasks in their order, as they become known; an Outcome among the tasks is
    passed on as it is.

    ``make`` runs once in each worker and gives the function that does a task; it, tasks and results
    must pickle. ``seconds`` is how long a task may take, ``memory`` how many bytes a worker may use
    beyond what it holds once made. Raises ExtractorError where workers cannot start. Closing the
    iterator, or any exception, ends all workers.
    """
    pool = _Pool(make, workers, seconds, memory)
    source = enumerate(tasks)
    settled: dict[int, Outcome[Task, Result]] = {}
    given = due = 0
    more = True
    try:
        while more or due < given:
            while more and given - due < workers * _AHEAD and pool.has_room():
                index, task = next(source, (-1, None))
                if index < 0:
                    more = False
                    break
                given = index + 1
                if isinstance(task, Outcome):
                    settled[index] = task
                else:
                    pool.start(index, task)
            if due not in settled and due < given:
                settled.update(pool.collect())
            while due in settled:
                yield settled.pop(due)
                due += 1
    finally:
        pool.stop()


class _Worker:
    """One process and its pipe; ``task`` is what it works on, or will once it is ready."""

    def __init__(self, process: Any, connection: Connection) -> None:
        self.process = process
        self.connection = connection
        self.ready = False
        self.index = -1
        self.task: Any = None
        self.tries = 0
        self.deadline = float("inf")

    def end(self) -> int | None:
        """Kill the process if it lives; its exit status."""
        self.connection.close()
        self.process.kill()
        self.process.join()
        status: int | None = self.process.exitcode
        self.process.close()
        return status


class _Pool:
    def __init__(
        self,
        make: Callable[[], Callable[[Any], Any]],
        most: int,
        seconds: Callable[[Any], float] | None,
        memory: int | None,
    ) -> None:
        methods = multiprocessing.get_all_start_methods()
        # Never fork: the parent may have threads and open files that a worker must not inherit.
        self._context: Any = multiprocessing.get_context(
            "forkserver" if "forkserver" in methods else "spawn"
        )
        self._context.set_forkserver_preload(["extractor.batch"])
        self._make, self._most, self._seconds, self._memory = make, most, seconds, memory
        self._idle: list[_Worker] = []
        self._busy: list[_Worker] = []
        self._unfit = 0

    def has_room(self) -> bool:
        return len(self._busy) < self._most

    def start(self, index: int, task: Any, tries: int = 1) -> None:
        """Give a task to a worker that is free, else to a new one."""
        worker = self._idle.pop() if self._idle else self._new()
        worker.index, worker.task, worker.tries = index, task, tries
        self._busy.append(worker)
        if worker.ready:
            self._send(worker)

    def collect(self) -> dict[int, Outcome[Any, Any]]:
        """Outcomes of the tasks that ended, after waiting for the first of them or a deadline."""
        settled: dict[int, Outcome[Any, Any]] = {}
        soonest = min(worker.deadline for worker in self._busy)
        seconds = max(0.0, soonest - time.monotonic()) if soonest < float("inf") else None
        heard = set(wait([worker.connection for worker in self._busy], seconds))
        for worker in tuple(self._busy):
            if worker.connection in heard:
                outcome = self._hear(worker)
            elif worker.deadline <= time.monotonic():
                outcome = self._late(worker)
            else:
                continue
            if outcome is not None:
                settled[worker.index] = outcome
        return settled

    def stop(self) -> None:
        for worker in (*self._busy, *self._idle):
            worker.end()
        self._busy.clear()
        self._idle.clear()

    def _new(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_serve, args=(theirs, self._make, self._memory), daemon=True
        )
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        worker.deadline = time.monotonic() + _START_SECONDS
        return worker

    def _send(self, worker: _Worker) -> None:
        allowed = self._seconds(worker.task) if self._seconds else float("inf")
        worker.deadline = time.monotonic() + allowed
        with suppress(OSError):  # where it died, its pipe says so when it is read
            worker.connection.send(worker.task)

    def _hear(self, worker: _Worker) -> Outcome[Any, Any] | None:
        try:
            said, value = worker.connection.recv()
        except (EOFError, OSError):
            return self._dead(worker)
        if said == "ready":
            worker.ready = True
            self._unfit = 0
            self._send(worker)
            return None
        self._busy.remove(worker)
        if said == "unfit":
            worker.end()
            raise ExtractorError(_("no worker can start: {reason}").format(reason=value))
        if said == "spent":
            worker.end()
        else:
            worker.deadline = float("inf")
            self._idle.append(worker)
        if said == "done":
            return Outcome(worker.task, value)
        return Outcome(worker.task, error=value)

    def _late(self, worker: _Worker) -> Outcome[Any, Any]:
        self._busy.remove(worker)
        worker.end()
        if not worker.ready:
            raise ExtractorError(_("no worker can start: it took too long"))
        allowed = self._seconds(worker.task) if self._seconds else 0.0
        said = _("took longer than {seconds:g} s and was stopped; allow more with --timeout")
        return Outcome(worker.task, error=said.format(seconds=allowed))

    def _dead(self, worker: _Worker) -> Outcome[Any, Any] | None:
        self._busy.remove(worker)
        worker.process.join(5)
        status = worker.end()
        if not worker.ready:
            self._unfit += 1
            if self._unfit >= _UNFIT:
                raise ExtractorError(_("no worker can start: each died at once"))
            self.start(worker.index, worker.task, worker.tries)
            return None
        if worker.tries < _TRIES:
            self.start(worker.index, worker.task, worker.tries + 1)
            return None
        said = _("its worker died twice ({how})").format(how=_how(status))
        return Outcome(worker.task, error=said)


def _how(status: int | None) -> str:
    if status is not None and status < 0:
        try:
            return signal.Signals(-status).name
        except ValueError:
            return f"signal {-status}"
    return f"exit status {status}"


def _serve(
    connection: Connection, make: Callable[[], Callable[[Any], Any]], memory: int | None
) -> None:
    """The life of a worker: make, then do one task after the other until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to hear
    _end_with_parent()
    try:
        work = make()
    except BaseException as error:
        connection.send(("unfit", reason_of(error)))
        return
    if memory is not None:
        _limit_memory(memory)
    connection.send(("ready", None))
    said = ""
    while said != "spent":
        try:
            said, value = _do(work, connection.recv())
            connection.send((said, value))
        except (EOFError, BrokenPipeError):
            return
        except MemoryError:  # in the pipe itself
            said = "spent"
            connection.send((said, _too_large()))
        except Exception as error:  # a result that does not pickle
            connection.send(("failed", reason_of(error)))


def _do(work: Callable[[Any], Any], task: Any) -> tuple[str, Any]:
    try:
        return "done", work(task)
    except MemoryError:
        # What is left of the memory is unsure: this worker makes room for a fresh one.
        return "spent", _too_large()
    except BaseException as error:
        return "failed", reason_of(error)


def _too_large() -> str:
    return _("needs more memory than a worker may use; take fewer --workers")


def reason_of(error: BaseException) -> str:
    """An error in one line: our own by their text, others by their name too."""
    if isinstance(error, MemoryError):
        return _("needs more memory than there is")
    if isinstance(error, ExtractorError):
        return str(error)
    return f"{type(error).__name__}: {error}".removesuffix(": ")


def _end_with_parent() -> None:
    """End this process when its parent ends, however that comes about."""
    if sys.platform == "linux":
        # Holds even while C code keeps the interpreter from running the thread below.
        CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        watch = threading.Thread(target=_follow, args=(parent,), daemon=True)
        watch.start()


def _follow(parent: Any) -> None:
    parent.join()
    os._exit(1)


def _limit_memory(extra: int) -> None:
    if resource is None:
        return
    used = 0
    if sys.platform == "linux":
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            used = int(file.read().split()[0]) * resource.getpagesize()
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = used + extra
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    with suppress(ValueError, OSError):  # some systems know the limit but refuse to set it
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
