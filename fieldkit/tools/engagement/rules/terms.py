"""When an assessment may open, what may be sent to whom, and what every paper must say."""

from dataclasses import dataclass

from fieldkit.content import Choice
from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words
from fieldkit.tools.engagement.model import (
    GIVEN,
    PENDING,
    Engagement,
    Lists,
    Terms,
    choice,
)

OWN, AGENCY = "full", "agency"
SEPARATOR = " · "


def reference_obstacle(terms: Terms) -> str:
    """Return what is missing of the request's reference, as a source text; empty if nothing."""
    if terms.reference_state == GIVEN:
        return "" if terms.reference.strip() else N_("Enter the reference of the request.")
    if terms.reference_state == PENDING:
        said = terms.reference_reason.strip() and terms.reference_role.strip()
        return "" if said else N_("Say why the reference is pending and which role announced it.")
    return N_("Enter the reference of the agency's request, or say why it is pending.")


def consent_obstacle(terms: Terms) -> str:
    """Return what is missing of the consent, as a source text; empty if nothing."""
    if terms.consent and terms.consent_role.strip():
        return ""
    return N_("Record the consent of the agency and the role that gave it.")


def terms_obstacles(terms: Terms) -> tuple[str, ...]:
    """Return everything that keeps a real assessment from opening."""
    return tuple(o for o in (reference_obstacle(terms), consent_obstacle(terms)) if o)


def assess_obstacles(engagement: Engagement) -> tuple[str, ...]:
    """Return what keeps an assessment from opening, as source texts; training needs nothing."""
    return () if engagement.training else terms_obstacles(engagement.terms)


def may_assess(engagement: Engagement) -> bool:
    """Say whether an assessment may open."""
    return not assess_obstacles(engagement)


def send_obstacle(engagement: Engagement, receiver: str) -> str:
    """Return why a bundle may not go to a receiver, as a source text; empty where it may.

    The assessed agency owns its data and always gets it; our own installs are the same custody.
    """
    if receiver in (OWN, AGENCY):
        return ""
    if engagement.training:
        return N_("This is a training engagement. It stays with the team and the agency.")
    if engagement.terms.reference_state != GIVEN or reference_obstacle(engagement.terms):
        return N_(
            "The reference of the request is still missing. Until it is entered, only the "
            "assessed agency itself may have the data."
        )
    if consent_obstacle(engagement.terms):
        return N_(
            "The agency's consent is not recorded. Until it is, only the assessed agency itself "
            "may have the data."
        )
    return ""


def may_send(engagement: Engagement, receiver: str) -> bool:
    """Say whether a bundle may go to a receiver: full (own installs), agency, partners, public."""
    return not send_obstacle(engagement, receiver)


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands on every page and paper: the label, PROVISIONAL, training, the footnotes."""

    classification: Choice | None
    label: str
    provisional: bool
    training: bool
    footnotes: tuple[Choice, ...]


def marks(engagement: Engagement, lists: Lists) -> Marks:
    """Return the marks of an engagement's papers."""
    label = engagement.classification
    return Marks(
        choice(lists.classifications, label),
        label,
        not engagement.training and engagement.terms.reference_state != GIVEN,
        engagement.training,
        tuple(
            p
            for p in lists.places
            if p.footnote and (p.is_meant(engagement.place) or p.is_meant(engagement.agency))
        ),
    )


def marks_line(found: Marks, words: Words) -> str:
    """Return the line for the head of every page: "RESTRICTED · for the agency · PROVISIONAL"."""
    parts = [found.label.upper()]
    known = found.classification
    if known is not None:
        parts = [known.say(words).upper(), known.say_meaning(words)]
    if found.training:
        parts.append(words("TRAINING"))
    if found.provisional:
        parts.append(words("PROVISIONAL"))
    return SEPARATOR.join(p for p in parts if p)


def footnotes(found: Marks, words: Words) -> tuple[str, ...]:
    """Return the footnotes every paper carries, in its language."""
    return tuple(p.say_footnote(words) for p in found.footnotes)
