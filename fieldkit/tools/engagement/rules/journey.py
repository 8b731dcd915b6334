"""The journey of an engagement: where it stands, and the one next step."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldkit.core.errors import N_
from fieldkit.core.ids import ScopeId
from fieldkit.tools.engagement.model import Engagement, Group
from fieldkit.tools.engagement.rules.terms import assess_obstacles

DONE, NOW, LATER = "done", "now", "later"
STAGES = (
    ("prepare", N_("Prepare")),
    ("assess", N_("Assess")),
    ("prioritise", N_("Prioritise")),
    ("draft", N_("Draft")),
    ("pilot", N_("Pilot")),
    ("review", N_("Review")),
)


@dataclass(frozen=True, slots=True)
class RoundStanding:
    """How far one round is; `to_settle` counts the questions the room is too split on to close."""

    scope: ScopeId
    title: str
    is_open: bool
    mode: str
    answered: int
    total: int
    to_settle: int
    day: str = ""


@dataclass(frozen=True, slots=True)
class StrategyStanding:
    """How far one strategy is; `without_action` counts the priorities nobody acts on yet."""

    scope: ScopeId
    title: str
    priorities: int
    confirmed: int
    without_action: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything the next step depends on."""

    engagement: Engagement
    groups: tuple[Group, ...] = ()
    rounds: tuple[RoundStanding, ...] = ()
    strategies: tuple[StrategyStanding, ...] = ()
    differences: int = 0


@dataclass(frozen=True, slots=True)
class Stage:
    """One station of the journey: done, now or later."""

    id: str
    label: str
    state: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """One next step in words; `command` and `scope` say what its button does."""

    key: str
    title: str
    text: str
    button: str
    command: str
    scope: ScopeId
    values: Mapping[str, str | int] = field(default_factory=dict)


def is_prepared(standing: Standing) -> bool:
    """Say whether profile, terms and groups are there."""
    named = bool(standing.engagement.agency.strip())
    return named and bool(standing.groups) and not assess_obstacles(standing.engagement)


def is_assessed(standing: Standing) -> bool:
    """Say whether there is a round and the newest one is closed."""
    return bool(standing.rounds) and not standing.rounds[-1].is_open


def is_prioritised(standing: Standing) -> bool:
    """Say whether a strategy holds priorities."""
    return any(s.priorities for s in standing.strategies)


def is_drafted(standing: Standing) -> bool:
    """Say whether a strategy has every priority confirmed and acted on."""
    return any(
        s.priorities and s.confirmed == s.priorities and not s.without_action
        for s in standing.strategies
    )


def journey(standing: Standing) -> tuple[Stage, ...]:
    """Return the six stations; the first that is not done is now."""
    checks = (is_prepared, is_assessed, is_prioritised, is_drafted)
    done = [check(standing) for check in checks] + [False, False]
    now = done.index(False)
    return tuple(
        Stage(key, label, DONE if is_done else NOW if i == now else LATER)
        for i, ((key, label), is_done) in enumerate(zip(STAGES, done, strict=True))
    )


def next_step(standing: Standing) -> NextStep:
    """Return the one next step."""
    if standing.differences:
        return NextStep(
            "settle",
            N_("Next: settle differences"),
            N_("Two people wrote different things. Differences to settle: {count}."),
            N_("Settle differences"),
            "exchange.settle",
            standing.engagement.scope,
            {"count": standing.differences},
        )
    if not is_prepared(standing):
        return _prepare(standing)
    if not is_assessed(standing):
        return _assess(standing)
    return _draft(standing)


def _prepare(standing: Standing) -> NextStep:
    engagement = standing.engagement
    if not engagement.agency.strip():
        return NextStep(
            "profile",
            N_("Next: say who you work with"),
            N_("Name the agency, its kind, size and place. They stand on every paper."),
            N_("Complete the profile"),
            "engagement.complete",
            engagement.scope,
        )
    obstacles = assess_obstacles(engagement)
    if obstacles:
        return NextStep(
            "consent",
            N_("Next: request and consent"),
            obstacles[0],
            N_("Enter request and consent"),
            "engagement.consent",
            engagement.scope,
        )
    return NextStep(
        "groups",
        N_("Next: say who will be in the room"),
        N_("Enter the groups of participants and how many people each has. No names are needed."),
        N_("Enter groups"),
        "engagement.groups",
        engagement.scope,
    )


def _assess(standing: Standing) -> NextStep:
    if not standing.rounds:
        return NextStep(
            "start",
            N_("Next: start the first round"),
            N_("Choose all questions or the quick scan, and begin with any of them."),
            N_("Start a round"),
            "assessment.start",
            standing.engagement.scope,
        )
    newest = standing.rounds[-1]
    values: Mapping[str, str | int] = {
        "title": newest.title,
        "answered": newest.answered,
        "total": newest.total,
        "count": newest.to_settle,
    }
    if newest.answered < newest.total:
        return NextStep(
            "answer",
            N_("Next: go on with the questions"),
            N_("{title}: {answered} of {total} answered. You continue where you stopped."),
            N_("Continue the round"),
            "assessment.open",
            newest.scope,
            values,
        )
    if newest.to_settle:
        return NextStep(
            "agree",
            N_("Next: agree on levels"),
            N_("{title}: the room is far apart. Questions that need an agreed level: {count}."),
            N_("Go to these questions"),
            "assessment.settle",
            newest.scope,
            values,
        )
    return NextStep(
        "close",
        N_("Next: close the round"),
        N_("{title}: all {total} are answered. Close the round to fix what was agreed."),
        N_("Close this round"),
        "assessment.close",
        newest.scope,
        values,
    )


def _draft(standing: Standing) -> NextStep:
    begun = [s for s in standing.strategies if s.priorities]
    if not begun:
        return NextStep(
            "prioritise",
            N_("Next: agree three to five priorities"),
            N_("The round is complete. Look at what stands first and why, and choose together."),
            N_("Choose priorities"),
            "strategy.start",
            standing.rounds[-1].scope,
        )
    newest = begun[-1]
    values: Mapping[str, str | int] = {
        "open": newest.priorities - newest.confirmed,
        "count": newest.without_action,
    }
    if newest.confirmed < newest.priorities:
        return NextStep(
            "confirm",
            N_("Next: confirm the priorities"),
            N_("Some texts were filled in from the answers. Read and confirm each: {open} left."),
            N_("Continue drafting"),
            "strategy.open",
            newest.scope,
            values,
        )
    if newest.without_action:
        return NextStep(
            "act",
            N_("Next: write down the actions"),
            N_("Priorities without an action: {count}. Say who does what, by when."),
            N_("Continue drafting"),
            "strategy.open",
            newest.scope,
            values,
        )
    return NextStep(
        "hand_over",
        N_("Next: hand the draft to the agency"),
        N_("The draft is complete. The agency owns it: give it the papers and the bundle."),
        N_("Export bundle"),
        "exchange.export",
        standing.engagement.scope,
    )
