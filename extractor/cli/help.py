"""Help pages for people who do not program: typer's own words in the language that was chosen, and
none of Python's types beside what they are to write."""

from typing import Any

from typer import rich_utils

from extractor.messages import _


def speak() -> None:
    """Have typer head its help pages and errors in the language that was chosen."""
    rich_utils.ARGUMENTS_PANEL_TITLE = _("Arguments")
    rich_utils.OPTIONS_PANEL_TITLE = _("Options")
    rich_utils.COMMANDS_PANEL_TITLE = _("Commands")
    rich_utils.ERRORS_PANEL_TITLE = _("Error")
    rich_utils.REQUIRED_LONG_STRING = _("[required]")
    rich_utils.DEFAULT_STRING = _("[default: {}]")
    rich_utils.ENVVAR_STRING = _("[environment variable: {}]")
    rich_utils.RICH_HELP = _("Try [blue]'{command_path} {help_option}'[/] for help.")


def plain(command: Any) -> Any:
    """A command of typer, and those below it, told plainly: a switch takes no value, and
    a value is what its name says."""
    # the option --help is made with the context of a call, and kept
    for param in command.get_params(command.context_class(command)):
        if "--help" in param.opts:
            param.help = _("Show this help.")
        if param.param_type_name == "argument":
            param.display_type_rich = lambda ctx: ""  # <list[str]>
            said = param.metavar if param.required else f"[{param.metavar}]"
            param.get_usage_pieces = lambda ctx, said=said: [said]  # {DRAFT…}...
        elif getattr(param, "is_flag", False):
            param.metavar = ""  # <bool>
        elif param.metavar is None:
            param.metavar = param.opts[-1].lstrip("-").upper()  # <str>, <int range>
    for below in getattr(command, "commands", {}).values():
        plain(below)
    return command
