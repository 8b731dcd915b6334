"""Score input: reads a checklist and an answers file for `fieldkit score`, trusting neither."""

import json
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

from fieldkit.content.pack import load_pack
from fieldkit.core.errors import N_, UserError
from fieldkit.tools.assessment.model import (
    BLANK,
    DONT_KNOW,
    GRADES,
    LEVELS,
    NOT_APPLICABLE,
    Checklist,
    Choice,
    Counts,
    Rating,
    Recorded,
    plain,
)
from fieldkit.tools.assessment.rules import Response, response_of_ballots

MOST_BYTES = 16 * 1024 * 1024
MOST_RESPONDENTS = 10_000


@dataclass(frozen=True, slots=True)
class Given:
    """What an answers file says: responses, targets and ratings by question."""

    responses: Mapping[str, Response]
    targets: Mapping[str, int | None]
    ratings: Mapping[str, Rating]


def read_checklist(path: Path) -> Checklist:
    """Return the checklist of a JSON file, a TOML file, or the folder of a content pack."""
    if path.is_dir():
        return Checklist.from_tree(load_pack(path).tree)
    if path.suffix.lower() != ".toml":
        return Checklist.from_json(read_json(path))
    tree = _read_toml(path)
    if "dimensions" in tree or path.name != "model.toml":
        return Checklist.from_json(tree)
    return Checklist.from_tree(load_pack(path.parent).tree)


def read_answers(path: Path, checklist: Checklist) -> Given:
    """Return what an answers file says about the questions of a checklist."""
    root = _table(read_json(path), "answers file")
    groups = _groups(root.get("respondents", []))
    answers = _table(root.get("answers"), "answers")
    targets = _table(root.get("targets", {}), "targets")
    ratings = _table(root.get("ratings", {}), "ratings")
    for name in (*answers, *targets, *ratings):
        _check_question(name, checklist)
    blank = response_of_ballots(groups, [None] * len(groups))
    found = {q.id: blank for q in checklist.questions}
    found |= {name: _response(name, value, groups) for name, value in answers.items()}
    return Given(
        found,
        {name: _target(name, value) for name, value in targets.items()},
        {name: _rating(name, value) for name, value in ratings.items()},
    )


def read_json(path: Path) -> object:
    """Return what a JSON file holds, numbers with a point exact; refuse what is said twice."""
    data = _read(path)
    try:
        return json.loads(
            data.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_once,
        )
    except RecursionError as error:
        text = N_("{name} is nested too deeply to be read. Choose another file.")
        raise UserError("E_JSON_DEEP", text, name=path.name) from error
    except ArithmeticError as error:
        text = N_("{name} holds a number too large to be read. Correct it and try again.")
        raise UserError("E_JSON_NUMBER", text, name=path.name) from error
    except ValueError as error:
        text = N_("{name} is not a JSON file, or is damaged. Choose another file.")
        raise UserError("E_JSON", text, name=path.name) from error


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        text = N_("{name} cannot be read. Check that the file is there and try again.")
        raise UserError("E_FILE", text, name=path.name) from error
    if len(data) > MOST_BYTES:
        text = N_("{name} is larger than 16 MB, too large for this. Choose another file.")
        raise UserError("E_FILE_LARGE", text, name=path.name)
    return data


def _read_toml(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(_read(path).decode("utf-8-sig"), parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        text = N_("{name} is not a TOML file, or is damaged. Choose another file.")
        raise UserError("E_TOML", text, name=path.name) from error


def _refuse_constant(name: str) -> NoReturn:
    text = N_("The file holds {name} where a number should stand. Correct it and try again.")
    raise UserError("E_JSON_NUMBER", text, name=name)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        name = Counter(n for n, _ in pairs).most_common(1)[0][0]
        text = N_("The file says {name} twice in one place. Take one out and try again.")
        raise UserError("E_JSON_TWICE", text, name=plain(name))
    return found


def _groups(value: object) -> list[str]:
    names = _list(value, "respondents")
    if len(names) > MOST_RESPONDENTS:
        text = N_("The file names more than {most} respondents. Split it and try again.")
        raise UserError("E_ANSWERS_COUNT", text, most=MOST_RESPONDENTS)
    return [name if isinstance(name, str) else _refuse_shape("respondents") for name in names]


def _response(question: str, value: object, groups: Sequence[str]) -> Response:
    answer = _table(value, question)
    recorded = _recorded(question, answer.get("consensus"))
    evidence = answer.get("e")
    grade = 0 if evidence is None else evidence
    if type(grade) is not int or grade not in GRADES:
        text = N_("The evidence of {question} must be a whole number from 0 to 3. Correct it.")
        raise UserError("E_ANSWERS_EVIDENCE", text, question=question)
    if "votes" in answer:
        return Response(_votes(question, answer["votes"]), recorded, grade)
    if "r" not in answer:
        return Response({}, recorded, grade)
    choices = [_choice(question, one) for one in _list(answer["r"], question)]
    if not groups:
        groups = [""] * len(choices)
    if len(choices) != len(groups):
        text = N_(
            "{question} has {count} answers, but there are {respondents} respondents. "
            "Write null where somebody left it blank."
        )
        counts = {"count": len(choices), "respondents": len(groups)}
        raise UserError("E_ANSWERS_COUNT", text, question=question, **counts)
    return response_of_ballots(groups, choices, recorded, grade)


def _votes(question: str, value: object) -> dict[str, Counts]:
    """Read votes that are counted already: how many of each group chose what."""
    found = {}
    for group, held in _table(value, question).items():
        counts = _table(held, question)
        if not all(_is_count(name, count) for name, count in counts.items()):
            text = N_(
                "The votes on {question} must say how many chose 1 to 5, dk, na or blank. "
                "Correct them."
            )
            raise UserError("E_ANSWERS_VOTES", text, question=question)
        found[group] = Counts.from_value({name: int(str(count)) for name, count in counts.items()})
    return found


def _is_count(name: str, count: object) -> bool:
    known = {*(str(level) for level in LEVELS), DONT_KNOW, NOT_APPLICABLE, BLANK}
    return name in known and type(count) is int and 0 <= count <= MOST_RESPONDENTS


def _recorded(question: str, value: object) -> Recorded:
    return _choice(question, value)


def _choice(question: str, value: object) -> Choice:
    if value is None or (isinstance(value, str) and value in (DONT_KNOW, NOT_APPLICABLE)):
        return value
    return _level(question, value)


def _level(question: str, value: object) -> int:
    if type(value) is int and value in LEVELS:
        return value
    text = N_(
        'An answer to {question} is neither a level from 1 to 5 nor "na", "dk" or null. Correct it.'
    )
    raise UserError("E_ANSWERS_LEVEL", text, question=question)


def _target(question: str, value: object) -> int | None:
    if value is None or (type(value) is int and value == 0):
        return None
    return _level(question, value)


def _rating(question: str, value: object) -> Rating:
    numbers = _list(value, question)
    if len(numbers) != 3:
        text = N_("The rating of {question} needs three numbers: need, harm, feasibility.")
        raise UserError("E_ANSWERS_RATING", text, question=question)
    need, harm, feasibility = (None if n is None else _level(question, n) for n in numbers)
    return Rating(question, need, harm, feasibility)


def _check_question(name: str, checklist: Checklist) -> None:
    if name not in checklist.by_id:
        text = N_("The answers file speaks of {question}, which is not in the checklist.")
        raise UserError("E_ANSWERS_QUESTION", text, question=plain(name))


def _table(value: object, where: str) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else _refuse_shape(where)


def _list(value: object, where: str) -> list[object]:
    return value if isinstance(value, list) else _refuse_shape(where)


def _refuse_shape(where: str) -> NoReturn:
    text = N_("The answers file cannot be used: {where} is missing or has a wrong kind of value.")
    raise UserError("E_ANSWERS_SHAPE", text, where=where)
