"""Lists to choose from load with their contexts, and a place brings its footnote."""

from pathlib import Path

import pytest

from fieldkit.content import ContentError, footnote_for, load_choices
from fieldkit.core.i18n import Words
from fieldkit.system.translations import words


def test_the_shipped_lists_are_all_there(content: Path) -> None:
    lists = load_choices(content / "engagement")
    assert {name: len(found) for name, found in lists.items()} == {
        "places": 14,
        "classifications": 3,
        "kinds": 9,
        "sizes": 5,
    }
    assert [one.id for one in lists["classifications"]] == ["public", "partners", "restricted"]
    assert lists["places"][-1].id == "other"
    assert lists["places"][0].context == "engagement:places.albania"


@pytest.mark.parametrize(
    "place", ["kosovo", "Mission in Kosovo (Pristina)", "Kosovë", "Северное Косово", "KOSOVA"]
)
def test_a_place_brings_its_footnote_also_when_typed_by_hand(place: str, content: Path) -> None:
    found = footnote_for(place, load_choices(content / "engagement")["places"])
    assert found is not None
    assert "resolution 1244" in found.say_footnote(Words())


@pytest.mark.parametrize("place", ["", "serbia", "Mission to Serbia (Belgrade)", "Other place"])
def test_other_places_bring_none(place: str, content: Path) -> None:
    assert footnote_for(place, load_choices(content / "engagement")["places"]) is None


def test_a_choice_says_its_name_in_a_language(content: Path) -> None:
    label = load_choices(content / "engagement")["classifications"][0]
    assert label.say(Words()) == "Public"
    assert label.say_meaning(Words()) == "may be passed on freely"
    assert label.say(words("qps-long", content)).startswith("[")


def test_an_id_given_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[[kinds]]\nid = "a"\nname = "A"\n', "utf-8")
    (tmp_path / "b.toml").write_text('[[kinds]]\nid = "a"\nname = "B"\n', "utf-8")
    with pytest.raises(ContentError) as caught:
        load_choices(tmp_path)
    assert str(caught.value.complaints[0]).startswith("b.toml:2: The id a was already given")


def test_one_list_may_be_spread_over_files(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[[kinds]]\nid = "a"\nname = "A"\n', "utf-8")
    (tmp_path / "b.toml").write_text('[[kinds]]\nid = "b"\nname = "B"\n', "utf-8")
    assert [one.id for one in load_choices(tmp_path)["kinds"]] == ["a", "b"]


def test_an_entry_without_a_name_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(
        '[[kinds]]\nid = "a"\nname = "A"\n\n[[kinds]]\nid = "b"\n', "utf-8"
    )
    with pytest.raises(ContentError) as caught:
        load_choices(tmp_path)
    assert str(caught.value.complaints[0]).startswith("a.toml:5: b: the key name is missing.")
