"""``rilis schema``: the shape of a record."""

import json

from extractor.cli.terminal import LangOption, choose_language
from extractor.record import json_schema


def schema(lang: LangOption = None) -> None:
    """The schema is made from the types themselves."""
    choose_language(lang)
    print(json.dumps(json_schema(), indent=1, ensure_ascii=False))
