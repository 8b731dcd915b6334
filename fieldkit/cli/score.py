"""`fieldkit score`: scores a checklist and an answers file without a workspace."""

import argparse
import json
from fractions import Fraction
from pathlib import Path

from fieldkit.cli.score_input import read_answers, read_checklist
from fieldkit.core.i18n import Words
from fieldkit.tools.assessment.rules import (
    DimensionScore,
    QuestionScore,
    Scores,
    Track,
    leverage,
    priorities,
    rounded,
    score,
)

Json = float | str | list["Json"] | dict[str, "Json"] | None


def run(args: argparse.Namespace, words: Words | None = None) -> int:
    """Print the scores of `args.answers` under `args.model`; as one JSON document if asked."""
    result, scores = _scored(Path(args.model), Path(args.answers))
    if getattr(args, "json", False):
        print(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(scores, words or Words())))
    return 0


def score_files(model: Path, answers: Path) -> dict[str, Json]:
    """Return the scores of an answers file under a checklist, in the shape of `cli.md`."""
    return _scored(model, answers)[0]


def _scored(model: Path, answers: Path) -> tuple[dict[str, Json], Scores]:
    checklist = read_checklist(model)
    given = read_answers(answers, checklist)
    scores = score(checklist, given.responses)
    ranked = priorities(checklist, scores.evidenced, given.targets, given.ratings)
    result: dict[str, Json] = {
        "stated": _track(scores.stated),
        "evidenced": _track(scores.evidenced),
        "leverage": {name: _number(share) for name, share in leverage(checklist).items()},
        "priorities": [[p.question, _number(p.index)] for p in ranked],
    }
    return result, scores


def _track(track: Track) -> Json:
    return {
        "questions": {name: _question(held) for name, held in track.questions.items()},
        "dimensions": {name: _dimension(held) for name, held in track.dimensions.items()},
        "overall": _number(track.overall),
        "stage": track.stage,
    }


def _question(held: QuestionScore) -> Json:
    votes = held.base.votes
    return {
        "status": held.status,
        "consolidated": held.level,
        "effective": held.effective,
        "median": votes.median,
        "spread": votes.spread,
        "agreement": _number(votes.agreement),
        "known": _number(votes.known),
        "discuss": votes.flag,
    }


def _dimension(held: DimensionScore) -> Json:
    return {
        "raw": _number(held.raw),
        "gate_limit": _number(held.gate_limit),
        "score": _number(held.score),
        "level": held.level,
        "limited_by": list(held.limited_by),
        "unverified": list(held.unverified),
        "status": held.status,
        "coverage": _number(held.coverage),
        "confidence": _number(held.confidence),
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(rounded(value))


def _lines(scores: Scores, words: Words) -> list[str]:
    lines = [
        words(
            "{dimension}: said {stated}, evidence supports {evidenced}",
            dimension=name,
            stated=_said(stated.score, words),
            evidenced=_said(scores.evidenced.dimensions[name].score, words),
        )
        for name, stated in scores.stated.dimensions.items()
    ]
    overall, stage = scores.evidenced.overall, scores.evidenced.stage
    lines.append(words("Overall, by evidence: {overall}", overall=_said(overall, words)))
    lines.append(words("Stage, by evidence: {stage}", stage=stage or words("none")))
    return lines


def _said(value: Fraction | None, words: Words) -> str:
    return words("no score") if value is None else words.number(value, 2)
