"""A task that hangs, crashes or eats memory costs itself alone; nobody is left behind.

Workers evaluate the expressions they are given: no pipeline has to start.
"""

import operator
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from extractor.batch.pool import Outcome, run
from extractor.errors import ExtractorError

EVALUATE = partial(operator.itemgetter(0), (eval,))
HANG = "__import__('time').sleep(600)"
EXIT = "__import__('os')._exit(3)"
KILL = "__import__('os').kill(__import__('os').getpid(), 9)"
PID = "__import__('os').getpid()"


def test_bad_tasks_cost_themselves_alone() -> None:
    ready = Outcome[str, object]("before", "kept", skipped=True)
    tasks = ["1 + 1", HANG, EXIT, ready, KILL, "bytearray(10**12)", "1 / 0", "lambda: 0", "'x' * 9"]
    found = list(run(tasks, EVALUATE, workers=2, seconds=lambda task: 2.0, memory=1 << 29))
    assert [one.task for one in found] == [
        one if isinstance(one, str) else "before" for one in tasks
    ]
    assert [one.result for one in found] == [2, None, None, "kept", *[None] * 4, "xxxxxxxxx"]
    assert found[3] is ready
    for one, said in zip(
        [found[i] for i in (1, 2, 4, 5, 6, 7)],
        ["longer than 2 s", "exit status 3", "SIGKILL", "memory", "ZeroDivisionError", "pickle"],
        strict=True,
    ):
        assert said in (one.error or "")


def test_a_worker_killed_for_no_fault_of_its_task_loses_nothing() -> None:
    outcomes = run([PID, *["__import__('time').sleep(0.2) or 7"] * 4], EVALUATE, workers=1)
    os.kill(int(str(next(outcomes).result)), signal.SIGKILL)
    assert [one.result for one in outcomes] == [7] * 4


def test_a_task_that_kills_its_worker_is_tried_twice(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    flags = os.O_CREAT | os.O_APPEND | os.O_WRONLY
    mark = f"__import__('os').write(__import__('os').open({str(trace)!r}, {flags}), b'x')"
    (one,) = run([f"{mark} and {EXIT}"], EVALUATE, workers=1)
    assert "died twice" in (one.error or "")
    assert trace.read_bytes() == b"xx"


def test_tasks_are_asked_for_as_they_can_be_done() -> None:
    asked = 0

    def endless() -> "object":
        nonlocal asked
        while True:
            asked += 1
            yield str(asked)

    outcomes = run(endless(), EVALUATE, workers=2)  # type: ignore[arg-type]
    assert [next(outcomes).result for _ in range(300)] == list(range(1, 301))
    assert asked <= 300 + 2 * 32
    outcomes.close()


def test_workers_that_cannot_start_are_said_once() -> None:
    with pytest.raises(ExtractorError, match="no worker can start: ZeroDivisionError"):
        list(run(["1"], partial(divmod, 1, 0), workers=2))  # type: ignore[arg-type]
    with pytest.raises(ExtractorError, match="each died at once"):
        list(run(["1"], partial(os._exit, 4), workers=2))  # type: ignore[arg-type]


SCRIPT = f"""
import operator, signal, sys
from functools import partial
from pathlib import Path
from extractor.batch.pool import run
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in a shell's background
    busy = "print(__import__('os').getpid(), flush=True) or {HANG}"
    list(run([busy, busy], partial(operator.itemgetter(0), (eval,)), workers=2))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_workers_end_with_their_parent(tmp_path: object, how: signal.Signals) -> None:
    script = f"{tmp_path}/many.py"
    with open(script, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(SCRIPT)
    with subprocess.Popen(
        [sys.executable, script],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as parent:
        assert parent.stdout is not None
        workers = [int(parent.stdout.readline()) for _ in range(2)]
        parent.send_signal(how)
        try:
            parent.wait(20)
        finally:
            parent.kill()
        until = time.monotonic() + 10
        while any(alive(pid) for pid in workers) and time.monotonic() < until:
            time.sleep(0.05)
        assert not any(alive(pid) for pid in workers)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:  # noqa: PTH123
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
