"""``rilis clean``: repeated paragraphs out, slips mended."""

from extractor.cli.terminal import InputsArgument, LangOption, choose_language


def clean(drafts: InputsArgument, lang: LangOption = None) -> None:
    """Filled in with the cleaning module."""
    choose_language(lang)
    del drafts
