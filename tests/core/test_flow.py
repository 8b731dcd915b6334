"""Flow: a path is walked without a wizard and nobody falls off its ends."""

import pytest

from fieldkit.core.flow import Flow, Step

STEPS = (Step("who"), Step("why", lambda a: a.get("training") is not True), Step("when"))


def flow(at: str, **answers: bool) -> Flow:
    return Flow(STEPS, answers, at)


@pytest.mark.parametrize(
    ("at", "forward", "back"),
    [
        ("who", "why", "who"),
        ("why", "when", "who"),
        ("when", "when", "why"),
        ("lost", "who", "who"),
    ],
)
def test_steps_follow_each_other_and_the_ends_hold(at: str, forward: str, back: str) -> None:
    assert flow(at).forward().at == forward
    assert flow(at).back().at == back


def test_a_step_that_does_not_apply_is_walked_past() -> None:
    path = flow("who", training=True)
    assert path.path() == ("who", "when")
    assert path.forward().at == "when"


def test_one_may_jump_anywhere_on_the_path_only() -> None:
    assert flow("who").jump("when").at == "when"
    assert flow("who", training=True).jump("why").at == "who"
