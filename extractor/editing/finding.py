"""A finding of a style rule as an Edit: its message in the reader's language, with its source."""

from extractor.messages import language
from extractor.record import Edit, Grade
from extractor.rulebook import Rule


def finding(
    rule: Rule, start: int, end: int, replacement: str, grade: Grade, **facts: object
) -> Edit:
    """The edit of ``rule``; ``facts`` fill the places of its message, such as ``{other}``."""
    said = rule_meaning(rule) or rule.id
    for name, value in facts.items():
        said = said.replace(f"{{{name}}}", str(value))
    source = rule.fields.get("source")
    return Edit(
        start=start,
        end=end,
        replacement=replacement,
        rule=rule.id,
        reason=f"{said} ({source})" if source else said,
        grade=grade,
        kind="style",
    )


def rule_meaning(rule: Rule) -> str:
    """The message of a rule in the reader's language; empty where it has none."""
    message = rule.fields.get("message") or {}
    return str(message.get(language()) or message.get("en") or "")


def told(text: str, rule: Rule, start: int, end: int, **facts: object) -> Edit:
    """A finding that changes nothing."""
    return finding(rule, start, end, text[start:end], "tell", **facts)
