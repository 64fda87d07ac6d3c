"""``rilis rules``: check the rule files, try them on a sentence."""

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from extractor.checking import check_examples, count_examples, hits
from extractor.cli.extractors import extractor_of
from extractor.cli.terminal import (
    LangOption,
    PublishedOption,
    RulesOption,
    choose_language,
    err,
    example,
    out,
)
from extractor.errors import RuleError
from extractor.messages import _, ngettext
from extractor.sources.articles import asked_day

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    help=_("Check the rule files, or try them on a sentence."),
)


@app.command(
    "check",
    help=_("Read every rule file and run every example in it."),
    epilog=example("rilis rules check --rules my-rules"),
)
def rules_check(rules: RulesOption = None, lang: LangOption = None) -> None:
    """Faults go to standard output as FILE:LINE: what; exit status 1 where there is one."""
    choose_language(lang)
    try:
        extractor = extractor_of(rules)
    except RuleError as error:
        for fault in error.faults:
            print(fault)
        said = ngettext("{n} fault", "{n} faults", len(error.faults)).format(n=len(error.faults))
        err.print(said)
        raise typer.Exit(1) from None
    book = extractor.rulebook
    broken = list(check_examples(extractor.nlp, book))
    for fault in broken:
        print(fault)
    counts = {
        "files": len(book.files),
        "rules": sum(1 for _rule in book.rules()),
        "examples": count_examples(book),
        "faults": len(broken),
    }
    said = _("{files} files, {rules} rules, {examples} examples, {faults} do not hold")
    err.print(said.format(**counts))
    raise typer.Exit(1 if broken else 0)


@app.command(
    "try",
    help=_("Show which rules fire on a sentence, and where."),
    epilog=example('rilis rules try "Rapat berlangsung di Aula Melati, Kamis (2/5/2024)."'),
)
def rules_try(
    sentence: Annotated[str, typer.Argument(metavar="SENTENCE", help=_("The sentence to try."))],
    published: PublishedOption = None,
    rules: RulesOption = None,
    lang: LangOption = None,
) -> None:
    """One line a hit: place, kind, rule, words, value."""
    choose_language(lang)
    day = asked_day(published)
    extractor = extractor_of(rules)
    found = hits(extractor.nlp, extractor.rulebook, sentence, day)
    if not found:
        err.print(_("no rule fires"))
        return
    table = Table(box=None, pad_edge=False)
    for name in (_("place"), _("kind"), _("rule"), _("words"), _("value")):
        table.add_column(name, overflow="fold")
    for hit in found:
        value = hit.value if hit.value != hit.text else ""
        cells = (f"{hit.start}-{hit.end}", hit.key, hit.rule, hit.text, value)
        table.add_row(*(escape(cell) for cell in cells))
    out.print(table)
