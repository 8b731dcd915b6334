"""Paper: whose strategy is printed, and which of its texts are left out beforehand."""

from dataclasses import dataclass, field, replace

from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words
from fieldkit.core.ids import EntityId
from fieldkit.tools.assessment.model import Checklist, Round
from fieldkit.tools.assessment.report import free_text_id
from fieldkit.tools.engagement.model import Engagement, Lists, profile_id
from fieldkit.tools.strategy.model import Action, Priority, Strategy, frame_id
from fieldkit.tools.strategy.rules import Draft

PRINTED = {
    "engagement": frozenset({"agency", "place"}),
    "round": frozenset({"title"}),
    "strategy": frozenset({"title", "problem", "vision", "period"}),
    "priority": frozenset({"title", "why"}),
    "action": frozenset({"title", "text", "owner", "due"}),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """Whose strategy it is, the round it came from, and the texts left out.

    `withheld` holds ids made by `free_text_id`; `printed` is the day of printing.
    """

    engagement: Engagement
    lists: Lists = field(default_factory=Lists)
    checklist: Checklist | None = None
    round: Round | None = None
    withheld: frozenset[str] = frozenset()
    printed: str = ""

    def kept(self, kind: str, ent: EntityId, name: str, text: str) -> str:
        """Return a text as it is printed: empty where it is withheld."""
        return "" if free_text_id(kind, ent, name) in self.withheld else text

    def agency(self, words: Words) -> str:
        """Return the agency's name, or a plain word for it where it is withheld."""
        ent = profile_id(self.engagement.scope)
        said = self.kept("engagement", ent, "agency", self.engagement.agency)
        return said or words(N_("The assessed agency"))

    def place(self, words: Words) -> str:
        """Return the place as the list names it, or as it was typed."""
        ent = profile_id(self.engagement.scope)
        said = self.kept("engagement", ent, "place", self.engagement.place)
        return self.lists.place_name(said, words)

    def round_title(self, source: Strategy) -> str:
        """Return the name of the round the strategy came from, empty where it is not here."""
        if self.round is None or not source.source:
            return ""
        return self.kept("round", Round.id_in(source.source), "title", self.round.title)


def is_printed(kind: str, field_name: str) -> bool:
    """Say whether the paper prints this field."""
    return field_name in PRINTED.get(kind, frozenset())


def shown_draft(draft: Draft, paper: Paper) -> Draft:
    """Return the strategy without the texts withheld, so that nothing after this prints them."""
    return replace(
        draft,
        strategy=_frame(draft.strategy, paper),
        priorities=[_priority(one, paper) for one in draft.priorities],
        actions=[_action(one, paper) for one in draft.actions],
    )


def _frame(held: Strategy, paper: Paper) -> Strategy:
    ent = frame_id(held.scope)
    return replace(
        held,
        title=paper.kept("strategy", ent, "title", held.title),
        problem=paper.kept("strategy", ent, "problem", held.problem),
        vision=paper.kept("strategy", ent, "vision", held.vision),
        period=paper.kept("strategy", ent, "period", held.period),
    )


def _priority(held: Priority, paper: Paper) -> Priority:
    return replace(
        held,
        title=paper.kept("priority", held.id, "title", held.title),
        why=paper.kept("priority", held.id, "why", held.why),
    )


def _action(held: Action, paper: Paper) -> Action:
    return replace(
        held,
        title=paper.kept("action", held.id, "title", held.title),
        text=paper.kept("action", held.id, "text", held.text),
        owner=paper.kept("action", held.id, "owner", held.owner),
        due=paper.kept("action", held.id, "due", held.due),
    )
