"""What can go wrong, told so that the reader can mend it.

ExtractorError              everything rilis raises on purpose
├── RuleError               the rule files have faults (all of them, collected)
├── SourceError             an input cannot be read as a draft or an article
│   └── ArchiveError        a database cannot be opened, read or written
├── UsageError              the command or call was given something it cannot use
└── CorpusError             an annotated corpus or its records do not fit
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class ExtractorError(Exception):
    """Base of every error rilis raises; its text names the place and the way out."""


@dataclass(frozen=True, order=True)
class Fault:
    """One fault of a rule file: where it stands, what it is, what was probably meant."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class RuleError(ExtractorError):
    """The rule files have faults; ``faults`` holds all of them, in order."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class SourceError(ExtractorError):
    """An input cannot be read: ``path`` names it, the text says why and what to do."""

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}")


class ArchiveError(SourceError):
    """A database cannot be opened, read or written: ``path`` names it, without its password."""


class UsageError(ExtractorError):
    """The command or call was given something it cannot use."""


class CorpusError(ExtractorError):
    """An annotated corpus, or the records scored against it, do not fit together."""
