"""A mention of a person: a name or a role found in the text, and what vouches for it."""

from dataclasses import dataclass

from extractor.language.people.names import Name
from extractor.language.people.role_chain import Role


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or a role found in the text.

    ``evidence`` is the id of the rule that vouches for it, "" where nothing does; words ``first``
    to ``last`` are the whole of it, with titles and role.
    """

    first: int
    last: int
    evidence: str
    name: Name | None
    titles: tuple[str, ...] = ()
    address: int = -1
    role: Role | None = None
    nickname: bool = False
    short: bool = False
