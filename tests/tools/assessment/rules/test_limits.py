"""What limits what, in words."""

from fieldkit.core.i18n import Words
from fieldkit.tools.assessment.rules import by_holder, evidence_limits, limits, say, score


def test_every_limit_names_holder_and_held_with_both_numbers(mini, mini_responses):
    found = limits(mini, score(mini, mini_responses).stated)
    assert [(f.kind, f.holder, f.held, f.at, f.without) for f in found] == [
        ("question", "D2", "D3", 2, 4),
        ("gate", "R1", "RGT", 2, found[1].without),
        ("question", "D1", "A3", 2, 3),
        ("prerequisite", "DAT", "ANI", 2, 3),
    ]
    assert [say(f.step, Words(), {"DAT": "Data", "ANI": "Analysis"}) for f in found] == [
        "D2 is 1, so D3 is held at 2 instead of 4.",
        "R1 is 1, so RGT is held at 2.00 instead of 2.67.",
        "D1 is 1, so A3 is held at 2 instead of 3.",
        "Data is 1, so Analysis is held at 2.00 instead of 3.00.",
    ]


def test_a_dimension_held_by_another_would_stand_at_its_gate(make, agreed):
    checklist = make(
        {
            "LOW": ("foundation", [], {"L": {}}),
            "USE": ("use", ["LOW"], {"G": {"gate": True}, "U": {}, "V": {}}),
        }
    )
    found = limits(checklist, score(checklist, agreed(L=1, G=2, U=5, V=5)).stated)
    assert [(f.kind, f.at, f.without) for f in found] == [
        ("gate", 3, 4),
        ("prerequisite", 2, 3),
    ]


def test_holders_are_grouped_the_busiest_first(make, agreed):
    questions = {
        "A": {}, "B": {}, "C": {"requires": ["A"]},
        "D": {"requires": ["B"]}, "E": {"requires": ["B"]},
    }  # fmt: skip
    checklist = make({"X": ("use", [], questions)})
    track = score(checklist, agreed(A=1, B=1, C=5, D=5, E=5)).stated
    grouped = by_holder(limits(checklist, track))
    assert {name: [f.held for f in held] for name, held in grouped.items()} == {
        "B": ["D", "E"],
        "A": ["C"],
    }
    assert next(iter(grouped)) == "B"


def test_want_of_evidence_is_told_on_the_evidenced_track_only(mini, mini_responses):
    scores = score(mini, mini_responses)
    found = evidence_limits(scores.evidenced)
    assert [(f.held, f.at, f.without) for f in found] == [("P3", 2, 4), ("R3", 2, 4)]
    assert say(found[0].step, Words(), {"E0": "said only"}) == (
        "P3 was put at 4, but the evidence is only: said only. It counts as 2."
    )
    assert evidence_limits(scores.stated) == []
