"""Both looks can be read, grow with the text and follow the system."""

import itertools
import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QPushButton

from fieldkit.qt.fonts import load_fonts
from fieldkit.qt.icons import drawn
from fieldkit.qt.theme import DARK, LIGHT, SYSTEM, Look, contrast, read_theme, set_role, stylesheet
from fieldkit.system.paths import shared_folder

RESOURCES = shared_folder() / "resources"
THEMES = RESOURCES / "themes"

READ_ON = {
    "ink": ("ground", "card", "chip", "hover", "primary-light", "ok-ground", "warning-ground",
            "error-ground"),
    "ink-2": ("ground", "card", "chip", "primary-light", "ok-ground", "warning-ground", "error-ground"),
    "ink-3": ("ground", "card", "primary-light"),
    "primary": ("ground", "card", "primary-light"),
    "primary-dark": ("primary-light",),
    "primary-ink": ("primary", "primary-dark"),
    "error": ("card", "error-ground", "ground"),
    "warning": ("card", "warning-ground", "ground"),
    "ok": ("card", "ok-ground", "ground"),
    "rail-ink": ("rail", "rail-card", "rail-hover"),
    "rail-ink-2": ("rail", "rail-card"),
    "rail-bright": ("rail", "rail-card", "rail-chosen", "rail-hover"),
    "rail-warning": ("rail",),
    "rail-badge-ink": ("rail-badge",),
    "projector-ink": ("projector", "projector-card"),
    "projector-ink-2": ("projector", "projector-card"),
    **{f"level-{n}-ink": (f"level-{n}",) for n in range(1, 6)},
}  # fmt: skip
SEEN_ON = {
    "control-line": ("card",),
    "focus": ("card", "ground", "primary-light"),
    "level-line": ("card", "primary-light"),
    "primary": ("card", "ground"),
    "ok": ("card",),
    "rail-bright": ("rail", "rail-chosen"),
}


def pairs(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(front, back) for front, backs in table.items() for back in backs]


@pytest.mark.parametrize("name", [LIGHT, DARK])
@pytest.mark.parametrize(("front", "back"), pairs(READ_ON))
def test_every_text_reads_on_its_ground(name: str, front: str, back: str) -> None:
    theme = read_theme(THEMES, name)
    assert contrast(theme.colour(front), theme.colour(back)) >= 4.5


@pytest.mark.parametrize("name", [LIGHT, DARK])
@pytest.mark.parametrize(("front", "back"), pairs(SEEN_ON))
def test_every_border_and_mark_is_seen(name: str, front: str, back: str) -> None:
    theme = read_theme(THEMES, name)
    assert contrast(theme.colour(front), theme.colour(back)) >= 3.0


@pytest.mark.parametrize("name", [LIGHT, DARK])
def test_level_colours_step_in_lightness_and_read_in_grey(name: str) -> None:
    theme = read_theme(THEMES, name)
    levels = [theme.colour(f"level-{n}") for n in range(1, 6)]
    assert all(contrast(a, b) >= 1.3 for a, b in itertools.pairwise(levels))


def test_both_themes_name_the_same_colours() -> None:
    light, dark = read_theme(THEMES, LIGHT), read_theme(THEMES, DARK)
    assert set(light.colours) == set(dark.colours)
    assert (light.is_dark, dark.is_dark) == (False, True)


def test_the_stylesheet_leaves_no_place_unfilled_and_names_no_colour() -> None:
    template = (THEMES / "style.qss").read_text("utf-8")
    filled = stylesheet(template, read_theme(THEMES, LIGHT), 1.0, RESOURCES / "icons")
    assert "@" not in filled
    assert not re.search(r"#[0-9a-fA-F]{6}", template)


def test_sizes_grow_with_the_text_but_stay_between_80_and_200(screen: Look) -> None:
    theme = read_theme(THEMES, LIGHT)
    icons = RESOURCES / "icons"
    assert stylesheet("a: @14px@", theme, 1.5, icons) == "a: 21px"
    screen.use(LIGHT, 500)
    assert screen.percent == 200
    screen.use(LIGHT, 10)
    assert screen.percent == 80


def test_every_picture_the_stylesheet_asks_for_exists() -> None:
    template = (THEMES / "style.qss").read_text("utf-8")
    for theme in (LIGHT, DARK):
        filled = stylesheet(template, read_theme(THEMES, theme), 1.0, RESOURCES / "icons")
        for path in re.findall(r"url\(([^)]+)\)", filled):
            assert (RESOURCES / "icons" / path.rsplit("/", 1)[1]).exists()


def test_the_look_changes_palette_and_follows_the_system_when_asked(
    screen: Look, dressed: QApplication
) -> None:
    screen.use(DARK)
    assert dressed.palette().window().color() == QColor(read_theme(THEMES, DARK).colours["ground"])
    screen.use(SYSTEM)
    dark = dressed.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert screen.theme.is_dark == dark


def test_a_role_given_late_restyles_the_button(screen: Look, qtbot) -> None:
    button = QPushButton("Go")
    qtbot.addWidget(button)
    button.show()
    middle = button.rect().center()
    before = button.grab().toImage().pixelColor(6, middle.y())
    set_role(button, "primary")
    after = button.grab().toImage().pixelColor(6, middle.y())
    assert before != after
    assert after == screen.theme.colour("primary")


def test_the_bundled_fonts_lead_and_cover_our_scripts(dressed: QApplication) -> None:
    families = load_fonts(dressed, RESOURCES / "fonts")
    assert families[0] == "Noto Sans"
    assert families[-1] == "DejaVu Sans"
    assert dressed.font().families()[0] == "Noto Sans"


def test_every_icon_draws_something_in_the_colour_asked_for(screen: Look) -> None:
    names = sorted(file.stem for file in (RESOURCES / "icons").glob("*.svg"))
    asked = (
        "overview assess results strategy exchange settings about search attach note check warning "
        "error lock next back print export import undo redo add remove flag people folder language "
        "projector"
    )
    assert set(asked.split()) <= set(names)
    for name in names:
        image = drawn(name, "ink", 24).toImage()
        dots = [image.pixelColor(x, y) for x in range(24) for y in range(24)]
        assert sum(dot.alpha() > 128 for dot in dots) > 5, name
