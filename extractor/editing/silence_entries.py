"""Entries added to a ``.rilis.yaml``: what stands in it, comments too, stays as it is."""

import json
from collections.abc import Sequence

import yaml

from extractor.editing.silence import Known

_HEAD = "# What `rilis clean` leaves alone; may be edited by hand and shared.\n"


def with_entries(content: str, key: str, entries: Sequence[str | Known]) -> str:
    """The content of a ``.rilis.yaml`` with entries added under ``key``, those it has already left
    out; ``content`` is valid, or empty where the file is new."""
    have = yaml.safe_load(content) or {}
    listed = have.get(key) or []
    fresh = [one for one in entries if _plain(one) not in listed]
    if not fresh:
        return content
    node = _value_node(content, key)
    lines = (content or _HEAD).splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    if node is None:
        return "".join([*lines, f"{key}:\n", *(_entry(one, 2) for one in fresh)])
    at = node.start_mark.line
    if not node.flow_style:
        return "".join(
            [*lines[:at], *(_entry(one, node.start_mark.column) for one in fresh), *lines[at:]]
        )
    before = lines[at][: node.start_mark.column].rstrip() + "\n"
    after = lines[node.end_mark.line][node.end_mark.column :].lstrip(" ")
    block = [_entry(one, 2) for one in (*map(_known, listed), *fresh)]
    rest = [after] if after.strip() else []
    return "".join([*lines[:at], before, *block, *rest, *lines[node.end_mark.line + 1 :]])


def _value_node(content: str, key: str) -> yaml.SequenceNode | None:
    root = yaml.compose(content, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        return None
    for name, value in root.value:
        if name.value == key and isinstance(value, yaml.SequenceNode):
            return value
    return None


def _plain(entry: str | Known) -> object:
    if isinstance(entry, str):
        return entry
    fields = (
        ("rule", entry.rule),
        ("words", entry.words),
        ("before", entry.before),
        ("after", entry.after),
    )
    return {name: value for name, value in fields if value}


def _known(plain: object) -> str | Known:
    return Known(**plain) if isinstance(plain, dict) else str(plain)


def _entry(entry: str | Known, indent: int) -> str:
    blank = " " * indent
    plain = _plain(entry)
    if not isinstance(plain, dict):
        return f"{blank}- {json.dumps(plain, ensure_ascii=False)}\n"
    rows = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in plain.items()]
    return f"{blank}- " + f"\n{blank}  ".join(rows) + "\n"
