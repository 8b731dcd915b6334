"""The laws of exchange, kept by real workspaces under random histories."""

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.laws.machine import Laws


def test_the_laws_hold_under_random_histories() -> None:
    run_state_machine_as_test(Laws, settings=settings(max_examples=40, stateful_step_count=25))
