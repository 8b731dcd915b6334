"""The plate on the door of the assessment: its kinds, their fields and its content."""

from fieldkit.core.errors import N_
from fieldkit.core.tool import LATEST, Field, KindPlate, Tool

ROUND = KindPlate(
    "round",
    "assessment",
    N_("Round"),
    (
        Field("title", N_("Title"), free=True),
        Field("mode", N_("Full or quick")),
        Field("unit", N_("Unit"), free=True),
        Field("state", N_("Open or closed")),
        Field("model", N_("Question set")),
        Field("day", N_("Day")),
        Field("last", N_("Last question"), policy=LATEST),
        Field("summary", N_("Summary"), free=True),
    ),
    by_nature=True,
)
ANSWER = KindPlate(
    "answer",
    "assessment",
    N_("Answer"),
    (
        Field("question", N_("Question")),
        Field("level", N_("Agreed level"), together="level"),
        Field("reason", N_("Reason"), free=True, long=True, together="level"),
        Field("na_reason", N_("Why it does not apply"), free=True, together="level"),
        Field("dissent", N_("A different view"), free=True),
        Field("evidence", N_("Evidence")),
        Field("evidence_text", N_("What was seen"), free=True),
        Field("comment", N_("Comment for the report"), free=True),
        Field("review", N_("Marked for review")),
        Field("revealed", N_("Revealed")),
    ),
    by_nature=True,
)
BATCH = KindPlate(
    "batch",
    "assessment",
    N_("Votes"),
    (
        Field("question", N_("Question")),
        Field("group", N_("Group")),
        Field("counts", N_("How many chose what"), free=True),
        Field("pile", N_("Pile"), free=True),
        Field("day", N_("Day")),
    ),
    day_only=True,
)
TARGET = KindPlate(
    "target",
    "assessment",
    N_("Target"),
    (Field("question", N_("Question")), Field("level", N_("Target level"))),
    by_nature=True,
)
RATING = KindPlate(
    "rating",
    "assessment",
    N_("Rating"),
    (
        Field("question", N_("Question")),
        Field("need", N_("How much it is needed")),
        Field("harm", N_("Harm if it is left")),
        Field("feasibility", N_("How feasible it is")),
    ),
    by_nature=True,
)
ATTACHMENT = KindPlate(
    "attachment",
    "assessment",
    N_("Attachment"),
    (
        Field("parent", N_("Belongs to")),
        Field("question", N_("Question")),
        Field("file", N_("File"), free=True),
        Field("register_no", N_("Register number"), free=True),
        Field("pos", N_("Position"), policy=LATEST),
    ),
)
NOTE = KindPlate(
    "note",
    "private",
    N_("Own note"),
    (Field("question", N_("Question")), Field("text", N_("Text"), free=True)),
    by_nature=True,
)

TOOL = Tool(
    id="assessment",
    title=N_("Assessment"),
    icon="assessment",
    kinds=(ROUND, ANSWER, BATCH, TARGET, RATING, ATTACHMENT, NOTE),
    content="assessment",
    reports=("results",),
)
