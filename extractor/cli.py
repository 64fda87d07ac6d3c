"""The command ``rilis``: thin, one function a subcommand."""

import sys
from pathlib import Path

import typer

from extractor.checking import check_examples, hits
from extractor.errors import RuleError
from extractor.extraction import Extractor
from extractor.record import Article, article_id, to_json

app = typer.Typer(no_args_is_help=True)
rules_app = typer.Typer(no_args_is_help=True)
app.add_typer(rules_app, name="rules")


@app.command()
def extract(files: list[Path]) -> None:
    extractor = Extractor()
    for path in files:
        paths = sorted(path.glob("*.txt")) if path.is_dir() else [path]
        for one in paths:
            raw = one.read_bytes()
            published = None
            article = Article(
                id=article_id(None, raw), text=raw.decode(), path=str(one), published=published
            )
            print(to_json(extractor.extract(article)))


@rules_app.command()
def check() -> None:
    try:
        extractor = Extractor()
    except RuleError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from None
    bad = list(check_examples(extractor.nlp, extractor.rulebook))
    for one in bad:
        print(one)
    raise typer.Exit(bool(bad))


@rules_app.command("try")
def try_(sentence: str) -> None:
    extractor = Extractor()
    for hit in hits(extractor.nlp, extractor.rulebook, sentence):
        print(hit.key, hit.rule, hit.start, hit.end, repr(hit.text), hit.value, hit.fields)


def main() -> None:
    app()
