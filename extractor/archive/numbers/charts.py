"""Pictures of the numbers of :mod:`extractor.archive.numbers.stats`: SVG and PNG, without network.

The charts are Vega-Lite, written down here as data and drawn by vl-convert, which brings Vega, the
fonts and the renderer along: the same numbers give the same bytes. Each picture can be read without
its colours: bars carry their figures, and an SVG has a title and a description in words.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import vl_convert

from extractor.archive.numbers.figures import Words
from extractor.archive.numbers.gaps import together
from extractor.archive.numbers.stats import Count, Reviewed
from extractor.errors import UsageError
from extractor.messages import _, language, printable

SUFFIXES = (".svg", ".png")
MOST_BARS = 20
_VERSION = "5.20"  # of Vega-Lite, so that a newer vl-convert draws the same
_WIDTH, _HEIGHT, _THICK, _LEADING, _GAP = 720, 320, 20, 14, 9  # pixels
_LINE = 42  # characters of a label before it is broken
_SCALE = 2  # pixels of a PNG to one of the SVG
_BAR, _INK = "#1f5a8a", "#1a1a1a"  # 7.1:1 and 17:1 on white
_STATES = (  # from dark to light, so that they differ without colour too
    ("accepted", "#17456b", "white"), ("corrected", "#4b8bbe", "black"),
    ("rejected", "#e08e45", "black"), ("unreviewed", "#e6e6e6", "black"),
)  # fmt: skip


def check_target(path: Path) -> None:
    """Raises UsageError where the name is neither that of an SVG nor of a PNG."""
    if path.suffix.lower() not in SUFFIXES:
        said = _("--chart {path}: name a file that ends in .svg or .png")
        raise UsageError(said.format(path=path))


def draw(spec: dict[str, Any], title: str, description: str, suffix: str) -> bytes:
    """The picture of a Vega-Lite chart, as SVG or PNG; the same bytes each time."""
    options: dict[str, Any] = {"vl_version": _VERSION, "allowed_base_urls": []}
    if suffix.lower() == ".png":
        return bytes(vl_convert.vegalite_to_png(spec, scale=_SCALE, **options))
    svg = vl_convert.vegalite_to_svg(spec, **options)
    said = (
        f'<title id="title">{escape(printable(title))}</title>'
        f'<desc id="description">{escape(printable(description))}</desc>'
    )
    head, close, rest = svg.partition(">")
    named = ' role="img" aria-labelledby="title description"'
    return f"{head}{named}{close}{said}{rest}\n".encode()


def months_chart(counts: Sequence[Count], title: str, words: Words) -> tuple[dict[str, Any], str]:
    """Bars month by month, and what they say in words; undated ones, and few that are far from all
    others, are told below the title."""
    dated = [one for one in counts if one.label is not None]
    undated = sum(one.n for one in counts if one.label is None)
    told, apart = together(dated, words)
    rows: list[dict[str, Any]] = [
        {"month": one.label, "at": at, "n": one.n, "figure": words.number(one.n)}
        for at, one in enumerate(told)
    ]
    years = len(told) > 36
    labels = {str(at): _tick(one.label or "", at, len(told), words) for at, one in enumerate(told)}
    axis: dict[str, Any] = {
        "title": None, "labelAngle": 0, "labelOverlap": "greedy" if years else False,
        "labelExpr": f"split({json.dumps(labels)}[datum.value], '\\n')", "ticks": False,
        "labelFlush": False, "grid": False, "domainColor": "#888",
    }  # fmt: skip
    if years:
        first = [at for at, one in enumerate(told) if (one.label or "").endswith("-01")]
        step = -(-len(first) // 20)
        axis |= {"values": first[::step], "ticks": True}
    bars: dict[str, Any] = {
        "mark": {"type": "bar", "color": _BAR},
        "encoding": {
            "x": {"field": "at", "type": "ordinal", "axis": axis, "scale": {
                "paddingInner": 0.12 if len(told) <= 120 else 0, "paddingOuter": 0.1,
            }},
            "y": _amount(max((one.n for one in told), default=0)),
        },
    }  # fmt: skip
    layers: list[dict[str, Any]] = [bars]
    if len(told) <= 24:
        layers.append(
            {
                "mark": {"type": "text", "dy": -6, "fontSize": 11, "color": _INK},
                "encoding": {**bars["encoding"], "text": {"field": "figure"}},
            }
        )
    width = {"step": 56} if len(told) <= 12 else _WIDTH
    notes = [_summed(counts, words, _("events"))]
    if undated:
        notes.append(_("without a date: {n}").format(n=words.number(undated)))
    notes += apart
    height = _HEIGHT if told else 1
    spec = {"width": width, "height": height, "data": {"values": rows}, "layer": layers}
    said = [f"{words.month(one.label or '')}: {words.number(one.n)}" for one in told]
    return _whole(spec, title, notes), "; ".join([*notes, *said])


def _tick(month: str, at: int, many: int, words: Words) -> str:
    """The name of the month, with its year below the first and each January."""
    if many > 36:
        return month[:4]
    name = words.month(month).rpartition(" ")[0] or month
    short = name if many <= 9 else name[:3]
    return f"{short}\n{month[:4]}" if at == 0 or month.endswith("-01") else short


def bars_chart(
    counts: Sequence[Count], title: str, unit: str, words: Words, most: int = MOST_BARS,
    several: str | None = None,
) -> tuple[dict[str, Any], str]:  # fmt: skip
    """Bars one below the other, the longest first, each with its name in full and its figure; what
    has no bar is told below the title. ``several``: said in place of the sum, where one counts for
    several bars."""
    ranked = [one for one in counts if one.label is not None and not one.withheld]
    shown = [(one.label or "", one.n) for one in ranked[:most]]
    rows, height = _rows([label for label, _n in shown])
    for row, (_label, n) in zip(rows, shown, strict=True):
        row |= {"n": n, "figure": words.number(n)}
    scale = {"domain": [0, max((n for _label, n in shown), default=1)], "nice": False}
    amount = {"field": "n", "type": "quantitative", "axis": None, "scale": scale}
    layers = [
        {
            "mark": {"type": "bar", "color": _BAR},
            "encoding": {
                "y": _y("top", height),
                "y2": {"field": "bottom"},
                "x": amount,
                "x2": {"datum": 0},
            },
        },
        _labels(height),
        _beside(height, amount),
    ]
    notes = [several or _summed(counts, words, unit), *_unshown(counts, ranked, most, words)]
    spec = {"width": _WIDTH - 240, "height": height, "data": {"values": rows}, "layer": layers}
    said = [f"{label}: {words.number(n)}" for label, n in shown]
    return _whole(spec, title, notes), "; ".join([*notes, *said])


def _unshown(
    counts: Sequence[Count], ranked: Sequence[Count], most: int, words: Words
) -> Iterator[str]:
    """What has no bar: a bar for the rest would dwarf the others."""
    number = words.number
    if rest := ranked[most:]:
        said = _("shown are the {most} most frequent; {n} others: {sum}")
        total = sum(one.n for one in rest)
        yield said.format(most=number(most), n=number(len(rest)), sum=number(total))
    for one in counts:
        if one.withheld or one.label is None:
            said = _("name withheld: {n}") if one.withheld else _("not told: {n}")
            yield said.format(n=number(one.n))


def reviewed_chart(
    found: Sequence[Reviewed], title: str, words: Words, names: dict[str, str],
    decided: bool = False, most: int = MOST_BARS,
) -> tuple[dict[str, Any], str]:  # fmt: skip
    """One bar for each field or rule: accepted, corrected, rejected, and (unless ``decided``) not
    yet reviewed, as parts of the whole; the figures stand beside."""
    states = [one for one in _STATES if not decided or one[0] != "unreviewed"]
    told = [one for one in found if one.reviewed or not decided][:most]
    bars, height = _rows([names.get(one.label, one.label) for one in told])
    rows: list[dict[str, Any]] = []
    for bar, one in zip(bars, told, strict=True):
        whole = (one.reviewed if decided else one.total) or 1
        begin = 0.0
        for rank, (state, _fill, _ink) in enumerate(states):
            share = getattr(one, state) / whole
            part = {"from": begin, "to": begin + share, "half": begin + share / 2, "rank": rank}
            figure = words.percent(share) if share >= 0.08 else ""
            rows.append(bar | part | {"state": _state(state), "share": figure})
            begin += share
        bar["figure"] = f"{words.number(one.reviewed)} / {words.number(one.total)}"
        bar["n"] = 1

    def x(name: str) -> dict[str, Any]:
        scale = {"domain": [0, 1], "nice": False}
        return {"field": name, "type": "quantitative", "axis": None, "scale": scale}

    legend: dict[str, Any] = {
        "title": None,
        "orient": "top",
        "symbolType": "square",
        "labelFontSize": 12,
    }
    legend |= {"symbolStrokeWidth": 1, "symbolStrokeColor": "#555", "labelLimit": 0}
    domain = [_state(state) for state, _fill, _ink in states]
    color = {
        "field": "state", "type": "nominal", "sort": None, "legend": legend,
        "scale": {"domain": domain, "range": [fill for _state, fill, _ink in states]},
    }  # fmt: skip
    inside = {"y": _y("middle", height), "x": x("half"), "text": {"field": "share"}}
    layers = [
        {
            "mark": {"type": "bar", "stroke": "white", "strokeWidth": 1},
            "encoding": {
                "y": _y("top", height), "y2": {"field": "bottom"}, "x": x("from"),
                "x2": {"field": "to"}, "color": color,
            },
        },
        *(
            {
                "transform": [{"filter": f"datum.rank === {rank}"}],
                "mark": {"type": "text", "fontSize": 11, "color": ink}, "encoding": inside,
            }
            for rank, (_name, _fill, ink) in enumerate(states)
        ),
        {"data": {"values": bars}, **_labels(height)},
        {"data": {"values": bars}, **_beside(height, x("n"))},
    ]  # fmt: skip
    notes = [_("beside each bar: values reviewed / all values")]
    if len(found) > len(told):
        notes.append(_("{n} more not shown").format(n=words.number(len(found) - len(told))))
    spec = {
        "width": _WIDTH - 300, "height": height, "data": {"values": rows},
        "layer": layers,
    }  # fmt: skip
    said = [
        f"{names.get(one.label, one.label)}: "
        + ", ".join(f"{_state(s)} {words.number(getattr(one, s))}" for s, _fill, _ink in states)
        for one in told
    ]
    return _whole(spec, title, notes), "; ".join([*notes, *said])


def _state(name: str) -> str:
    return {
        "accepted": _("accepted"), "corrected": _("corrected"), "rejected": _("rejected"),
        "unreviewed": _("not reviewed"),
    }[name]  # fmt: skip


def _rows(labels: Sequence[str]) -> tuple[list[dict[str, Any]], int]:
    """A row for each label, as tall as its lines need, and the height of all: pixels from above."""
    rows: list[dict[str, Any]] = []
    top = 0
    for label in labels:
        lines = broken(label)
        room = _GAP + max(_THICK, len(lines) * _LEADING)
        middle = top + room / 2
        rows.append(
            {
                "label": "\n".join(lines), "first": middle - (len(lines) - 1) * _LEADING / 2,
                "middle": middle, "top": middle - _THICK / 2, "bottom": middle + _THICK / 2,
            }
        )  # fmt: skip
        top += room
    return rows, max(top, 1)


def _y(name: str, height: int) -> dict[str, Any]:
    scale = {"domain": [0, height], "reverse": True, "nice": False, "zero": False}
    return {"field": name, "type": "quantitative", "axis": None, "scale": scale}


def _labels(height: int) -> dict[str, Any]:
    """Names to the left of their bars, in full, in lines."""
    mark = {
        "type": "text", "align": "right", "dx": -8, "lineBreak": "\n", "lineHeight": _LEADING,
        "baseline": "middle", "fontSize": 12, "color": _INK, "limit": 0,
    }  # fmt: skip
    place = {"y": _y("first", height), "x": {"value": 0}}
    return {"mark": mark, "encoding": {**place, "text": {"field": "label"}}}


def _beside(height: int, x: dict[str, Any]) -> dict[str, Any]:
    mark = {"type": "text", "align": "left", "dx": 6, "fontSize": 12, "color": _INK}
    place = {"y": _y("middle", height), "x": x}
    return {"mark": mark, "encoding": {**place, "text": {"field": "figure"}}}


def broken(label: str) -> list[str]:
    """A label in lines that fit beside the bars; nothing of it is cut off."""
    lines = [""]
    for word in printable(label).split():
        for at in range(0, len(word), _LINE):
            piece = word[at : at + _LINE]
            if lines[-1] and len(lines[-1]) + 1 + len(piece) > _LINE:
                lines.append("")
            lines[-1] = f"{lines[-1]} {piece}".strip()
    return lines


def _amount(top: int) -> dict[str, Any]:
    """The axis of the figures; none where there are none."""
    axis: dict[str, Any] = {"title": None, "tickCount": 5, "format": ",d"}
    axis |= {"domain": False, "ticks": False, "gridColor": "#dddddd"}
    grouped = "'.'" if language() == "id" else "','"
    axis["labelExpr"] = f"replace(datum.label, /,/g, {grouped})"
    scale = {"domain": [0, 1]} if top <= 1 else {"domainMin": 0, "nice": True}
    if top < 5:  # as many lines as there are whole numbers, no halves that read as wholes
        axis["values"] = list(range(top + 1))
    return {
        "field": "n", "type": "quantitative", "axis": axis if top else None, "scale": scale,
    }  # fmt: skip


def _summed(counts: Sequence[Count], words: Words, unit: str) -> str:
    return _("{n} {unit} in all").format(n=words.number(sum(one.n for one in counts)), unit=unit)


def _whole(spec: dict[str, Any], title: str, notes: Sequence[str]) -> dict[str, Any]:
    said = {
        "text": title, "subtitle": list(notes), "anchor": "start", "frame": "bounds",
        "fontSize": 17, "subtitleFontSize": 12, "subtitleColor": "#444444", "color": _INK,
        "offset": 14, "subtitlePadding": 4,
    }  # fmt: skip
    axis = {"labelColor": _INK, "labelFontSize": 12}
    config = {
        "view": {"stroke": None}, "axis": axis, "background": "white", "padding": 20,
        "legend": {"labelColor": _INK},
    }  # fmt: skip
    return {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "title": said,
            "config": config, **spec}  # fmt: skip
