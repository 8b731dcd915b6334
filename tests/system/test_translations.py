"""Catalogues are found, chained and read; pseudo-languages change every text and no placeholder."""

import re
import sys
import unicodedata
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from fieldkit.system.translations import Language, available, name_of, preferred, words

TEXTS = [
    "OK",
    "Save",
    "Export {count} answers to {name}",
    "{n}",
    "Literal {{braces}} and {x}",
    "What happened, why, and what to do next: choose another folder and try again.",
]


def build(folder: Path, lang: str, domain: str, texts: dict[str, str], context: str = "") -> None:
    """Build one catalogue as the program reads it."""
    catalog = Catalog(lang)
    for source, said in texts.items():
        catalog.add(source, said, context=context or None)
    path = folder / lang / "LC_MESSAGES" / f"{domain}.mo"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_mo(file, catalog)


def test_a_language_speaks_from_its_catalogues(tmp_path: Path) -> None:
    build(tmp_path, "ru", "ui", {"Save": "Сохранить"})
    build(tmp_path, "ru", "content", {"Leadership": "Руководство"}, "assessment:LDR.short")
    russian = words("ru", tmp_path)
    assert russian("Save") == "Сохранить"
    assert russian("Open") == "Open"
    assert russian.content("assessment:LDR.short", "Leadership") == "Руководство"
    assert russian.content("assessment:XXX.short", "Leadership") == "Leadership"


def test_what_a_language_lacks_comes_from_its_fallbacks(tmp_path: Path) -> None:
    build(tmp_path, "ru", "ui", {"Save": "Сохранить", "Open": "Открыть"})
    build(tmp_path, "kk", "ui", {"Save": "Сақтау"})
    kazakh = words("kk", tmp_path)
    assert (kazakh("Save"), kazakh("Open"), kazakh("Close")) == ("Сақтау", "Открыть", "Close")


def test_montenegrin_falls_back_to_serbian_in_latin_script(tmp_path: Path) -> None:
    build(tmp_path, "sr_Latn", "ui", {"Save": "Sačuvaj"})
    assert words("cnr", tmp_path)("Save") == "Sačuvaj"
    assert words("sr-Latn-ME", tmp_path)("Save") == "Sačuvaj"


def test_a_damaged_catalogue_counts_as_not_there(tmp_path: Path) -> None:
    build(tmp_path, "ru", "ui", {"Save": "Сохранить"})
    path = tmp_path / "ru" / "LC_MESSAGES" / "ui.mo"
    whole = path.read_bytes()
    for length in (0, 3, 20, len(whole) - 5):
        path.write_bytes(whole[:length])
        assert words("ru", tmp_path)("Save") == "Save"


def test_languages_are_named_in_their_own_script_english_first(tmp_path: Path) -> None:
    build(tmp_path, "ru", "ui", {"Save": "Сохранить"})
    build(tmp_path, "sr_Latn", "ui", {"Save": "Sačuvaj"})
    assert available(tmp_path) == [
        Language("en", "English"),
        Language("sr-Latn", "Srpski (latinica)"),
        Language("ru", "Русский"),
    ]


def test_without_catalogues_there_is_english(tmp_path: Path) -> None:
    assert available(tmp_path / "nowhere") == [Language("en", "English")]
    assert words("en", tmp_path)("Save {x}", x=1) == "Save 1"


@pytest.mark.parametrize("tag", ["xx-yy", "not a tag", "12"])
def test_a_language_nobody_knows_is_called_by_its_tag(tag: str) -> None:
    assert name_of(tag) == tag


@pytest.mark.parametrize("tag", ["qps-long", "qps-rtl"])
@pytest.mark.parametrize("text", TEXTS)
def test_pseudo_languages_keep_placeholders(tag: str, text: str, tmp_path: Path) -> None:
    pattern = re.compile(r"\{\{|\}\}|\{\w*\}")
    assert pattern.findall(words(tag, tmp_path)(text)) == pattern.findall(text)


@pytest.mark.parametrize("text", TEXTS)
def test_the_long_language_is_forty_per_cent_longer(text: str, tmp_path: Path) -> None:
    said = words("qps-long", tmp_path)(text)
    assert 1.4 * len(text) <= len(said) <= max(1.4 * len(text) + 1, len(text) + 2)
    assert said.startswith("[")
    assert said.endswith("]")


def test_the_long_language_is_full_of_accents(tmp_path: Path) -> None:
    said = words("qps-long", tmp_path)("Assessment")
    assert sum(unicodedata.normalize("NFD", letter) != letter for letter in said) >= 6


@pytest.mark.parametrize("text", ["Save", "Assessment, first round", "Export {count} answers"])
def test_the_turned_language_is_written_from_right_to_left(text: str, tmp_path: Path) -> None:
    turned = words("qps-rtl", tmp_path)
    letters = [c for c in re.sub(r"\{\w*\}", "", turned(text)) if c.isalpha()]
    assert letters
    assert {unicodedata.bidirectional(letter) for letter in letters} == {"R"}
    assert turned.is_rtl


def test_pseudo_languages_change_plurals_and_content_too(tmp_path: Path) -> None:
    long = words("qps-long", tmp_path)
    assert long.plural("{n} answer", "{n} answers", 1).startswith("[1 ")
    assert long.plural("{n} answer", "{n} answers", 3).startswith("[3 ")
    assert long.content("assessment:LDR.name", "Leadership") != "Leadership"
    assert long.content("assessment:LDR.na_when", "") == ""


@pytest.mark.parametrize(
    ("wishes", "tag"),
    [
        (["ru_RU.UTF-8"], "ru"),
        (["kk_KZ"], "ru"),
        (["fr_FR", "ru"], "ru"),
        (["sr_Latn_RS@latin"], "sr-Latn"),
        (["en_GB.UTF-8", "ru"], "en"),
        (["fr_FR"], "en"),
        (["C.UTF-8"], "en"),
        ([], "en"),
    ],
)
def test_the_first_start_speaks_what_the_machine_asks_for(
    wishes: list[str], tag: str, tmp_path: Path
) -> None:
    build(tmp_path, "ru", "ui", {"Save": "Сохранить"})
    build(tmp_path, "sr_Latn", "ui", {"Save": "Sačuvaj"})
    assert preferred(tmp_path, wishes) == tag


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not ask the environment")
def test_the_machine_is_asked_by_its_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, "ru", "ui", {"Save": "Сохранить"})
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "ru_RU.UTF-8")
    assert preferred(tmp_path) == "ru"
    monkeypatch.setenv("LANGUAGE", "en:ru")
    assert preferred(tmp_path) == "en"
