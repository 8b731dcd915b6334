"""Paper: what a report needs beside the results, and the lines it carries on every page."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from fieldkit.core.errors import N_
from fieldkit.core.ids import ScopeId
from fieldkit.tools.assessment.report.texts import free_text_id
from fieldkit.tools.assessment.rules.wording import Wording, shown_day
from fieldkit.tools.engagement.model import Engagement, Group, Lists, choice, profile_id


@dataclass(frozen=True, slots=True)
class Paper:
    """Whose report it is: the engagement, its groups, the round's scope, and the texts left out.

    `withheld` holds ids made by `free_text_id`; `printed` is the day of printing.
    """

    engagement: Engagement
    scope: ScopeId
    groups: Sequence[Group] = ()
    lists: Lists = field(default_factory=Lists)
    withheld: frozenset[str] = frozenset()
    printed: str = ""

    def told(self, name: str, text: str) -> str:
        """Return a text of the profile, empty where it is withheld."""
        ent = profile_id(self.engagement.scope)
        return "" if free_text_id("engagement", ent, name) in self.withheld else text

    def agency(self, wording: Wording) -> str:
        """Return the agency's name, or a plain word for it where it is withheld."""
        said = self.told("agency", self.engagement.agency)
        return said or wording.words(N_("The assessed agency"))

    def place(self, wording: Wording) -> str:
        """Return the place as the list names it, or as it was typed."""
        told = self.told("place", self.engagement.place)
        known = choice(self.lists.places, told)
        return known.say(wording.words) if known else told

    def subtitle(self, wording: Wording) -> str:
        """Return agency, unit, round and day in one line."""
        held = wording.results.round
        parts = (self.agency(wording), held.unit, held.title, wording.day())
        return " · ".join(part for part in parts if part)

    def footer(self, wording: Wording) -> str:
        """Return the line that stands at the foot of every page."""
        words = wording.words
        status = words(N_("Working material to talk about, not an official position"))
        parts = [wording.model(), status]
        if self.printed:
            parts.append(words(N_("printed {day}"), day=shown_day(self.printed, words)))
        return " · ".join(parts)

    def sources(self, wording: Wording) -> tuple[str, ...]:
        """Return the acknowledgement of the source, the status and the terms of use."""
        held, words = wording.results.checklist, wording.words
        texts = (("source", held.source), ("status", held.status), ("licence", held.licence))
        said = [words.content(held.context(f"model.{name}"), text) for name, text in texts]
        first = words(N_("Question set: {model}."), model=wording.model())
        return (first, *(one for one in said if one))

    def group_names(self) -> dict[str, str]:
        """Return the names of the groups, those withheld as a number."""
        found = {}
        for number, group in enumerate(self.groups, start=1):
            kept = free_text_id("group", group.id, "name") in self.withheld
            found[str(group.id)] = f"#{number}" if kept else group.name
        return found
