"""Lines never exceed their width, lose nothing, and take time in proportion to their length."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.reports.fonts import NO_GLYPH, load_fonts
from fieldkit.reports.lines import Breaker, Style
from fieldkit.reports.text import para
from fieldkit.system.paths import shared_folder

FONTS = load_fonts(shared_folder() / "resources" / "fonts")
STYLE = Style(10, 14)


@given(st.text(), st.floats(30, 400))
def test_no_line_is_wider_than_its_place_and_no_character_is_lost(text: str, width: float) -> None:
    lines = Breaker(FONTS, False).settings(text, width, STYLE)
    for line in lines:
        if len(line.text) > 1:
            assert FONTS.width(line.text, STYLE.size) <= width + 40  # unjoined Arabic is wider
    kept = "".join(line.text for line in lines).replace(" ", "")
    assert kept == "".join(para(text)).replace(" ", "")


@given(st.text(st.characters(max_codepoint=0x24F, categories=["L", "N", "P", "Zs"])))
def test_latin_lines_fit_exactly(text: str) -> None:
    breaker = Breaker(FONTS, False)
    for line in breaker.settings(text, 120, STYLE):
        assert breaker.measure(line.text, STYLE) <= 120.01 or len(line.text) == 1


def test_a_long_word_is_cut_after_a_slash_where_there_is_one() -> None:
    lines = Breaker(FONTS, False).settings("documents/reports/assessment/results", 110, STYLE)
    assert lines[0].text.endswith("/")


def test_a_word_without_end_is_set_in_time() -> None:
    start = time.perf_counter()
    lines = Breaker(FONTS, False).settings("x" * 200_000, 400, STYLE)
    assert "".join(line.text for line in lines) == "x" * 200_000
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    "text",
    [
        "Level 3: plan known — “yes”, 5 € → done ✓ ≥ 2",
        "Оценка зрелости: «данные» №1; ғылым, ҳуқуқ, тоҷикӣ, Ѓорѓи, ўзбек",
        "ციფრული სიმწიფე — 5 ₾",
        "Թվային հասունություն՝ 5 ֏։",
        "تقييم النضج الرقمي، (مستوى ٣)؟ گزارش پلیس ۱۲",
        "הערכת בשלות ״רמה 3״",
        "Ștefan țară ğüşıö əõ Čćžšđ ŋ ₼ ₴ ₸",
    ],
)
@pytest.mark.parametrize("bold", [False, True])
def test_every_language_in_use_has_all_its_glyphs(text: str, bold: bool, fonts: Path) -> None:
    from fieldkit.reports.direction import visual

    faces = load_fonts(fonts)
    drawn = "".join(run for _, run in faces.runs(visual(text, False), bold))
    assert NO_GLYPH not in drawn


def test_a_character_no_font_draws_becomes_a_hollow_box_and_is_reported(fonts: Path) -> None:
    faces = load_fonts(fonts)
    faces.missing.clear()
    assert [run for _, run in faces.runs("漢")] == [NO_GLYPH]
    assert faces.missing == {"漢"}
