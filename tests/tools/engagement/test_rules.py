from dataclasses import replace
from pathlib import Path

import pytest

from fieldkit.content import load_choices
from fieldkit.core.i18n import Words
from fieldkit.core.ids import ScopeId
from fieldkit.core.record import Record
from fieldkit.system.paths import Paths
from fieldkit.tools.engagement.model import (
    CATEGORIES,
    REFERENCE_STATES,
    Engagement,
    Group,
    Lists,
    Terms,
    choice,
    option_label,
)
from fieldkit.tools.engagement.rules import (
    RoundStanding,
    Standing,
    StrategyStanding,
    assess_obstacles,
    footnotes,
    journey,
    marks,
    marks_line,
    may_assess,
    may_send,
    next_step,
    send_obstacle,
)

GIVEN = Terms("given", "No. 5", consent=True, consent_role="Head of service")
PENDING = Terms(
    "pending",
    reference_reason="on its way",
    reference_role="Liaison",
    consent=True,
    consent_role="Head of service",
)


@pytest.fixture(scope="module")
def lists() -> Lists:
    folder = Paths.at(Path("/nowhere")).resources / "content" / "engagement"
    return Lists.of(load_choices(folder))


@pytest.mark.parametrize(
    ("terms", "obstacles"),
    [
        (GIVEN, 0),
        (PENDING, 0),
        (replace(GIVEN, reference=" "), 1),
        (replace(PENDING, reference_reason=""), 1),
        (replace(PENDING, reference_role=""), 1),
        (replace(GIVEN, consent=False), 1),
        (replace(GIVEN, consent_role=" "), 1),
        (Terms(), 2),
    ],
)
def test_an_assessment_opens_with_reference_and_consent_only(terms: Terms, obstacles: int) -> None:
    real = Engagement("Police", terms=terms)
    assert len(assess_obstacles(real)) == obstacles
    assert may_assess(real) == (not obstacles)
    assert may_assess(replace(real, training=True))


@pytest.mark.parametrize("receiver", ["full", "agency"])
def test_the_agency_and_our_own_installs_always_get_the_data(receiver: str) -> None:
    assert may_send(Engagement("Police"), receiver)
    assert may_send(Engagement("Police", training=True), receiver)


@pytest.mark.parametrize("receiver", ["partners", "public"])
def test_sending_further_needs_a_given_reference_and_consent(receiver: str) -> None:
    assert may_send(Engagement("P", terms=GIVEN), receiver)
    assert "training" in send_obstacle(Engagement("P", terms=GIVEN, training=True), receiver)
    assert "reference" in send_obstacle(Engagement("P", terms=PENDING), receiver)
    assert "reference" in send_obstacle(
        Engagement("P", terms=replace(GIVEN, reference="")), receiver
    )
    assert "consent" in send_obstacle(
        Engagement("P", terms=replace(GIVEN, consent=False)), receiver
    )


def test_papers_say_provisional_until_the_reference_is_given(lists: Lists) -> None:
    words = Words()
    line = "RESTRICTED · for the agency and the mission"
    assert marks_line(marks(Engagement("P", terms=GIVEN), lists), words) == line
    pending = marks(Engagement("P", terms=PENDING), lists)
    assert marks_line(pending, words) == line + " · PROVISIONAL"
    training = marks(Engagement("P", training=True), lists)
    assert marks_line(training, words) == line + " · TRAINING"


def test_an_unknown_label_is_still_printed(lists: Lists) -> None:
    odd = marks(Engagement("P", terms=GIVEN, classification="secret"), lists)
    assert marks_line(odd, Words()) == "SECRET"


@pytest.mark.parametrize(
    ("place", "agency", "count"),
    [
        ("kosovo", "Police", 1),
        ("Mission in Kosovo (Pristina)", "Police", 1),
        ("the town", "Kosovska policija", 1),
        ("Косово", "Police", 1),
        ("serbia", "Police", 0),
        ("", "Police", 0),
    ],
)
def test_the_footnote_comes_by_rule(lists: Lists, place: str, agency: str, count: int) -> None:
    found = footnotes(marks(Engagement(agency, place=place), lists), Words())
    assert len(found) == count
    assert all("1244" in note for note in found)


def test_choices_are_found_by_id_and_unknown_ones_say_their_id(lists: Lists) -> None:
    found = choice(lists.sizes, "100-499")
    assert found is not None
    assert found.name
    assert choice(lists.sizes, "nothing") is None
    assert option_label(CATEGORIES, "technical") == "Technical"
    assert option_label(REFERENCE_STATES, "odd") == "odd"


def test_a_profile_survives_its_record_and_odd_values_read_as_defaults() -> None:
    scope = ScopeId("a" * 32)
    profile = Engagement(
        "Police", "regional", "100-499", "Town", ("bs", "ru"), "ru", "bs", GIVEN,
        small_limit=5, started="2026-03-18", scope=scope, non_attribution=False,
    )  # fmt: skip
    assert Engagement.of(profile.record()) == profile
    odd = Record(scope, "engagement", profile.record().id, {"languages": "ru", "small_limit": 1})
    read = Engagement.of(odd)
    assert (read.languages, read.small_limit, read.non_attribution) == ((), 3, True)
    assert read.classification == "restricted"


ROOM = Group("Shift leaders", "operational", 5)
OPEN = RoundStanding(ScopeId("r"), "First round", True, "full", 3, 69, 0)
DONE = replace(OPEN, is_open=False, answered=69)
BEGUN = StrategyStanding(ScopeId("s"), "Strategy", 3, 3, 0)
READY = Standing(Engagement("P", terms=GIVEN), (ROOM,))


@pytest.mark.parametrize(
    ("standing", "key", "command", "now"),
    [
        (Standing(Engagement()), "profile", "engagement.complete", "prepare"),
        (Standing(Engagement("P")), "consent", "engagement.consent", "prepare"),
        (Standing(Engagement("P", training=True)), "groups", "engagement.groups", "prepare"),
        (READY, "start", "assessment.start", "assess"),
        (replace(READY, rounds=(OPEN,)), "answer", "assessment.open", "assess"),
        (
            replace(READY, rounds=(replace(OPEN, answered=69, to_settle=2),)),
            "agree",
            "assessment.settle",
            "assess",
        ),
        (
            replace(READY, rounds=(replace(OPEN, answered=69),)),
            "close",
            "assessment.close",
            "assess",
        ),
        (replace(READY, rounds=(DONE,)), "prioritise", "strategy.start", "prioritise"),
        (
            replace(READY, rounds=(DONE,), strategies=(replace(BEGUN, priorities=0, confirmed=0),)),
            "prioritise",
            "strategy.start",
            "prioritise",
        ),
        (
            replace(READY, rounds=(DONE,), strategies=(replace(BEGUN, confirmed=1),)),
            "confirm",
            "strategy.open",
            "draft",
        ),
        (
            replace(READY, rounds=(DONE,), strategies=(replace(BEGUN, without_action=1),)),
            "act",
            "strategy.open",
            "draft",
        ),
        (
            replace(READY, rounds=(DONE,), strategies=(BEGUN,)),
            "hand_over",
            "exchange.export",
            "pilot",
        ),
        (replace(READY, differences=2), "settle", "exchange.settle", "assess"),
    ],
)
def test_there_is_always_one_next_step(
    standing: Standing, key: str, command: str, now: str
) -> None:
    step = next_step(standing)
    assert (step.key, step.command) == (key, command)
    words = Words()
    assert "{" not in words(step.text, **step.values)
    stages = journey(standing)
    assert [s.id for s in stages if s.state == "now"] == [now]
    assert len(stages) == 6
