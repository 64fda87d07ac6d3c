"""Word drafts made for tests: paragraphs of formatted runs, tabs, breaks, links and tables, with edits.

The text each paragraph must have before and after is worked out here, from the plan of the draft alone.
"""

import re
from dataclasses import dataclass
from itertools import count
from xml.sax.saxutils import escape

from hypothesis import strategies as st

from extractor.record import Edit
from tests.sources.made_docx import packed

_ID = re.compile('w:id="#"')
FORMATS = ("", "<w:b/>", "<w:i/>", "<w:b/><w:i/>", '<w:sz w:val="30"/>')


@dataclass(frozen=True)
class MadeRun:
    """A run: its text (``\\t`` a tab, ``\\n`` a break), format, and what it stands in: a link, or
    what somebody else put in (``ins``) or took out (``del``)."""

    text: str
    format: str = ""
    within: str = ""

    @property
    def says(self) -> str:
        """What is read of it."""
        return "" if self.within == "del" else self.text

    def markup(self) -> str:
        """The run as WordprocessingML."""
        parts = []
        tag = "w:delText" if self.within == "del" else "w:t"
        for piece in self.text.replace("\t", "\0\t\0").replace("\n", "\0\n\0").split("\0"):
            if piece in ("\t", "\n"):
                parts.append("<w:tab/>" if piece == "\t" else "<w:br/>")
            elif piece:
                parts.append(f'<{tag} xml:space="preserve">{escape(piece)}</{tag}>')
        run = f"<w:r><w:rPr>{self.format}</w:rPr>{''.join(parts)}</w:r>"
        if self.within in ("ins", "del"):
            return f'<w:{self.within} w:id="#" w:author="Redaktur">{run}</w:{self.within}>'
        return f'<w:hyperlink w:anchor="atas">{run}</w:hyperlink>' if self.within else run


@dataclass(frozen=True)
class Change:
    """A change of one paragraph: characters ``start`` to ``end`` become ``text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class MadeParagraph:
    """A paragraph of the draft, what is changed in it, and whether it goes whole."""

    runs: tuple[MadeRun, ...]
    changes: tuple[Change, ...] = ()
    gone: bool = False

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(run.says for run in self.runs)

    @property
    def clean(self) -> str:
        """What it says once its changes are made."""
        text = "" if self.gone else self.text
        for change in () if self.gone else reversed(self.changes):
            text = text[: change.start] + change.text + text[change.end :]
        return text

    def markup(self) -> str:
        """The paragraph as WordprocessingML."""
        return f"<w:p>{''.join(run.markup() for run in self.runs)}</w:p>"


@dataclass(frozen=True)
class MadeWord:
    """A draft: lines of one paragraph, or of several that are the cells of a row; None is empty."""

    lines: tuple[tuple[MadeParagraph, ...] | None, ...]

    @property
    def paragraphs(self) -> list[MadeParagraph]:
        """All paragraphs that say something, in order."""
        return [one for line in self.lines if line is not None for one in line]

    @property
    def text(self) -> str:
        """The text a reader must find."""
        lines = ("\t".join(one.text for one in line) for line in self.lines if line is not None)
        return "\n\n".join(lines)

    def raw(self) -> bytes:
        """The bytes of the file."""
        body = []
        for line in self.lines:
            if line is None:
                body.append("<w:p/>")
            elif len(line) == 1:
                body.append(line[0].markup())
            else:
                cells = "".join(f"<w:tc><w:tcPr/>{one.markup()}</w:tc>" for one in line)
                grid = "<w:gridCol/>" * len(line)
                head = f"<w:tblPr/><w:tblGrid>{grid}</w:tblGrid>"
                body.append(f"<w:tbl>{head}<w:tr>{cells}</w:tr></w:tbl>")
        numbers = count(1)
        return packed(_ID.sub(lambda _found: f'w:id="{next(numbers)}"', "".join(body)) + "<w:p/>")

    def edits(self) -> list[Edit]:
        """The changes as edits of the text; a paragraph goes with what sets it off from the one
        before, a row with its border to the one before it."""
        found = []
        at, previous = 0, None
        for line in self.lines:
            if line is None:
                continue
            start = at
            for one in line:
                end = at + len(one.text)
                if one.gone and len(line) == 1:
                    found.append(edit(start if previous is None else previous, end, ""))
                elif one.gone:
                    found.append(edit(at, end, ""))
                else:
                    found += [edit(at + c.start, at + c.end, c.text) for c in one.changes]
                at = end + 1
            previous, at = at - 1, at + 1
        return found


def edit(start: int, end: int, text: str) -> Edit:
    """An edit of made-up grounds."""
    return Edit(
        start=start, end=end, replacement=text, rule="style.made", reason="Dibuat untuk uji",
        grade="sure", kind="style",
    )  # fmt: skip


_SIGNS = "ab b. ,“”\té \n"
_runs = st.builds(
    MadeRun,
    st.text(_SIGNS, min_size=1, max_size=9),
    st.sampled_from(FORMATS),
    st.sampled_from(("", "", "", "", "link", "ins", "del")),
)


@st.composite
def paragraphs(draw: st.DrawFn) -> MadeParagraph:
    """A paragraph that begins and ends with a letter, with changes that do not overlap."""
    runs = [
        MadeRun("P"),
        *draw(st.lists(_runs, max_size=6)),
        MadeRun("q", draw(st.sampled_from(FORMATS))),
    ]
    text = "".join(run.says for run in runs)
    if draw(st.integers(0, 5)) == 0:
        return MadeParagraph(tuple(runs), gone=True)
    changes: list[Change] = []
    at = 0
    for _ in range(draw(st.integers(0, 4))):
        if at > len(text):
            break
        start = draw(st.integers(at, len(text)))
        end = draw(st.integers(start, min(start + 6, len(text))))
        new = draw(st.text("xy z\t", max_size=4))
        if (start, end, new) == (0, len(text), ""):
            continue
        changes.append(Change(start, end, new))
        at = end + 1
    return MadeParagraph(tuple(runs), tuple(changes))


drafts = st.builds(
    MadeWord,
    st.lists(
        st.none() | st.tuples(paragraphs()) | st.tuples(paragraphs(), paragraphs()),
        min_size=1,
        max_size=7,
    )
    .filter(lambda lines: any(lines))
    .map(tuple),
)
