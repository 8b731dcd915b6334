"""Flow and Step: the path through a wizard, without a wizard."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from fieldkit.core.op import Value

Answers = Mapping[str, Value]


def _always(_: Answers) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Step:
    """One station of a path; `applies` says, from the answers so far, whether it is on it."""

    id: str
    applies: Callable[[Answers], bool] = _always


@dataclass(frozen=True, slots=True)
class Flow:
    """A place on a path; moving gives a new Flow."""

    steps: tuple[Step, ...]
    answers: Answers
    at: str

    def path(self) -> tuple[str, ...]:
        """Return the stations that apply, in order."""
        return tuple(s.id for s in self.steps if s.applies(self.answers))

    def forward(self) -> "Flow":
        """Return the flow one station on; at the end it stays."""
        return self._moved(1)

    def back(self) -> "Flow":
        """Return the flow one station back; at the start it stays."""
        return self._moved(-1)

    def jump(self, step: str) -> "Flow":
        """Return the flow at a named station of the path; elsewhere it stays."""
        return replace(self, at=step) if step in self.path() else self

    def _moved(self, by: int) -> "Flow":
        path = self.path()
        index = path.index(self.at) + by if self.at in path else 0
        return replace(self, at=path[min(max(index, 0), len(path) - 1)])
