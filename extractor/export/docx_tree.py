"""Questions about the elements of a Word file: what they stand in, what they hold, what may go."""

from collections.abc import Iterator

from lxml import etree

from extractor.sources.docx_story import SIGNS, is_hidden, is_word, local

# What a paragraph may hold that reading passes over but that a reader of the page sees.
HEAVY = frozenset(
    "drawing pict object AlternateContent oMath oMathPara footnoteReference"  # noqa: SIM905
    " endnoteReference altChunk subDoc".split()
)

# Elements between paragraphs that only mark a point.
POINTS = frozenset(
    "bookmarkStart bookmarkEnd proofErr permStart permEnd commentRangeStart"  # noqa: SIM905
    " commentRangeEnd moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd".split()
)
_PASSED = frozenset({"pPr", "rPr", "del", "moveFrom", "txbxContent", "Fallback"})


def position(element: etree._Element) -> list[int]:
    """Where an element stands in its tree; sorts in the order of the document."""
    path: list[int] = []
    parent = element.getparent()
    while parent is not None:
        path.append(parent.index(element))
        element, parent = parent, parent.getparent()
    return path[::-1]


def said(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The texts and signs of a paragraph that nobody has taken out, text boxes left out."""
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        name = local(element)
        if name in SIGNS or (name == "t" and element.text):
            if not locked(element):
                yield element
        elif name not in _PASSED and not (name == "r" and is_hidden(element)):
            stack.extend(reversed(element))


def locked(node: etree._Element) -> bool:
    """Whether a text cannot be changed run by run: a formula, for one."""
    parent = node.getparent()
    return parent is None or local(parent) != "r" or not is_word(node) or not is_word(parent)


def _ancestors(node: etree._Element, name: str) -> Iterator[etree._Element]:
    return (one for one in node.iterancestors() if local(one) == name and is_word(one))


def paragraph_of(node: etree._Element) -> etree._Element:
    """The paragraph an element stands in."""
    return next(_ancestors(node, "p"))


def outermost_row(node: etree._Element) -> etree._Element | None:
    """The table row an element stands in, that of the outer table where they are nested."""
    return next(iter(list(_ancestors(node, "tr"))[::-1]), None)


def in_link(node: etree._Element | None) -> bool:
    """Whether an element stands in a link."""
    return node is not None and any(True for _one in _ancestors(node, "hyperlink"))


def heavy(element: etree._Element) -> bool:
    """Whether an element holds what is seen but not read, such as a picture."""
    return any(local(one) in HEAVY for one in element.iter())


def end_may_go(paragraph: etree._Element) -> bool:
    """Whether the end of a paragraph may be taken out: another paragraph follows it in the same
    place, and no section ends with it."""
    following = paragraph.getnext()
    while following is not None and local(following) in POINTS:
        following = following.getnext()
    if following is None or local(following) != "p":
        return False
    return not any(
        local(one) == "sectPr" for p in paragraph.iterchildren("{*}pPr") for one in p.iterchildren()
    )
