"""How editors' bodies come out of the content systems, and how dates are printed there."""

from collections.abc import Callable
from datetime import datetime
from html import escape

from tests.server.releases import DAYS, MONTHS, Block, Release, written

Style = Callable[[Release], str]
DateForm = Callable[[datetime], str]

WORD = (
    '<span style="font-size:12.0pt;line-height:107%;font-family:&quot;Times New Roman&quot;,serif">'
)


def _texts(release: Release) -> list[str]:
    return [part for block in release.blocks if block.kind == "p" for part in block.parts]


def _rest(block: Block) -> str:
    if block.kind == "list":
        return (
            "<ol>\n"
            + "\n".join(f"<li>{escape(item, quote=False)}</li>" for item in block.parts)
            + "\n</ol>"
        )
    if block.kind == "table":
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(cell, quote=False)}</td>" for cell in row) + "</tr>\n"
            for row in block.rows
        )
        return f'<table border="1">\n<tbody>\n{rows}</tbody>\n</table>'
    source, caption = block.parts
    return f'<figure class="gambar"><img src="{source}" alt="foto"><figcaption class="caption">{escape(caption, quote=False)}</figcaption></figure>'


def _woven(release: Release, paragraph: Callable[[str], str], between: str = "\n") -> str:
    return between.join(
        paragraph(block.parts[0]) if block.kind == "p" else _rest(block) for block in release.blocks
    )


def paragraphs(release: Release) -> str:
    """One <p> a paragraph."""
    return _woven(release, lambda text: f"<p>{escape(text, quote=False)}</p>")


def breaks(release: Release) -> str:
    """Bare text parted by two <br>."""
    return _woven(release, lambda text: escape(text, quote=False) + "<br />\n<br />")


def word_paste(release: Release) -> str:
    """Pasted out of Word: every few words in a span of their own, empty paragraphs between."""

    def one(text: str) -> str:
        words = text.split(" ")
        runs = [" ".join(words[at : at + 4]) for at in range(0, len(words), 4)]
        inner = " ".join(f"{WORD}{escape(run, quote=False)}</span>" for run in runs)
        return f'<p class="MsoNormal" style="text-align:justify">{inner}<o:p></o:p></p>\n<p class="MsoNormal">&nbsp;<o:p></o:p></p>'

    return "<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]-->\n" + _woven(
        release, one
    )


def divisions(release: Release) -> str:
    """One <div> a paragraph, as Gmail pastes it."""
    return _woven(
        release,
        lambda text: (
            f'<div style="text-align: justify;">{escape(text, quote=False)}</div>\n<div><br></div>'
        ),
    )


def bare_first(release: Release) -> str:
    """The first paragraph stands bare in the container, the others in <p>."""
    first, *rest = release.blocks
    return escape(first.parts[0], quote=False) + "\n" + "\n".join(
        f"<p>{escape(block.parts[0], quote=False)}</p>" if block.kind == "p" else _rest(block) for block in rest
    )  # fmt: skip


def emphasised(release: Release) -> str:
    """<strong>, <em> and links in the middle of paragraphs, entities for dashes and marks."""

    def one(text: str) -> str:
        start, blank, rest = text.partition(" ")
        middle, blank2, end = rest.partition(" ")
        inner = f"<strong>{escape(start, quote=False)}</strong>{blank}<em>{escape(middle, quote=False)}</em>{blank2}{escape(end, quote=False)}"
        return f'<p style="text-align:justify">{inner.replace("–", "&ndash;").replace("“", "&ldquo;").replace("”", "&rdquo;")}</p>'

    return _woven(release, one)


def in_paragraph(release: Release) -> str:
    """The whole body inside one <p>, which a parser closes at the first block."""
    return f"<p>{paragraphs(release)}</p>"


def fonts(release: Release) -> str:
    """Upper-case tags of an old editor, indents of &nbsp;, a blank paragraph between."""
    return _woven(
        release,
        lambda text: (
            f'<P ALIGN="JUSTIFY"><FONT FACE="Arial" SIZE=2>&nbsp;&nbsp;&nbsp;&nbsp;{escape(text, quote=False)}</FONT></P>\n<P>&nbsp;</P>'
        ),
    )


def layout_table(release: Release) -> str:
    """The whole body in one cell of a table that only lays it out."""
    return f'<table width="100%" cellpadding="0"><tbody><tr><td valign="top">{paragraphs(release)}</td></tr></tbody></table>'


def between_advertisements(release: Release) -> str:
    """Scripts, frames and styles between the paragraphs, a comment inside of one."""
    script = '<script>var iklan = "<p>Bukan berita</p>"; document.write(iklan);</script>\n<style>.x { color: red }</style>\n<iframe src="https://iklan.example/"></iframe><noscript>Nyalakan JavaScript</noscript>'
    return _woven(
        release,
        lambda text: (
            f"<p>{escape(text[:9], quote=False)}<!-- <p>lama</p> -->{escape(text[9:], quote=False)}</p>\n{script}"
        ),
    )


def split_letters(release: Release) -> str:
    """Words broken by tags, lines of the source broken inside sentences."""

    def one(text: str) -> str:
        words = escape(text, quote=False).split(" ")
        joined = "\n      ".join(" ".join(words[at : at + 6]) for at in range(0, len(words), 6))
        return f"<p>\n      <b>{joined[:1]}</b>{joined[1:]}\n   </p>"

    return _woven(release, one)


STYLES: dict[str, Style] = {
    "p": paragraphs, "br": breaks, "word": word_paste, "div": divisions, "bare": bare_first, "em": emphasised, "inp": in_paragraph,
    "font": fonts, "table": layout_table, "ads": between_advertisements, "split": split_letters,
}  # fmt: skip


def _short(names: dict[int, str]) -> DateForm:
    def form(when: datetime) -> str:
        return f"{when.day} {names.get(when.month, MONTHS[when.month - 1][:3])} {when.year}"

    return form


DATE_FORMS: dict[str, DateForm] = {
    "none": lambda when: "",
    "weekday-time": lambda when: f"{written(when, weekday=True)} | {when:%H:%M} WIB",
    "weekday": lambda when: written(when, weekday=True),
    "long": written,
    "agu": _short({8: "Agu", 11: "Nov", 2: "Feb"}),
    "agt-nop": _short({8: "Agt", 11: "Nop", 2: "Peb"}),
    "ags": _short({8: "Ags", 11: "Nop", 2: "Peb", 12: "Des"}),
    "slashes": lambda when: f"{when:%d/%m/%Y}",
    "hyphens-time": lambda when: f"{when:%d-%m-%Y %H.%M}",
    "iso-time": lambda when: f"{when:%Y-%m-%d %H:%M:%S}",
    "posted": lambda when: (
        f"Diposting pada {DAYS[when.weekday()]}, {when.day} {MONTHS[when.month - 1]} {when.year} pukul {when:%H.%M} WIB"
    ),
}


def expected_text(release: Release, credit: bool = True) -> str:
    """The article a reader of the page must get: title, then its paragraphs, an empty line between."""
    parts = [release.title]
    for block in release.blocks:
        if block.kind == "table":
            parts += ["\t".join(row) for row in block.rows]
        elif block.kind in {"p", "list"}:
            parts += block.parts
    return "\n\n".join([*parts, release.credit] if credit and release.credit else parts)
