import time
from itertools import pairwise

import pytest

from fieldkit.tools.engagement.rules import finding_label, suspicious
from fieldkit.tools.engagement.rules.suspicion import LABELS

FOUND = [
    ("We spoke with Ivan Petrov about it.", "name", "Ivan Petrov"),
    ("Ivan Petrov said no.", "name", "Ivan Petrov"),
    ("Сергей Иванович отвечает за учёт", "name", "Сергей Иванович"),
    ("Petrović agrees", "name", "Petrović"),
    ("И. И. Иванов согласен", "name", "И. И. Иванов"),
    ("signed: Smith A. B.", "name", "Smith A. B."),
    ("Айгуль Маратовна ведёт журнал", "name", "Айгуль Маратовна"),
    ("Captain Petrov runs the desk", "rank", "Captain Petrov"),
    ("майор Иванов сказал", "rank", "майор Иванов"),
    ("inspektor Hodžić vodi", "rank", "inspektor Hodžić"),
    ("Mr. Smith came", "rank", "Mr. Smith"),
    ("case no. 123/2024", "case", "case no. 123/2024"),
    ("file 44-2023", "case", "file 44-2023"),
    ("уголовное дело № 12-345", "case", "уголовное дело № 12-345"),
    ("see № 12345/20", "case", "№ 12345/20"),
    ("KT-123/24", "case", "KT-123/24"),
    ("registered 4411/2023", "case", "4411/2023"),
    ("JMBG 0101990123456", "id", "0101990123456"),
    ("passport AN1234567", "id", "AN1234567"),
    ("call +387 33 123 456", "phone", "+387 33 123 456"),
    ("or 033/123-456", "phone", "033/123-456"),
    ("write to a.b@police.example", "email", "a.b@police.example"),
    ("plate A12-B-345", "plate", "A12-B-345"),
    ("А123ВС 77", "plate", "А123ВС 77"),
    ("BG 123-AB", "plate", "BG 123-AB"),
]
QUIET = [
    "The Ministry of Interior and the Data Protection Officer agreed.",
    "Two regions still send monthly spreadsheets; nobody checks them.",
    "UN Security Council resolution 1244 (1999)",
    "North Macedonia, Bosnia and Herzegovina",
    "Sample Regional Police. First Round. Since Monday",
    "plan 2025/2026 and level 3/5",
    "Register 12 345 678 records; 1,000,000 rows",
    "DAT.1 and LAW.4, MAJOR",
    "Windows Server and Microsoft Excel",
    "Major crime unit; General Staff",
    "Министерство внутренних дел и Управление кадров",
    "in this case 2024 was better",
    "50 of 60 files were complete",
    "U. Police and A. Ministry",
    "",
]


@pytest.mark.parametrize(("text", "kind", "words"), FOUND)
def test_what_looks_like_a_person_or_a_case_is_pointed_out(
    text: str, kind: str, words: str
) -> None:
    (found,) = suspicious(text)
    assert (found.kind, found.text) == (kind, words)
    assert text[found.start : found.end] == words


@pytest.mark.parametrize("text", QUIET)
def test_offices_places_and_figures_stay_quiet(text: str) -> None:
    assert suspicious(text) == ()


def test_several_findings_come_in_order_and_never_overlap() -> None:
    found = suspicious("Captain Petrov, +387 33 123 456, a@b.example, case no. 1/2024")
    assert [f.kind for f in found] == ["rank", "phone", "email", "case"]
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_long_list_of_capitalised_words_is_a_title_not_a_name() -> None:
    assert suspicious("see Alpha Beta Gamma Delta Epsilon for more") == ()
    assert suspicious("see Alpha Beta Gamma Delta Petrovich for more")


def test_a_name_does_not_run_over_a_line() -> None:
    assert suspicious("Bread\nButter") == ()


def test_every_kind_has_words() -> None:
    assert all(finding_label(kind) for kind in LABELS)


def test_a_huge_paste_is_read_in_time() -> None:
    started = time.perf_counter()
    assert len(suspicious("Ivan Petrov said. " * 20_000)) == 20_000
    suspicious("1" * 300_000 + "A" * 300_000)
    assert time.perf_counter() - started < 10
