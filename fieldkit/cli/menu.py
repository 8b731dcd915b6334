"""The menu: commands and groups of commands, each with the options every command takes."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import fieldkit
from fieldkit.cli.call import Call
from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words

Run = Callable[[Call], int]


@dataclass(frozen=True, slots=True)
class Menu:
    """One level of commands, with its help in one language."""

    words: Words
    add: Callable[..., argparse.ArgumentParser]

    def command(self, name: str, help_text: str, run: Run) -> argparse.ArgumentParser:
        """Add a command and return its parser; `help_text` is a source text."""
        made = self._parser(name, help_text)
        made.set_defaults(run=run)
        return made

    def group(self, name: str, help_text: str) -> "Menu":
        """Add a word that other commands follow."""
        made = self._parser(name, help_text)
        return Menu(self.words, made.add_subparsers(metavar="COMMAND", required=True).add_parser)

    def _parser(self, name: str, help_text: str) -> argparse.ArgumentParser:
        said = self.words(help_text)
        common = argparse.ArgumentParser(add_help=False)
        add_common(common, self.words, argparse.SUPPRESS)
        return self.add(name, help=said, description=said, parents=[common], allow_abbrev=False)


def root(words: Words) -> tuple[argparse.ArgumentParser, Menu]:
    """Return the parser of the whole command line and its empty menu."""
    said = words(N_("Digital maturity assessments and strategies for police, without a network."))
    parser = argparse.ArgumentParser(prog="fieldkit", description=said, allow_abbrev=False)
    add_common(parser, words, None)
    version = f"fieldkit {fieldkit.__version__}"
    said = words(N_("say which version this is"))
    parser.add_argument("--version", action="version", version=version, help=said)
    return parser, Menu(words, parser.add_subparsers(metavar="COMMAND", required=True).add_parser)


def add_common(parser: argparse.ArgumentParser, words: Words, default: str | None) -> None:
    """Add what may stand before or after every command; a default of None means the root's."""
    is_root = default is None
    said = words(N_("data folder; without it your own"))
    parser.add_argument("--home", type=Path, metavar="DIR", default=default, help=said)
    said = words(N_("language to answer in, for example ru; papers are written in it too"))
    plain = "" if is_root else default
    parser.add_argument("--lang", metavar="CODE", default=plain, help=said)
    said = words(N_("print one JSON document instead of lines"))
    plain_json = False if is_root else default
    parser.add_argument("--json", action="store_true", default=plain_json, help=said)


def add_engagement(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add the choice of one engagement."""
    said = words(N_("the engagement, by its id or the start of it; not needed where there is one"))
    parser.add_argument("--engagement", metavar="ID", help=said)


def add_output(parser: argparse.ArgumentParser, words: Words, *, required: bool = True) -> None:
    """Add the file a command writes."""
    said = words(N_("the file to write"))
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", required=required, help=said)
