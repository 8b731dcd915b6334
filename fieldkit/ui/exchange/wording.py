"""Wording: counts, sizes, days and people as the exchange page says them."""

import datetime as dt
from collections.abc import Callable, Iterable

from fieldkit.core.errors import N_, UserError
from fieldkit.core.i18n import Words, isolate
from fieldkit.core.record import Version

Say = Callable[[Words, int], str]
RECEIVERS = {
    "full": N_("My own computers and my team's"),
    "agency": N_("The assessed agency"),
    "partners": N_("Partners"),
}
# What nobody would count: the bookkeeping of documents.
SILENT = frozenset({"scope"})
PROFILES = frozenset({"engagement", "round", "strategy"})
COUNTED: dict[str, Say] = {
    "answer": lambda words, n: words.plural("{n} answer", "{n} answers", n),
    "batch": lambda words, n: words.plural("{n} vote count", "{n} vote counts", n),
    "group": lambda words, n: words.plural("{n} group", "{n} groups", n),
    "engagement": lambda words, _: words("agency profile"),
    "round": lambda words, _: words("title and state of the round"),
    "strategy": lambda words, _: words("text of the strategy"),
    "target": lambda words, n: words.plural("{n} target", "{n} targets", n),
    "rating": lambda words, n: words.plural("{n} rating", "{n} ratings", n),
    "attachment": lambda words, n: words.plural("{n} file", "{n} files", n),
    "note": lambda words, n: words.plural("{n} note", "{n} notes", n),
    "priority": lambda words, n: words.plural("{n} priority", "{n} priorities", n),
    "action": lambda words, n: words.plural("{n} action", "{n} actions", n),
}


def counted(words: Words, kinds: Iterable[tuple[str, int]]) -> str:
    """Return "38 answers and 2 files", or "none"."""
    held = {kind: n for kind, n in kinds if n and kind not in SILENT}
    parts = [say(words, held[kind]) for kind, say in COUNTED.items() if kind in held]
    others = sum(n for kind, n in held.items() if kind not in COUNTED)
    if others:
        parts.append(words.plural("{n} other entry", "{n} other entries", others))
    return words.listing(parts) if parts else words("none")


def differences(words: Words, n: int) -> str:
    """Return "3 differences to settle"."""
    return words.plural("{n} difference to settle", "{n} differences to settle", n)


def size(words: Words, count: int) -> str:
    """Return a number of bytes as people say it."""
    if count < 1000:
        return words.plural("{n} byte", "{n} bytes", count)
    if count < 1_000_000:
        return words("{n} kB", n=words.number((count + 999) // 1000))
    if count < 1_000_000_000:
        return words("{n} MB", n=words.number(-(-count // 1_000_000)))
    return words("{n} GB", n=words.number(count // 1_000_000_000))


def moment(minutes: int) -> dt.datetime | None:
    """Return a claimed time; nothing where a clock was out of its mind."""
    try:
        return dt.datetime.fromtimestamp(minutes * 60, dt.UTC).astimezone()
    except (OverflowError, ValueError, OSError):
        return None


def day(words: Words, minutes: int) -> str:
    """Return the day of a claimed time."""
    found = moment(minutes)
    return words.date(found.date()) if found else words("on an unknown day")


def day_and_time(words: Words, minutes: int) -> str:
    """Return the day and minute of a claimed time."""
    found = moment(minutes)
    if found is None:
        return words("on an unknown day")
    return words("{day}, {time}", day=words.date(found.date()), time=words.time(found))


def person(words: Words, version: Version) -> str:
    """Return who wrote a value: this computer, a name, or another computer."""
    if version.ours:
        return words("this computer")
    return isolate(version.writer_label) if version.writer_label else words("another computer")


def complaint(words: Words, error: UserError) -> str:
    """Return what went wrong as one text with its code."""
    said = words(error.text, **dict(error.values))
    return words("{what} ({code})", what=said, code=error.code)
