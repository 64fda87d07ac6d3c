"""``rilis annotate`` and ``rilis gold``: records to annotation tools, reviewed marks back."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from extractor.cli.terminal import LangOption, choose_language, err, write_bytes, write_text
from extractor.errors import UsageError
from extractor.export.annotation import Annotation, annotation_of, gold_of
from extractor.export.tools import TOOLS, Tool
from extractor.messages import _
from extractor.record import Record, record_from_json

ToolOption = Annotated[
    str, typer.Option("--tool", metavar="|".join(TOOLS), help=_("The annotation tool."))
]


def annotate(
    records: Annotated[
        Path, typer.Argument(metavar="RECORDS.jsonl", help=_("Records of `rilis extract`."))
    ],
    tool: ToolOption,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help=_("Write there."))
    ] = None,
    lang: LangOption = None,
) -> None:
    """One document a record, with marks, relations and their confidence."""
    choose_language(lang)
    raw = _tool(tool).write(annotation_of(record) for record in _records(records))
    if output is None:
        sys.stdout.buffer.write(raw)
    else:
        write_bytes(output, raw)


def gold(
    reviewed: Annotated[
        Path, typer.Argument(metavar="FILE", help=_("What the annotation tool exported."))
    ],
    tool: ToolOption,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FOLDER", help=_("Folder for the releases."))
    ],
    lang: LangOption = None,
) -> None:
    """``ID.txt`` and ``ID.json`` a document; existing ones are not written over."""
    choose_language(lang)
    try:
        annotations = list(_tool(tool).read(reviewed.read_bytes()))
    except OSError as error:
        raise UsageError(f"{reviewed}: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        said = _("{path}: not what {tool} exports: {reason}")
        raise UsageError(said.format(path=reviewed, tool=tool, reason=error)) from None
    output.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(annotations):
        name = _name(one, number)
        target = output / f"{name}.json"
        if target.exists():
            raise UsageError(_("{path}: is there already").format(path=target))
        write_text(output / f"{name}.txt", one.text)
        write_text(target, json.dumps(gold_of(one, name), ensure_ascii=False, indent=1) + "\n")
    err.print(_("{n} annotated releases in {path}").format(n=len(annotations), path=output))


def _name(annotation: Annotation, number: int) -> str:
    """A file name from the release's path or id; never one that leaves the folder."""
    stem = Path(str(annotation.meta.get("path") or annotation.meta.get("id") or "")).stem
    safe = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in stem)
    return safe or f"release-{number:04d}"


def _tool(name: str) -> Tool:
    if name not in TOOLS:
        known = ", ".join(TOOLS)
        raise UsageError(_("--tool {name}: the tools are {known}").format(name=name, known=known))
    return TOOLS[name]


def _records(path: Path) -> list[Record]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}") from None
    records = []
    for number, line in enumerate(lines, 1):
        try:
            if line.strip():
                records.append(record_from_json(line))
        except ValidationError as error:
            said = _("{path}:{line}: no record of this version: {reason}")
            reason = str(error).splitlines()[0]
            raise UsageError(said.format(path=path, line=number, reason=reason)) from None
    return records
