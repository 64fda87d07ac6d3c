"""One field after the other on a terminal, decided by a key each; or by lines out of a pipe."""

import os
import sys

import click
from rich.console import Console
from rich.text import Text

from extractor.archive.reviewing.addresses import Address, parse
from extractor.archive.reviewing.deciding import (
    Changed,
    accept,
    complete,
    correct,
    dismiss,
    reject,
    take,
)
from extractor.archive.reviewing.looking import Decision, FieldView, field_of
from extractor.archive.reviewing.queueing import By, queue, waiting
from extractor.archive.reviewing.requests import typed
from extractor.archive.reviewing.selecting import Filter
from extractor.archive.reviewing.supplying import add_missing
from extractor.archive.reviewing.telling import action_words
from extractor.archive.reviewing.undoing import undo
from extractor.archive.reviewing.values import PARTS
from extractor.archive.store import Store
from extractor.cli.review_screen import harmless, relinked, screen, shortened
from extractor.errors import UsageError
from extractor.messages import _

_AT_ONCE = 50
# keys are those of the Indonesian words, and of the English ones where they are free
_KEYS = {
    "": "accept", "t": "accept", "k": "correct", "e": "correct", "x": "reject", "n": "skip",
    "b": "back", "z": "undo", "p": "take", "d": "dismiss", "a": "add", "s": "complete",
    "?": "help", "h": "help", "q": "quit",
}  # fmt: skip


def help_text() -> str:
    """What each key does."""
    return "\n".join(
        (
            _("Enter, t  right: accept, go on"),
            _("k, e      not quite: correct"),
            _("x         not so: reject (of a name: the whole event, person or quote)"),
            _("n         skip; it comes again another time"),
            _("b         back to the field before"),
            _("z         undo my last decision"),
            _("p, d      take, dismiss the newer reading"),
            _("a         add what was missed"),
            _("s         nothing is missing in this release"),
            _("q         leave; every decision is kept already"),
        )
    )


def on_terminal() -> bool:
    """Can single keys be read?"""
    return sys.stdin.isatty() and os.environ.get("TERM", "dumb") != "dumb"


class Answers:
    """Keys and lines of whoever answers; None at the end of them."""

    def __init__(self, console: Console) -> None:
        """``console`` is where is asked."""
        self.console = console
        self.keys = on_terminal()
        self.given = 0

    def key(self, prompt: str) -> str | None:
        """A key, or the first letter of a line."""
        if not self.keys:
            line = self.line(prompt)
            return None if line is None else line.strip()[:1].lower()
        self.console.print(Text(prompt, style="dim"), end="")
        try:
            pressed = click.getchar()
        except (EOFError, KeyboardInterrupt):
            pressed = "q"
        self.console.print()
        return "" if pressed in ("\r", "\n") else pressed[:1].lower()

    def line(self, prompt: str) -> str | None:
        """A line, without its end."""
        self.console.print(Text(prompt, style="dim"), end="")
        line = sys.stdin.readline()
        if not line:
            self.console.print()
            return None
        self.given += 1
        line = line.rstrip("\r\n")
        if not self.keys:  # nobody sees what came through a pipe
            self.console.print(Text(harmless(line)))
        return line


class Session:
    """A person at work: what was shown, what was skipped, how much is done."""

    def __init__(
        self, store: Store, reviewer: str, by: By, chosen: Filter, console: Console
    ) -> None:
        """Begin with the first field of the queue."""
        self.store, self.reviewer, self.by, self.chosen = store, reviewer, by, chosen
        self.console = console
        self.answers = Answers(console)
        self.total = waiting(store, by, chosen, reviewer)
        self.decided = 0
        self.shown: list[Address] = []
        self.skipped: set[Address] = set()
        self.waiting: list[Address] = []
        self.leaving = False

    def run(self) -> int:
        """Until the queue or the answers end; returns how many decisions were made."""
        while not self.leaving:
            address = self._next()
            if address is None:
                self.console.print(_("Nothing waits for review."))
                break
            try:
                view = field_of(self.store, address)
            except UsageError:  # read anew since it was queued
                self.skipped.add(address)
                continue
            self.shown.append(address)
            self._field(view)
        return self.decided

    def _next(self) -> Address | None:
        if not self.waiting:
            found = queue(
                self.store, self.by, self.chosen, _AT_ONCE, self.reviewer,
                leave_out=self.skipped, context=1,
            )  # fmt: skip
            self.waiting = [view.address for view in found]
        return self.waiting.pop(0) if self.waiting else None

    def _field(self, view: FieldView) -> None:
        """Show a field and do what is answered, until that leads on."""
        while True:
            counter = f"{len(self.shown)}/{max(self.total, len(self.shown))}"
            for line in screen(view, counter, colour=self.console.is_terminal):
                self.console.print(line)
            asked = _("[Enter] right  [k] correct  [x] reject  [n] skip  [?] help")
            key = self.answers.key(f"{asked} > ")
            if key is None:
                self.leaving = True
                return
            try:
                if self._answered(_KEYS.get(key), view):
                    return
            except Changed as error:
                self._say(str(error), "red")
                view = error.now
            except UsageError as error:
                self._say(str(error), "red")

    def _answered(self, action: str | None, view: FieldView) -> bool:
        """Do it; true where the next field is to be shown."""
        address, told = view.address, {"reviewer": self.reviewer}
        if action in ("accept", "reject"):
            function = accept if action == "accept" else reject
            self._done(function(self.store, address, seen=view.token, **told))
            return True
        if action == "correct":
            return self._correct(view)
        if action in ("take", "dismiss"):
            if not view.proposals:
                raise UsageError(_("there is no newer reading"))
            which = take if action == "take" else dismiss
            self._done(which(self.store, view.proposals[-1].id, **told))
            return True
        if action == "skip":
            self.skipped.add(address)
            return True
        if action == "back":
            return self._back()
        if action == "undo":
            return self._undo()
        if action == "complete":
            self._done(complete(self.store, view.release, **told))
        elif action == "add":
            self._add(view)
        elif action == "quit":
            self.leaving = True
            return True
        else:
            self._say(help_text())
        return False

    def _correct(self, view: FieldView) -> bool:
        parts = ", ".join(PARTS[view.address.field])
        self._say(
            _("The right words or value; or their place as 120:134; or parts as name=value; …")
            + f"  ({parts})"
        )
        if view.people and view.address.field in ("quote.speaker", "event.participant"):
            self._say(", ".join(f"{key} {name}" for key, name in view.people.items()))
        line = self.answers.line(_("correct") + " > ")
        if line is None or not line.strip():
            return False
        value, span = typed(view.address.field, line)
        told = {"reviewer": self.reviewer, "seen": view.token}
        self._done(correct(self.store, view.address, value, span, **told))
        return True

    def _add(self, view: FieldView) -> None:
        ids = [f"release {view.release_id}"]
        if view.address.kind != "release":
            ids.append(f"{view.address.kind} {view.address.owner}")
        self._say(_("Which field of whom? such as {example}").format(
            example=f"person.name:{view.release_id}") + f"  ({', '.join(ids)})")  # fmt: skip
        field = self.answers.line(_("field") + " > ")
        line = self.answers.line(_("value") + " > ") if field else None
        if not field or not line:
            return
        address = parse(field)
        value, span = typed(address.field, line)
        self._done(
            add_missing(
                self.store, address.field, address.owner, value, span, reviewer=self.reviewer
            )
        )

    def _back(self) -> bool:
        if len(self.shown) < 2:
            raise UsageError(_("this is the first field"))
        here, before = self.shown.pop(), self.shown.pop()
        self.waiting[:0] = [before, here]
        self.skipped.discard(before)
        return True

    def _undo(self) -> bool:
        made = undo(self.store, reviewer=self.reviewer)
        for one in made:
            self._say(_("undone: {field}").format(field=one.address), "green")
        for line in relinked(self.store, made):
            self._say(line)
        self.decided = max(self.decided - len(made), 0)
        if self.shown:
            here = self.shown.pop()
            first = [one.address for one in made if one.address.owner and one.action == "undo"][:1]
            self.shown = [one for one in self.shown if one not in first]
            again = [one for one in first if one != here and one.field in PARTS]
            self.waiting[:0] = [*again, here]
        return True

    def _done(self, decision: Decision) -> None:
        self.decided += 1
        told = action_words()[decision.action]
        self._say(f"{told}  {decision.address}  #{decision.id}", "green")
        for line in relinked(self.store, [decision]):
            self._say(line)

    def _say(self, told: str, style: str = "") -> None:
        self.console.print(Text(harmless(shortened(told), lines=True), style=style))
