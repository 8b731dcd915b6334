"""Steps become sentences in any language, with exact numbers rounded half up."""

import gettext
from decimal import Decimal
from fractions import Fraction

import pytest

from fieldkit.core.i18n import Words
from fieldkit.tools.assessment.rules.explain import Step, rounded, say, say_all, step


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(5, 8), "0.63"),
        (Fraction(17, 8), "2.13"),
        (Fraction(1, 3), "0.33"),
        (Fraction(2), "2.00"),
        (Fraction(-1, 8), "-0.12"),
    ],
)
def test_numbers_round_half_up(value, shown):
    assert rounded(value) == Decimal(shown)


def test_fractions_show_decimals_and_levels_do_not():
    held = step("{a} and {b}", a=Fraction(3), b=3)
    assert say(held, Words()) == "3.00 and 3"
    assert say(held, Words(), decimals=0) == "3 and 3"


def test_ids_are_replaced_by_the_names_given():
    held = step("{dimension} holds {question}", dimension="DAT", question="A3")
    assert say(held, Words(), {"DAT": "Data"}) == "Data holds A3"


def test_a_step_speaks_the_language_of_the_words():
    class German(gettext.NullTranslations):
        def gettext(self, message):
            return {"raw {raw}": "roh {raw}"}.get(message, message)

    assert say(step("raw {raw}", raw=Fraction(5, 2)), Words("de", German())) == "roh 2,50"


def test_all_steps_are_said_in_order():
    assert say_all([Step("one"), step("{n}", n=2)], Words()) == ["one", "2"]
