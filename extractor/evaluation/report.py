"""Scores for people: tables in a terminal, a comparison of two runs, calibration."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table

from extractor.evaluation.scores import Band, Row, Scores
from extractor.evaluation.scoring import FIELDS, Judgement
from extractor.messages import _


def score_table(scores: Scores, bounds: Mapping[str, tuple[float, float]] | None = None) -> Table:
    """One line a field: precision, recall, F1, its interval where given, counts."""
    table = Table(title=_("Scores against the annotated corpus"), title_justify="left")
    table.add_column(_("field"))
    for name in ("P", "R", "F1"):
        table.add_column(name, justify="right")
    if bounds:
        table.add_column(_("F1 (95 %)"), justify="right")
    table.add_column(_("annotated"), justify="right")
    table.add_column(_("found"), justify="right")
    for field in FIELDS:
        row = scores.rows[field]
        cells = [field, f"{row.precision:.3f}", f"{row.recall:.3f}", f"{row.f1:.3f}"]
        if bounds:
            cells.append("{:.2f}-{:.2f}".format(*bounds[field]))
        table.add_row(*cells, str(row.gold), str(row.found))
    return table


def summary_line(scores: Scores) -> str:
    """Mean F1, whole events right, offsets."""
    return _(
        "mean F1 {mean:.3f}, whole event right {whole:.3f}, {spans} spans, {wrong} wrong offsets, "
        "{missing} missing records"
    ).format(
        mean=scores.mean_f1,
        whole=scores.whole_event,
        spans=scores.spans,
        wrong=scores.wrong_offsets,
        missing=len(scores.missing),
    )


def miss_lines(misses: Sequence[Judgement]) -> list[str]:
    """What went wrong, one line each: document, what was wanted, what was got."""
    wanted, got = _("wanted"), _("got")
    return [
        f"{one.document}  {wanted}: {_short(one.wanted)}  {got}: {_short(one.got)}"
        for one in misses
    ]


def document_table(scores: Scores) -> Table:
    """One line a document: how many answers were right, made up and missed in each field."""
    table = Table(title=_("right/made up/missed a document"), title_justify="left")
    table.add_column(_("document"))
    for field in FIELDS:
        table.add_column(field, justify="right")
    for name, judgements in scores.judgements.items():
        cells = [name]
        for field in FIELDS:
            ones = [j for j in judgements if j.field == field]
            right = sum(j.right for j in ones)
            made_up = sum(j.made_up for j in ones)
            missed = sum(j.missed for j in ones)
            cells.append(f"{right}/{made_up}/{missed}" if ones else "-")
        table.add_row(*cells)
    return table


def calibration_table(bands: Sequence[Band]) -> Table:
    """One line a band of confidence: answers, and the share of them that is right."""
    table = Table(title=_("How far confidence can be trusted"), title_justify="left")
    for name in (_("confidence"), _("answers"), _("right"), _("share right")):
        table.add_column(name, justify="right")
    for band in bands:
        share = f"{band.right / band.answers:.3f}" if band.answers else "-"
        high = min(band.high, 1.0)
        table.add_row(f"{band.low:.1f}-{high:.1f}", str(band.answers), str(band.right), share)
    return table


def stage_table(rows: Mapping[str, Mapping[str, tuple[Row, Row]]]) -> Table:
    """One line a field of each stage: F1 on annotated input, end to end, and the difference."""
    table = Table(title=_("Each stage alone, on annotated input"), title_justify="left")
    for name in (_("stage"), _("field")):
        table.add_column(name)
    for name in (_("alone"), _("end to end"), _("lost before")):
        table.add_column(name, justify="right")
    for stage, fields in rows.items():
        for field, (alone, whole) in fields.items():
            lost = f"{alone.f1 - whole.f1:+.3f}"
            table.add_row(stage, field, f"{alone.f1:.3f}", f"{whole.f1:.3f}", lost)
    return table


def compare(new: Scores, old: Mapping[str, Any]) -> tuple[Table, list[str], list[str]]:
    """(table of changes, what got better, what got worse); ``old`` is what ``--json`` wrote."""
    table = Table(title=_("Change against the earlier run"), title_justify="left")
    for name in (_("field"), _("before"), _("now"), _("change")):
        table.add_column(name, justify="right")
    better, worse = [], []
    for field in FIELDS:
        before = float(old.get(field, {}).get("F1", 0.0))
        now = round(new.rows[field].f1, 3)
        table.add_row(field, f"{before:.3f}", f"{now:.3f}", f"{now - before:+.3f}")
    earlier = {
        (one["field"], one["document"], str(one["wanted"]), str(one["got"]))
        for one in old.get("misses", [])
    }
    current = {
        (m["field"], m["document"], str(m["wanted"]), str(m["got"])) for m in plain_misses(new)
    }
    for field, document, wanted, got in sorted(earlier - current):
        better.append(f"{document} {field}: {_short(wanted)} / {_short(got)}")
    for field, document, wanted, got in sorted(current - earlier):
        worse.append(f"{document} {field}: {_short(wanted)} / {_short(got)}")
    return table, better, worse


def plain_misses(scores: Scores) -> list[dict[str, Any]]:
    """All misses as JSON, for a later comparison."""
    return [
        {"field": one.field, "document": one.document, "wanted": one.wanted, "got": one.got}
        for field in FIELDS
        for one in scores.misses(field)
    ]


def _short(value: Any, width: int = 100) -> str:
    if value is None:
        return "-"
    text = " ".join(str(value).split())
    return text if len(text) <= width else text[: width - 1] + "…"
