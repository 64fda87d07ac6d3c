"""``rilis extract`` and ``rilis explain``: drafts into records, and why."""

import io
import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from extractor.batch import extract_to
from extractor.cli.extractors import extractor_of
from extractor.cli.reading import PartsOption, TrackedOption, reading
from extractor.cli.terminal import (
    InputsArgument,
    LangOption,
    PublishedOption,
    RulesOption,
    choose_language,
    finish,
    out,
    progress,
    write_text,
)
from extractor.errors import SourceError, UsageError
from extractor.explain import explanation
from extractor.export.page import records_page
from extractor.export.table import record_table
from extractor.messages import _
from extractor.record import record_from_json, to_json
from extractor.sources import articles

FORMS = ("jsonl", "json", "table", "html")


def extract(
    inputs: InputsArgument,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help=_("Write there, whole or not at all.")),
    ] = None,
    form: Annotated[
        str,
        typer.Option(
            "--format", metavar="|".join(FORMS), help=_("Form of the output; jsonl: one a line.")
        ),
    ] = "jsonl",
    published: PublishedOption = None,
    tracked: TrackedOption = "accept",
    parts: PartsOption = "body",
    workers: Annotated[
        int, typer.Option(min=1, metavar="N", help=_("Processes side by side."))
    ] = 1,
    timeout: Annotated[
        float | None,
        typer.Option(min=0.1, metavar="SECONDS", help=_("Give a release up after so long.")),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help=_("Skip what an earlier run wrote to the output."))
    ] = False,
    rules: RulesOption = None,
    lang: LangOption = None,
) -> None:
    """Records in the order of the inputs; inputs that fail are listed, the others done."""
    choose_language(lang)
    if form not in FORMS:
        raise UsageError(
            _("--format {form}: the forms are {known}").format(form=form, known=", ".join(FORMS))
        )
    if resume and (output is None or form != "jsonl"):
        raise UsageError(_("--resume needs -o FILE and --format jsonl"))
    if output is not None and any(os.path.realpath(output) == os.path.realpath(i) for i in inputs):
        raise UsageError(_("{path}: is an input too; name another output").format(path=output))
    how, which = reading(tracked, parts)
    items = articles(inputs, published, tracked=how, parts=which, output=output)
    if form == "jsonl":
        with progress() as watch:
            target = output if output is not None else sys.stdout.buffer
            summary = extract_to(target, items, rules, workers, timeout, resume=resume, watch=watch)
        finish(summary.failed, summary.done, summary.skipped)
    buffer = io.BytesIO()
    with progress() as watch:
        summary = extract_to(buffer, items, rules, workers, timeout, watch=watch)
    found = [record_from_json(line) for line in buffer.getvalue().splitlines()]
    if form == "table":
        console = out if output is None else Console(file=io.StringIO(), width=160)
        console.print(record_table(found))
        text = console.file.getvalue() if isinstance(console.file, io.StringIO) else ""
    elif form == "html":
        text = records_page(found)
    else:
        text = json.dumps([json.loads(to_json(one)) for one in found], ensure_ascii=False, indent=1)
        text += "\n"
    if output is not None:
        write_text(output, text)
    else:
        sys.stdout.write(text)
    finish(summary.failed, summary.done)


def explain(
    inputs: InputsArgument,
    published: PublishedOption = None,
    tracked: TrackedOption = "accept",
    parts: PartsOption = "body",
    rules: RulesOption = None,
    lang: LangOption = None,
) -> None:
    """One tree a release."""
    choose_language(lang)
    how, which = reading(tracked, parts)
    extractor = extractor_of(rules)
    failed = []
    done = 0
    for one in articles(inputs, published, tracked=how, parts=which):
        if isinstance(one, SourceError):
            failed.append((one.path, one.reason))
        else:
            out.print(explanation(*extractor.read(one)), soft_wrap=False)
            done += 1
    finish(failed, done)
