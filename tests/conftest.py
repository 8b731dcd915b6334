"""Shared fixtures: a clock that only moves when told, homes in temporary folders, laptops."""

import datetime as dt
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from fieldkit.system.paths import Paths

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile(
    "ci", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "nightly", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci")


class FixedClock:
    """A claimed time that moves only when told."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 3, 18, 9, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def advance(self, **parts: float) -> None:
        self.now += dt.timedelta(**parts)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.at(tmp_path / "home")
