"""Which pairs are compared at all: those that share a key, each pair once.

Where many share a key, each is compared with its neighbours in time only; how many pairs were left
out so is counted and told. Such a pair is often found by another key.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, Protocol, TypeVar


class Dated(Protocol):
    """What is compared stands in time and has an order of its own."""

    order: str
    first: int | None


T = TypeVar("T", bound=Dated)


class Blocks(Generic[T]):
    """Numbers of ``things`` by key; :meth:`partners` are those to be compared with one."""

    def __init__(
        self, things: Sequence[T], keys: Callable[[T], Iterable[str]], size: int, beside: int
    ) -> None:
        """``size``: how many are compared all with all; ``beside``: neighbours on each side."""
        self._blocks: dict[str, list[int]] = defaultdict(list)
        self._keys = keys
        self._things = things
        self._beside = beside
        in_time = sorted(range(len(things)), key=lambda n: (things[n].first or 0, things[n].order))
        for number in in_time:
            for key in keys(things[number]):
                self._blocks[key].append(number)
        self._at: dict[str, dict[int, int]] = {}
        self.dropped = 0
        for key, block in list(self._blocks.items()):
            if len(block) == 1:
                del self._blocks[key]
            elif len(block) > size:
                self._at[key] = {number: at for at, number in enumerate(block)}
                window = sum(min(beside, len(block) - 1 - at) for at in range(len(block)))
                self.dropped += len(block) * (len(block) - 1) // 2 - window

    def partners(self, number: int) -> set[int]:
        """The numbers of what shares a key with this one."""
        found: set[int] = set()
        for key in self._keys(self._things[number]):
            block = self._blocks.get(key)
            if block is None:
                continue
            if key in self._at:
                at = self._at[key][number]
                block = block[max(0, at - self._beside) : at + self._beside + 1]
            found.update(block)
        found.discard(number)
        return found
