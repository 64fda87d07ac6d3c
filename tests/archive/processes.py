"""Work in a process of its own, which can be killed."""

import multiprocessing
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection as Pipe
from multiprocessing.process import BaseProcess
from typing import Any

# forked: it has everything loaded, and starts at once
_fork = multiprocessing.get_context("fork")


def started(work: Callable[..., None], *arguments: Any) -> tuple[BaseProcess, Pipe]:
    """``work(pipe, *arguments)`` in a process of its own."""
    mine, its = _fork.Pipe()
    process = _fork.Process(target=work, args=(its, *arguments))
    process.start()
    its.close()
    return process, mine


def heard(pipe: Pipe) -> Iterator[Any]:
    """What the process says, until it is gone."""
    try:
        while True:
            yield pipe.recv()
    except EOFError:
        pipe.close()
