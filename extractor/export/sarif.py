"""Findings as SARIF 2.1.0, the form that code hosts and CI show beside a file."""

import hashlib
import importlib.metadata
import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from extractor.editing.silence import known
from extractor.export.findings import Account, Placed
from extractor.rulebook import Rule, Rulebook

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
# How sure a rule is, as SARIF has words for it.
LEVELS = {"sure": "warning", "propose": "note", "tell": "note"}


def findings_sarif(accounts: Iterable[Account], rulebook: Rulebook) -> str:
    """One SARIF log with one run: the rules that found something, and their findings with fixes.

    Places count code points of the draft's text; the same drafts give the same bytes.
    """
    found = [(account, one) for account in accounts for one in account.found]
    by_id = {rule.id: rule for rule in rulebook.rules()}
    used = sorted({one.edit.rule for _, one in found})
    places = {rule: number for number, rule in enumerate(used)}
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "rilis",
                        "version": importlib.metadata.version("rilis"),
                        "rules": [_rule(rule, by_id.get(rule)) for rule in used],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(account, one, places) for account, one in found],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(rule_id: str, rule: Rule | None) -> dict[str, Any]:
    shown: dict[str, Any] = {"id": rule_id}
    if rule is None:
        return shown
    message = rule.fields.get("message") or {}
    if said := message.get("en"):
        shown["shortDescription"] = {"text": str(said)}
    if source := rule.fields.get("source"):
        shown["help"] = {"text": str(source)}
    shown["defaultConfiguration"] = {"level": LEVELS[str(rule.fields.get("grade", "sure"))]}
    return shown


def _result(account: Account, one: Placed, places: dict[str, int]) -> dict[str, Any]:
    edit = one.edit
    draft = account.cleaning.draft
    file = {"uri": _uri(account.path)}
    result: dict[str, Any] = {
        "ruleId": edit.rule,
        "ruleIndex": places[edit.rule],
        "level": LEVELS[edit.grade],
        "message": {"text": edit.reason},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": file,
                    "region": {
                        "startLine": one.line,
                        "startColumn": one.column,
                        "charOffset": edit.start,
                        "charLength": edit.end - edit.start,
                        "snippet": {"text": draft[edit.start : edit.end]},
                    },
                },
                "logicalLocations": [{"fullyQualifiedName": one.place}],
            }
        ],
        "partialFingerprints": {"rilis/v1": _fingerprint(draft, one)},
        "properties": {"grade": edit.grade, "kind": edit.kind, "done": one.done},
    }
    if edit.grade != "tell":
        region = {"charOffset": edit.start, "charLength": edit.end - edit.start}
        change = {"deletedRegion": region, "insertedContent": {"text": edit.replacement}}
        result["fixes"] = [
            {
                "description": {"text": edit.reason},
                "artifactChanges": [{"artifactLocation": file, "replacements": [change]}],
            }
        ]
    return result


def _fingerprint(draft: str, one: Placed) -> str:
    """The finding by its content, so that it is the same one where lines have moved."""
    here = known(draft, one.edit.rule, one.edit.start, one.edit.end)
    plain = "\0".join((here.rule, here.words, here.before, here.after))
    return hashlib.sha256(plain.encode()).hexdigest()[:32]


def _uri(path: str) -> str:
    return quote(path.replace("\\", "/"), safe="/:~")
