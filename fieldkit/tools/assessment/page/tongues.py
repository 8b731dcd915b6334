"""Tongues: the one or two languages a question is shown in, the room's first."""

from dataclasses import dataclass
from pathlib import Path

from fieldkit.core.i18n import Words
from fieldkit.system.translations import words
from fieldkit.tools.assessment.model import Checklist, Question


@dataclass(frozen=True, slots=True)
class Shown:
    """A content text in the first language and, where there is one, in the second."""

    first: str
    second: str


class Tongues:
    """Gives content in the room's language and the facilitator's; `swap` turns them round."""

    def __init__(self, screen: Words, document: str, second: str, folder: Path) -> None:
        """Take the screen's words, the room's language and a second one where they are the same."""
        first = document or screen.language
        other = screen.language if first != screen.language else second
        self._first = screen if first == screen.language else words(first, folder)
        known = screen if other == screen.language else words(other, folder) if other else None
        self._second = known if other and other != first else None
        self._swapped = False

    def swap(self) -> None:
        """Put the second language first."""
        self._swapped = self._second is not None and not self._swapped

    def say(self, context: str, source: str) -> Shown:
        """Return one content text in both languages."""
        first = self._first.content(context, source)
        second = self._second.content(context, source) if self._second else ""
        if self._swapped:
            first, second = second, first
        return Shown(first, "" if second == first else second)

    def question(self, question: Question, part: str, source: str) -> Shown:
        """Return one text of a question in both languages."""
        return self.say(question.context(part), source)

    def all_texts(self, checklist: Checklist) -> dict[str, tuple[str, ...]]:
        """Return every text of every question in both languages, for searching."""
        found: dict[str, tuple[str, ...]] = {}
        for question in checklist.questions:
            parts = [("text", question.text), ("why", question.why)]
            parts += [(f"levels.{i}", text) for i, text in enumerate(question.levels, 1)]
            shown = [self.question(question, part, source) for part, source in parts]
            found[question.id] = tuple(t for s in shown for t in (s.first, s.second) if t)
        return found
