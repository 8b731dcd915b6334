"""The plate on the door of the strategy: its kinds and fields, and what it offers elsewhere."""

from fieldkit.core.errors import N_
from fieldkit.core.tool import LATEST, TEXT3, Field, KindPlate, Offer, Tool
from fieldkit.tools.strategy.model import ACTION, KIND, PRIORITY, SCOPE

STRATEGY = KindPlate(
    KIND,
    SCOPE,
    N_("Strategy"),
    (
        Field("title", N_("Title"), free=True),
        Field("problem", N_("The problem"), free=True, long=True, policy=TEXT3),
        Field("vision", N_("The vision"), free=True, long=True, policy=TEXT3),
        Field("period", N_("Period"), free=True),
        Field("source", N_("Started from")),
        Field("state", N_("State")),
    ),
    by_nature=True,
)
PRIORITY_PLATE = KindPlate(
    PRIORITY,
    SCOPE,
    N_("Priority"),
    (
        Field("title", N_("Priority"), free=True),
        Field("why", N_("Why, and what comes first"), free=True, long=True),
        Field("question", N_("Question")),
        Field("level", N_("Level in the assessment")),
        Field("target", N_("Target level")),
        Field("confirmed", N_("Confirmed")),
        Field("pos", N_("Position"), policy=LATEST),
    ),
)
ACTION_PLATE = KindPlate(
    ACTION,
    SCOPE,
    N_("Action"),
    (
        Field("title", N_("Action"), free=True),
        Field("text", N_("What is done"), free=True, long=True, policy=TEXT3),
        Field("owner", N_("Who is responsible"), free=True),
        Field("due", N_("Until when"), free=True),
        Field("priority", N_("Belongs to the priority")),
        Field("pos", N_("Position"), policy=LATEST),
    ),
)
TOOL = Tool(
    id="strategy",
    title=N_("Strategy"),
    icon="strategy",
    kinds=(STRATEGY, PRIORITY_PLATE, ACTION_PLATE),
    reports=("strategy",),
    offers=(Offer("results", N_("Start a strategy"), "strategy.start"),),
)
