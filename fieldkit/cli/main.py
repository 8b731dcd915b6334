"""The command line: reads the arguments, runs one command, answers with an exit code."""

import argparse
import logging
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from fieldkit.cli import (
    SELF_TEST,
    assessments,
    bundles,
    demo,
    engagements,
    papers,
    score,
    self_test,
    upkeep,
)
from fieldkit.cli.call import Call
from fieldkit.cli.menu import Menu, root
from fieldkit.core.errors import N_, UserError
from fieldkit.core.i18n import SOURCE_LANGUAGE, Words
from fieldkit.system.paths import Paths
from fieldkit.system.settings import Settings
from fieldkit.system.translations import LONG, RTL, built, chain, preferred
from fieldkit.system.translations import words as words_of

DONE, FOUND, USAGE, REFUSED, FAULT = 0, 1, 2, 3, 4


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code.

    0 done, 1 the check found problems, 2 wrong usage, 3 refused, 4 a fault of ours.
    """
    given = ["self-test" if word == SELF_TEST else word for word in arguments]
    _make_printable()
    paths = Paths.at(_said_after(given, "--home"))
    words = _language(given, paths)
    if words is None:
        return USAGE
    parser, menu = root(words)
    fill(menu)
    try:
        args = parser.parse_args(given)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else DONE
    return run(Call(args, words, paths))


def fill(menu: Menu) -> None:
    """Add every command to the menu."""
    demo.add_to(menu)
    engagements.add_to(menu)
    _add_score(menu)
    assessments.add_to(menu)
    papers.add_to(menu)
    bundles.add_to(menu)
    upkeep.add_to(menu)
    self_test.add_to(menu)


def run(call: Call) -> int:
    """Run a command; what it refuses is told with its code, a fault of ours in short."""
    try:
        done: int = call.args.run(call)
        sys.stdout.flush()
    except UserError as refusal:
        call.tell(f"{refusal.code}: {call.words(refusal.text, **refusal.values)}")
        return REFUSED
    except (BrokenPipeError, KeyboardInterrupt):
        return FOUND
    except Exception as fault:
        logging.getLogger(__name__).exception("command")
        call.tell(call.words(N_("A fault of fieldkit itself. Your data is as it was saved last.")))
        call.tell("".join(traceback.format_exception_only(fault)).strip())
        call.tell(_where(fault))
        return FAULT
    return done


def _where(fault: Exception) -> str:
    frames = traceback.extract_tb(fault.__traceback__)[-3:]
    return " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames))


def _add_score(menu: Menu) -> None:
    words = menu.words
    made = menu.command(
        "score",
        N_("score an answers file under a checklist, without a workspace"),
        lambda call: score.run(call.args, call.words),
    )
    said = words(N_("the checklist: a content pack or JSON"))
    made.add_argument("--model", required=True, metavar="FILE", help=said)
    said = words(N_("the answers, as JSON"))
    made.add_argument("--answers", required=True, metavar="FILE", help=said)


def _language(given: Sequence[str], paths: Paths) -> Words | None:
    """Return the language to answer in; nothing where one was asked for that is not here."""
    asked = _said_after(given, "--lang")
    folder = paths.translations
    tag = str(asked or "") or Settings.read(paths.settings).language or preferred(folder)
    here = built(folder) | {SOURCE_LANGUAGE, LONG, RTL}
    if tag in here or any(one.replace("_", "-") in here for one in chain(tag)):
        return words_of(tag, folder)
    known = ", ".join(sorted(here - {LONG, RTL}))
    text = Words()(N_("There is no {tag} here. Languages: {known}."), tag=tag, known=known)
    print(f"E_LANGUAGE: {text}", file=sys.stderr)
    return None


def _said_after(given: Sequence[str], option: str) -> Path | None:
    """Return the last value given to an option; the parser proper reads it again."""
    early = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    early.add_argument(option, type=Path)
    try:
        found, _ = early.parse_known_args([*given])
    except (argparse.ArgumentError, SystemExit):
        return None
    value: Path | None = getattr(found, option.strip("-"))
    return value


def _make_printable() -> None:
    """Let a terminal that lacks a letter print something in its place."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
