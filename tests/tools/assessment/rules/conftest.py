"""Small question sets and responses for the tests of the rules."""

import json
from pathlib import Path

import pytest

from fieldkit.tools.assessment.model import Checklist
from fieldkit.tools.assessment.rules import Response, response_of_ballots

VECTOR = Path(__file__).parent / "data" / "vector_scoring_mini.json"


@pytest.fixture(scope="session")
def vector():
    return json.loads(VECTOR.read_text("utf-8"))


@pytest.fixture(scope="session")
def mini(vector):
    return Checklist.from_json(vector["model"])


@pytest.fixture(scope="session")
def mini_responses(vector):
    groups = vector["respondents"]
    return {
        name: response_of_ballots(groups, held["r"], held.get("consensus"), held["e"])
        for name, held in vector["answers"].items()
    }


@pytest.fixture(scope="session")
def make():
    """Build a checklist from {dimension: (cluster, requires, {question: properties})}."""

    def _make(dimensions, **model):
        return Checklist.from_tree(
            {
                "model": {"id": "mini", "version": "1.0.0", **model},
                "dimensions": [
                    {
                        "id": name,
                        "cluster": cluster,
                        "requires": list(requires),
                        "questions": [{"id": q, **held} for q, held in questions.items()],
                    }
                    for name, (cluster, requires, questions) in dimensions.items()
                ],
            }
        )

    return _make


@pytest.fixture(scope="session")
def agreed():
    """Turn recorded levels into responses with the best evidence."""

    def _agreed(evidence=3, **levels):
        return {
            name.replace("_", "."): Response({}, level, evidence) for name, level in levels.items()
        }

    return _agreed
