"""Scoring 69 questions x 30 respondents on both tracks with every explanation; limit 20 ms.

The floor is the least any scoring must do: sort the same ballots and take each middle.
"""

import json
import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from fieldkit.content.pack import load_pack
from fieldkit.tools.assessment.model import Checklist
from fieldkit.tools.assessment.rules import response_of_ballots, score

PACK = Path(__file__).parents[2] / "resources" / "content" / "assessment"
GROUPS = ("leadership", "operational", "technical", "administrative", "external")
RESPONDENTS, REPEATS, LIMIT_MS = 30, 25, 20.0
CHOICES = (1, 2, 2, 3, 3, 4, 5, "dk", None)


def median_ms(work: Callable[[], object]) -> float:
    """Return the median time of one call in milliseconds."""
    work()
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def middles(ballots: Mapping[str, Sequence[object]]) -> list[int | None]:
    """Return the bare middle of each question."""
    found = []
    for choices in ballots.values():
        levels = sorted(c for c in choices if isinstance(c, int))
        found.append(levels[(len(levels) - 1) // 2] if levels else None)
    return found


def run() -> list[dict[str, object]]:
    """Measure and return name, measured, floor, ratio and limit, in milliseconds."""
    checklist = Checklist.from_tree(load_pack(PACK).tree)
    draw = random.Random(69)
    ballots = {q.id: draw.choices(CHOICES, k=RESPONDENTS) for q in checklist.questions}
    groups = [GROUPS[n % len(GROUPS)] for n in range(RESPONDENTS)]

    def whole() -> object:
        given = {
            name: response_of_ballots(groups, choices, evidence=n % 4)
            for n, (name, choices) in enumerate(ballots.items())
        }
        return score(checklist, given)

    measured, floor = median_ms(whole), median_ms(lambda: middles(ballots))
    return [
        {
            "name": f"score {len(ballots)} questions x {RESPONDENTS} respondents",
            "unit": "ms",
            "measured": measured,
            "floor": floor,
            "ratio": measured / floor,
            "limit": LIMIT_MS,
            "bound": "measured",
        }
    ]


if __name__ == "__main__":
    print(json.dumps(run()))
