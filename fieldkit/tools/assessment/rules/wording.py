"""Wording: the results of a round in words, the same on the page and on paper."""

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words
from fieldkit.tools.assessment.model import OTHER
from fieldkit.tools.assessment.rules.consolidate import ANSWERED, NA, UNKNOWN
from fieldkit.tools.assessment.rules.dimensions import BY_GATE, BY_PREREQUISITE
from fieldkit.tools.assessment.rules.explain import Step, say
from fieldkit.tools.assessment.rules.levels import EVIDENCED, STATED
from fieldkit.tools.assessment.rules.limits import Limit
from fieldkit.tools.assessment.rules.priorities import LABELS, Priority
from fieldkit.tools.assessment.rules.results import Perception, Results

FOUNDATIONS_ONLY = "A"
CONFIDENCE = {"low": N_("low"), "medium": N_("medium"), "high": N_("high")}


class Wording:
    """Says names, numbers and sentences of one round's results in one language."""

    def __init__(self, results: Results, words: Words) -> None:
        """Take the results and the language."""
        self.results = results
        self.words = words

    @property
    def decimals(self) -> int:
        """Return how many decimals scores have: none while foundations are being built."""
        return 0 if self.results.scores.evidenced.stage == FOUNDATIONS_ONLY else 1

    # names

    def short(self, dimension: str) -> str:
        """Return the short name of a dimension."""
        held = self.results.checklist.dimension_by_id[dimension]
        return self.words.content(held.context("short"), held.short) or self.name(dimension)

    def name(self, dimension: str) -> str:
        """Return the full name of a dimension."""
        held = self.results.checklist.dimension_by_id[dimension]
        return self.words.content(held.context("name"), held.name) or dimension

    def purpose(self, dimension: str) -> str:
        """Return what a dimension is for."""
        held = self.results.checklist.dimension_by_id[dimension]
        return self.words.content(held.context("purpose"), held.purpose)

    def question(self, question: str) -> str:
        """Return the text of a question."""
        return self.part(question, "text", self.results.checklist.by_id[question].text)

    def titled(self, question: str) -> str:
        """Return a question with its id before its text."""
        said = self.question(question)
        both = N_("{question}: {said}")
        return self.words(both, question=question, said=said) if said else question

    def first_step(self, question: str) -> str:
        """Return the first realistic step on a question."""
        return self.part(question, "next", self.results.checklist.by_id[question].next)

    def level_text(self, question: str, level: int | None) -> str:
        """Return what a level means on a question."""
        texts = self.results.checklist.by_id[question].levels
        if level is None or level > len(texts):
            return ""
        return self.part(question, f"levels.{level}", texts[level - 1])

    def part(self, question: str, part: str, source: str) -> str:
        """Return one text of a question."""
        return self.words.content(self.results.checklist.by_id[question].context(part), source)

    def evidence(self, grade: int) -> str:
        """Return an evidence grade in a few words."""
        names = {e.grade: e.name for e in self.results.checklist.evidence}
        context = self.results.checklist.context(f"evidence.{grade}.name")
        return self.words.content(context, names.get(grade, "")) or f"E{grade}"

    def group(self, group: str) -> str:
        """Return the name of a group of participants."""
        if group == OTHER:
            return self.words(N_("Other groups together"))
        return self.results.group_names.get(group) or self.words(N_("A group no longer listed"))

    def model(self) -> str:
        """Return the question set and its version."""
        held = self.results.checklist
        name = self.words.content(held.context("model.name"), held.name) or held.id
        return self.words(N_("{name}, version {version}"), name=name, version=held.version)

    def day(self) -> str:
        """Return the day of the round as the language writes it."""
        return shown_day(self.results.round.day, self.words)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What stands for ids inside sentences: short names, and evidence in words."""
        found = {d.id: self.short(d.id) for d in self.results.checklist.dimensions}
        found |= {f"E{e.grade}": self.evidence(e.grade) for e in self.results.checklist.evidence}
        return found

    # numbers

    def score(self, value: Fraction | None) -> str:
        """Return a score as it may be shown: at the first stage its whole level only."""
        if value is None:
            return self.words(N_("no score"))
        shown = value if self.decimals else Fraction(value.numerator // value.denominator)
        return self.words.number(shown, self.decimals)

    def target(self, value: Fraction | None) -> str:
        """Return a target, with decimals only where it has some and they may be shown."""
        if value is None:
            return self.words(N_("none"))
        return self.words.number(value, self.decimals if value.denominator > 1 else 0)

    def standing(self, track: str, dimension: str) -> str:
        """Return a dimension's score on a track, or its range while differences are open."""
        held = self.results.ranges.dimension(track, dimension)
        if not self.results.ranges.is_open or held.is_single:
            return self.score(self.results.scores.track(track).dimensions[dimension].score)
        if held.low is None or held.high is None:
            known = held.low if held.high is None else held.high
            return self.words(N_("{score} or no score"), score=self.score(known))
        low, high = self.score(held.low), self.score(held.high)
        return low if low == high else self.words(N_("{low} to {high}"), low=low, high=high)

    def cell(self, question: str) -> str:
        """Return what stands in a question's cell: its level, ?, n/a or a dash."""
        base = self.results.scores.base[question]
        if base.status == ANSWERED:
            return str(base.level)
        return {NA: self.words(N_("n/a")), UNKNOWN: "?"}.get(base.status, "–")

    def status(self, question: str) -> str:
        """Return the state of a question in words."""
        base = self.results.scores.base[question]
        if base.status == ANSWERED:
            return self.words(N_("level {level}"), level=base.level or 0)
        known = {NA: N_("not applicable"), UNKNOWN: N_("don't know")}
        return self.words(known.get(base.status, N_("not answered")))

    def confidence(self, dimension: str) -> str:
        """Return how far a dimension's score can be trusted, in a word."""
        band = self.results.scores.evidenced.dimensions[dimension].band
        return self.words(CONFIDENCE[band]) if band else self.words(N_("none"))

    # sentences

    def say(self, one: Step, decimals: int = 2) -> str:
        """Return a step of a sum as a sentence."""
        return say(one, self.words, self.names, decimals)

    def stage(self) -> str:
        """Return the stage with its reason, on what the evidence supports."""
        if self.results.ranges.is_open and self.results.ranges.stage(EVIDENCED) is None:
            return self.words(N_("No stage yet: it depends on differences still to settle."))
        return self.say(self.results.scores.evidenced.stage_steps[-1], self.decimals)

    def tally(self) -> str:
        """Return the counts of the round as sentences."""
        words, held = self.words, self.results.tally
        answered = words(N_("{n} of {all} questions have a level."), n=held.levels, all=held.total)
        parts = [answered, self._without_level()]
        if held.agreed or held.split:
            both = N_("Of those voted on, the room agreed on {agreed} and was split on {split}.")
            parts.append(words(both, agreed=held.agreed, split=held.split))
        parts.append(
            words.plural(
                N_("Evidence was seen for {n} question."),
                N_("Evidence was seen for {n} questions."),
                held.evidence_seen,
            )
        )
        return " ".join(part for part in parts if part)

    def _without_level(self) -> str:
        words, held = self.words, self.results.tally
        named = (
            (held.unknown, N_("don't know: {n}")),
            (held.na, N_("not applicable: {n}")),
            (held.unanswered, N_("not answered: {n}")),
        )
        said = [words(text, n=count) for count, text in named if count]
        return words(N_("The others: {list}."), list=", ".join(said)) if said else ""

    def open_differences(self) -> str:
        """Return that numbers are still a range, where they are."""
        count = len(self.results.ranges.open_questions)
        if not count:
            return ""
        return self.words.plural(
            N_("{n} answer differs between two copies and is to settle; scores show a range."),
            N_("{n} answers differ between two copies and are to settle; scores show a range."),
            count,
        )

    def reasons(self, one: Priority) -> list[str]:
        """Return why a priority stands where it does, at least one reason."""
        said = [self.say(reason, self.decimals) for reason in one.reasons]
        if said:
            return said
        labels = [self.words(LABELS[label]) for label in one.labels]
        text = self.words.plural(N_("{n} level to go"), N_("{n} levels to go"), one.gap.size)
        return labels or [text]

    def limit(self, held: Limit) -> str:
        """Return what holds what; without decimals where they may not be shown."""
        if self.decimals or held.kind not in (BY_GATE, BY_PREREQUISITE):
            return self.say(held.step, self.decimals)
        text = N_("{holder} is {level}; it holds {held} back.")
        named = {name: self.names.get(name, name) for name in (held.holder, held.held)}
        level = held.step.values["level"]
        return self.words(text, holder=named[held.holder], level=int(level), held=named[held.held])

    def middles(self, found: Perception) -> str:
        """Return the middle of each group on a line of its own, in the order of the groups."""
        order = [*self.results.group_names, *found.middles]
        text = N_("{group}: {level}")
        return "\n".join(
            self.words(text, group=self.group(group), level=found.middles[group])
            for group in dict.fromkeys(order)
            if group in found.middles
        )

    def track(self, name: str) -> str:
        """Return a track's name in plain words."""
        texts = {STATED: N_("What people said"), EVIDENCED: N_("What evidence supports")}
        return self.words(texts[name])


def shown_day(day: str, words: Words) -> str:
    """Return an ISO day as a language writes it; what is no day stays as it is."""
    try:
        return words.date(dt.date.fromisoformat(day))
    except ValueError:
        return day
