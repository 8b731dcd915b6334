"""Words: translations may be wrong or missing; sentences still come out, never a traceback."""

import datetime as dt
import gettext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.core.i18n import Words, is_fillable, isolate, safe_format

DAY = dt.date(2026, 3, 18)


class Catalogue(gettext.NullTranslations):
    """A handful of translations, some of them wrong."""

    def __init__(self, texts: dict[str, str]) -> None:
        super().__init__()
        self.texts = texts

    def gettext(self, message: str) -> str:
        return self.texts.get(message, message)

    def ngettext(self, one: str, many: str, n: int) -> str:
        return self.texts.get(many, one if n == 1 else many)

    def pgettext(self, context: str, message: str) -> str:
        return self.texts.get(f"{context}|{message}", message)


def words(language: str = "sr", **texts: str) -> Words:
    return Words(language, Catalogue(texts), Catalogue(texts))


def test_english_needs_no_catalogue() -> None:
    english = Words()
    assert english("Save {name}", name="LDR") == "Save LDR"
    assert english("") == ""
    assert english("100 % {sure}") == "100 % {sure}"
    assert english.content("c", "") == ""
    assert english.has_content("c", "any")


def test_a_translation_is_used_where_there_is_one() -> None:
    serbian = words(Save="Sačuvaj", **{"Hello {name}": "Zdravo {name}"})
    assert serbian("Save") == "Sačuvaj"
    assert serbian("Hello {name}", name="A") == "Zdravo A"


@pytest.mark.parametrize(
    "wrong",
    ["{m}", "{name.__class__}", "{name:>100000000}", "{name!r}", "{", "{0}", "{name[0]}"],
)
def test_a_wrong_placeholder_falls_back_to_the_source(wrong: str) -> None:
    assert words(**{"Hello {name}": wrong})("Hello {name}", name="A") == "Hello A"


def test_a_source_that_cannot_be_filled_is_shown_as_it_is() -> None:
    assert safe_format("{", "{also", {"a": 1}) == "{also"


@given(st.text(), st.dictionaries(st.sampled_from(["a", "b"]), st.integers()))
def test_no_template_ever_raises(template: str, values: dict[str, int]) -> None:
    assert isinstance(safe_format(template, "x", values), str)


def test_only_plain_given_names_are_fillable() -> None:
    assert is_fillable("a {n} b", {"n": 1})
    assert not is_fillable("a {n} b", {})


@pytest.mark.parametrize(("n", "text"), [(1, "1 answer"), (2, "2 answers"), (0, "0 answers")])
def test_plurals_follow_the_number(n: int, text: str) -> None:
    assert Words().plural("{n} answer", "{n} answers", n) == text
    assert words().plural("{n} answer", "{n} answers", n) == text


def test_content_is_found_by_its_id() -> None:
    serbian = words(**{"assessment:LDR|Leadership": "Liderstvo"})
    assert serbian.content("assessment:LDR", "Leadership") == "Liderstvo"
    assert serbian.has_content("assessment:LDR", "Leadership")
    assert not serbian.has_content("assessment:TEC", "Technology")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Fraction(5, 2), 1, "2.5"),
        (Fraction(1, 2), 0, "1"),
        (Fraction(25, 10), 0, "3"),
        (1234567, 0, "1,234,567"),
        (Fraction(1, 3), 2, "0.33"),
    ],
)
def test_numbers_are_rounded_half_up(value: Fraction | int, decimals: int, text: str) -> None:
    assert Words().number(value, decimals) == text


def test_each_language_writes_numbers_dates_and_lists_its_own_way() -> None:
    serbian = Words("sr_Latn")
    assert serbian.number(Fraction(5, 2), 1) == "2,5"
    assert Words().percent(Fraction(2, 3)) == "67%"
    assert Words().percent(Fraction(1, 200)) == "1%"
    assert Words().date(DAY) == "March 18, 2026"
    assert "mart" in serbian.date(DAY)
    assert (
        Words().time(dt.datetime(2026, 3, 18, 9, 5, tzinfo=dt.UTC)).replace("\u202f", " ")
        == "9:05 AM"
    )
    assert Words().listing(["a", "b", "c"]) == "a, b, and c"
    assert Words().listing([]) == ""


@pytest.mark.parametrize(
    ("language", "locale", "rtl"),
    [
        ("en", "en", False),
        ("sr-Latn", "sr_Latn", False),
        ("cnr", "sr_Latn_ME", False),
        ("ar_EG", "ar_EG", True),
        ("qps-rtl", "he", True),
        ("qps-long", "en", False),
    ],
)
def test_a_language_knows_its_locale_and_its_direction(
    language: str, locale: str, rtl: bool
) -> None:
    assert Words(language).locale == locale
    assert Words(language).is_rtl is rtl


def test_an_inserted_name_cannot_turn_the_sentence_around() -> None:
    assert isolate("שם") == "\u2068שם\u2069"
