"""Suspicion: what in a free text looks like a person's name, a case number or a personal number.

It warns, it never decides: scripts without capital letters hide names from it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fieldkit.core.errors import N_
from fieldkit.tools.engagement.rules.ordinary import FUNCTION, INSTITUTION, NAME_ENDINGS, RANKS

LABELS = {
    "name": N_("looks like a person's name"),
    "rank": N_("looks like a rank or title with a name"),
    "case": N_("looks like a case number"),
    "id": N_("looks like a personal or document number"),
    "phone": N_("looks like a telephone number"),
    "email": N_("looks like an e-mail address"),
    "plate": N_("looks like a vehicle plate"),
}
UPPER = "A-ZČĆŽŠĐÇŞÖÜĞА-ЯЁЂЈЉЊЋЏІЇЄҐҚҒҢӨҰҮӘҲҶЎ"
LONGEST_NAME = 4
CASE_WORDS = (
    r"(?:case|file|criminal case|proceedings|docket|дело|дела|делу|уголовн\w{2,4} дел\w{1,2}|"
    r"предмет\w?|материал\w?|predmet\w?|spis\w?|рег|reg)"
)
NUMBER_SIGN = r"(?:(?:no|nr|number|br|бр|номер)\b\.?|№|#):?"
LETTERS = rf"[{UPPER}]{{0,4}}[-. ]?"
PATTERNS = tuple(
    (kind, re.compile(pattern, flags))
    for kind, pattern, flags in (
        ("email", r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", 0),
        ("case", rf"\b{CASE_WORDS}\s{{0,2}}{NUMBER_SIGN}\s{{0,2}}{LETTERS}\d[\d/.-]{{0,20}}", re.I),
        ("case", rf"\b{CASE_WORDS}\s{{0,2}}{LETTERS}\d{{1,8}}[/-]\d[\d/.-]{{0,20}}", re.I),
        ("case", r"№\s{0,2}\d[\d/.-]{3,20}", 0),
        ("case", rf"\b[{UPPER}]{{1,4}}[-. ]{{0,2}}\d{{1,6}}/(?:\d\d|(?:19|20)\d\d)\b", 0),
        ("case", r"\b(?!(?:19|20)\d\d/)\d{2,7}/(?:19|20)\d\d\b", 0),
        ("phone", r"(?<![\w+])\+\d(?:[ ()/-]{0,2}\d){7,14}(?!\d)", 0),
        ("phone", r"(?<!\w)\(?0\d{1,3}\)?(?:[ /-]\d{2,4}){2,3}(?!\d)", 0),
        ("id", r"(?<![\w.,])\d{9,14}(?![\w]|[.,]\d)", 0),
        ("id", rf"\b[{UPPER}]{{1,2}}[ -]?\d{{6,9}}\b", 0),
        ("plate", rf"\b[{UPPER}]\d{{2}}-[{UPPER}]-\d{{3}}\b", 0),
        ("plate", rf"\b[{UPPER}]{{1,2}}[ -]?\d{{3,4}}[ -]?[{UPPER}]{{2}}(?:[ -]?\d{{2,3}})?\b", 0),
        ("plate", rf"\b\d{{2,3}}[ -]?[{UPPER}]{{2,3}}[ -]\d{{2,3}}(?:[ -]?[{UPPER}]{{2,3}})?\b", 0),
    )
)
INITIALS = re.compile(
    rf"\b[{UPPER}]\.\s?(?:[{UPPER}]\.\s?)?[{UPPER}][^\W\d_]{{2,}}"
    rf"|\b[{UPPER}][^\W\d_]{{2,}}\s[{UPPER}]\.\s?[{UPPER}]\."
)
WORD = re.compile(r"[^\W\d_]+(?:[-'’ʻ][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Finding:
    """One suspicious piece of a text: what kind it is, its words and where they stand."""

    kind: str
    text: str
    start: int
    end: int


def finding_label(kind: str) -> str:
    """Return the source text that says what a finding looks like."""
    return LABELS[kind]


def suspicious(text: str) -> tuple[Finding, ...]:
    """Return what looks like a name, a case number or a personal number, in order, never twice."""
    taken: list[Finding] = []
    covered = bytearray(len(text))
    for found in (*_numbers(text), *_initials(text), *_names(text)):
        if not any(covered[found.start : found.end]):
            taken.append(found)
            covered[found.start : found.end] = b"\1" * (found.end - found.start)
    return tuple(sorted(taken, key=lambda f: f.start))


def _numbers(text: str) -> Iterator[Finding]:
    for kind, pattern in PATTERNS:
        for hit in pattern.finditer(text):
            yield Finding(kind, hit[0], hit.start(), hit.end())


def _initials(text: str) -> Iterator[Finding]:
    for hit in INITIALS.finditer(text):
        if not any(_is_ordinary(w) for w in WORD.findall(hit[0]) if len(w) > 1):
            yield Finding("name", hit[0], hit.start(), hit.end())


def _names(text: str) -> Iterator[Finding]:
    run: list[re.Match[str]] = []
    for word in WORD.finditer(text):
        if not (run and _follows(text, run[-1], word)):
            yield from _judged(text, run)
            run = []
        if _is_name_like(word[0]) or (word[0].casefold() in RANKS and not run):
            run.append(word)
        else:
            yield from _judged(text, run)
            run = []
    yield from _judged(text, run)


def _follows(text: str, before: re.Match[str], word: re.Match[str]) -> bool:
    gap = text[before.end() : word.start()]
    is_title = before[0].casefold() in RANKS and gap.strip() == "."
    return is_title or (gap.isspace() and "\n" not in gap)


def _judged(text: str, run: list[re.Match[str]]) -> Iterator[Finding]:
    """Yield what a run of capitalised words is taken for, if for anything."""
    if not run:
        return
    ranked = run[0][0].casefold() in RANKS
    ended = any(w[0].casefold().endswith(NAME_ENDINGS) for w in run)
    if len(run) < 2 and not (ended and not ranked):
        return
    if len(run) > LONGEST_NAME and not (ranked or ended):
        return
    start, end = run[0].start(), run[-1].end()
    yield Finding("rank" if ranked else "name", text[start:end], start, end)


def _is_name_like(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and not word.isupper() and not _is_ordinary(word)


def _is_ordinary(word: str) -> bool:
    folded = word.casefold()
    return folded in FUNCTION or folded.startswith(INSTITUTION)
