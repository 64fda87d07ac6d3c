"""Text of a page as it was meant: mojibake and entities that were escaped twice."""

import html
import re

from extractor.sources.text import mend

# Only what nobody writes on purpose; a lone ampersand stays.
_ENTITY = re.compile(
    r"&(?:nbsp|amp|quot|apos|ldquo|rdquo|lsquo|rsquo|bdquo|laquo|raquo|ndash|mdash|hellip|bull|middot"
    r"|shy|times|deg|rarr|#\d{2,5}|#x[0-9a-fA-F]{2,4});"
)
_BLANKS = re.compile(r"[ \xa0]+")
# No paragraph of a release; mending it would take longer than a page may.
_LONGEST = 200_000
_SHY = "\xad"


def mended(text: str) -> str:
    """The text with letters read in a wrong encoding and entities escaped twice put right."""
    if "&" in text and _ENTITY.search(text):
        text = text.replace("&nbsp;", " ")
        for _time in range(2):
            text = _ENTITY.sub(lambda found: html.unescape(found.group()), text)
        text = _BLANKS.sub(" ", text.replace(_SHY, "")).strip()
    if text.isascii() or len(text) > _LONGEST:
        return text
    # The last byte of a closing mark is nothing in Windows-1252.
    return mend(text.replace("â€\ufffd", "â€\x9d"))
