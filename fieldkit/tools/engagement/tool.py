"""The plate on the door of the engagement: its kinds and fields."""

from fieldkit.core.errors import N_
from fieldkit.core.tool import LATEST, Field, KindPlate, Tool
from fieldkit.tools.engagement.model import GROUP, KIND, SCOPE

ENGAGEMENT = KindPlate(
    KIND,
    SCOPE,
    N_("Agency profile"),
    (
        Field("agency", N_("Agency"), free=True),
        Field("kind", N_("Kind of agency")),
        Field("size", N_("Size")),
        Field("place", N_("Place"), free=True),
        Field("languages", N_("Languages")),
        Field("doc_language", N_("Language of papers")),
        Field("second_language", N_("Second language")),
        Field("reference", N_("Reference of the request"), free=True, together="reference_state"),
        Field("reference_state", N_("Request"), together="reference_state"),
        Field("reference_reason", N_("Why the reference is pending"), free=True,
              together="reference_state"),
        Field("reference_role", N_("Role that announced the request"), free=True,
              together="reference_state"),
        Field("consent", N_("Consent"), together="consent"),
        Field("consent_role", N_("Role that consented"), free=True, together="consent"),
        Field("training", N_("Training engagement")),
        Field("classification", N_("Classification")),
        Field("non_attribution", N_("Non-attribution")),
        Field("small_limit", N_("Smallest group shown")),
        Field("archived", N_("Archived"), policy=LATEST),
        Field("started", N_("Started")),
    ),
    by_nature=True,
)  # fmt: skip
GROUP_PLATE = KindPlate(
    GROUP,
    SCOPE,
    N_("Group of participants"),
    (
        Field("name", N_("Name of the group"), free=True),
        Field("category", N_("Category")),
        Field("heads", N_("How many")),
        Field("pos", N_("Position"), policy=LATEST),
    ),
)
TOOL = Tool(
    "engagement", N_("Overview"), "engagement", (ENGAGEMENT, GROUP_PLATE), content="engagement"
)
