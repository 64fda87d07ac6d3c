"""A field on a terminal: its words in their text, rule, confidence, rivals, decisions."""

from collections.abc import Iterable, Iterator

from rich.text import Text

from extractor.archive.reviewing.looking import Decision, FieldView
from extractor.archive.reviewing.relinking import stale_links
from extractor.archive.reviewing.telling import action_words
from extractor.archive.store import Store
from extractor.messages import _

_LONGEST = 1500  # characters of words or a value that are shown; the middle of longer ones is not


def harmless(text: str, lines: bool = False) -> str:
    """Text of others without what moves a terminal's cursor or turns its writing around.

    Line ends stay where ``lines``; blanks of all kinds become blanks, other invisible signs their
    code.
    """
    return "".join(
        one
        if one.isprintable() or (lines and one == "\n")
        else " "
        if one.isspace()
        else f"\\x{ord(one):02x}"
        if ord(one) < 256
        else f"\\u{ord(one):04x}"
        for one in text
    )


def shortened(text: str, longest: int = _LONGEST) -> str:
    """A long text without its middle, and how much that is."""
    if len(text) <= longest:
        return text
    half = longest // 2
    left_out = _("… {n} characters …").format(n=len(text) - 2 * half)
    return f"{text[:half]} {left_out} {text[-half:]}"


def states() -> dict[str, str]:
    """The states of a field in words."""
    return {
        "unreviewed": _("unreviewed"),
        "accepted": _("accepted"),
        "corrected": _("corrected"),
        "rejected": _("rejected"),
    }


def _line(name: str, *values: str | Text) -> Text:
    line = Text(f"  {name}: ", style="dim")
    for value in values:
        line.append_text(value if isinstance(value, Text) else Text(value, style="not dim"))
    return line


def confidence(view: FieldView) -> str:
    """Rule, its version and confidence in a few words."""
    if view.rule is None:
        return _("no rule")
    sure = "" if view.confidence is None else f"{view.confidence:.2f} "
    return f"{sure}{harmless(view.rule)} ({_('rules')} {harmless(view.rules_version or '')})"


def screen(view: FieldView, counter: str, colour: bool) -> Iterator[Text]:
    """The lines of a field; words stand between » « where there is no ``colour``."""
    head = Text(f"{counter}  ", style="dim")
    head.append(str(view.address), style="bold not dim")
    head.append(f"  {confidence(view)}", style="not dim")
    if view.state != "unreviewed":
        head.append(f"  {states()[view.state]}", style="not dim green")
    if view.withheld:
        head.append("  " + _("WITHHELD"), style="not dim bold red")
    yield head
    where = [view.headline, view.site or "", view.published or ""]
    yield Text("  " + harmless(" · ".join(one for one in where if one)), style="dim")
    item = shortened(view.item, 200)
    if item and item not in view.shown:
        yield _line(_("of"), harmless(item))
    value = harmless(shortened(view.shown)) or _("no value")
    yield _line(_("value"), Text(value, style="bold not dim"))
    if view.words is not None:
        yield Text()
        yield _context(view, colour)
        yield Text()
        if not view.current:
            yield _line(_("note"), _("these words stand in an earlier version of the text"))
    for reason in view.reasons:
        yield _line(_("note"), harmless(shortened(reason, 300)))
    for proposal in view.proposals:
        told = harmless(shortened(proposal.shown)) or _("not found any more")
        sure = "" if proposal.confidence is None else f" {proposal.confidence:.2f}"
        yield _line(
            _("newer reading {n}").format(n=proposal.id), Text(told, style="yellow not dim"),
            f"{sure} {harmless(proposal.rule or '')}",
        )  # fmt: skip
    for other in view.conflicts:
        sign, style = ("≠", "red") if other.differs else ("=", "green")
        yield _line(
            f"{harmless(other.release)} {other.address}",
            Text(f"{sign} {harmless(shortened(other.shown, 300))}", style=f"{style} not dim"),
        )
    for decision in view.decisions:
        yield _line(f"#{decision.id}", decided(decision))


def decided(decision: Decision) -> str:
    """A decision in a line."""
    told = f"{decision.at}  {harmless(decision.reviewer)}  {action_words()[decision.action]}"
    if decision.undoes is not None:
        told += f" #{decision.undoes}"
    if decision.note:
        told += f"  “{harmless(shortened(decision.note, 200))}”"
    return told


def relinked(store: Store, made: Iterable[Decision]) -> Iterator[str]:
    """What to do about links that rest on what these decisions have changed, a line each."""
    with store.read() as connection:
        stale = stale_links(connection, made)
    if any(not one.confirmed for one in stale):
        yield _("what it is linked to across releases is compared anew by: rilis archive link")
    for one in stale:
        if one.confirmed:
            said = _(
                "a person confirmed that it is {entity}; if it is not: rilis archive links split"
            )
            yield said.format(entity=f"{one.kind} {one.entity}")


def _context(view: FieldView, colour: bool) -> Text:
    """The words in their text; the context begins and ends at a blank."""
    before, after = view.before, view.after
    if view.start is not None and view.start > len(before):
        before = "…" + before.partition(" ")[2] if " " in before else "…" + before
    if len(after) >= len(view.before) and " " in after:
        after = after.rpartition(" ")[0] + "…"
    text = Text("  ")
    text.append(_indented(before))
    words = _indented(shortened(view.words or ""))
    text.append(words if colour else f"»{words}«", style="reverse" if colour else "")
    text.append(_indented(after))
    return text


def _indented(text: str) -> str:
    return harmless(text, lines=True).replace("\n", "\n  ")
