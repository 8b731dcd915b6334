"""Every content text reaches the catalogues once, with its id as context."""

import io
from pathlib import Path

from babel.messages.extract import extract

from fieldkit.content import load_pack
from fieldkit.content.extract import content_texts, extract_toml


def test_contexts_are_the_ids_of_the_texts(pack: Path) -> None:
    with (pack / "1_aaa.toml").open("rb") as file:
        found = {context: text for _, _, (context, text), _ in extract_toml(file, {}, (), {})}
    assert found["tiny:AAA.name"] == "Dimension AAA"
    assert found["tiny:AAA.short"] == "AAA"
    assert found["tiny:AAA.1.text"] == "Question AAA.1?"
    assert found["tiny:AAA.1.levels.1"] == "Lowest of AAA.1."
    assert found["tiny:AAA.2.levels.5"] == "Five."
    assert found["tiny:AAA.2.evidence.2"] == "screen"
    assert "tiny:AAA.1.na_when" not in found
    assert not any("sources" in context for context in found)


def test_the_model_says_its_scales_by_number(pack: Path) -> None:
    with (pack / "model.toml").open("rb") as file:
        found = [context for _, _, (context, _), _ in extract_toml(file, {}, (), {})]
    assert found[:2] == ["tiny:model.name", "tiny:model.unit"]
    assert {"tiny:levels.5.meaning", "tiny:evidence.0.name", "tiny:groups.leadership.name"} <= set(
        found
    )


def test_babel_can_use_it_and_gets_lines(pack: Path) -> None:
    with (pack / "1_aaa.toml").open("rb") as file:
        found = list(extract("fieldkit.content.extract:extract_toml", file))
    assert (2, "Dimension AAA", [], "tiny:AAA.name") in found


def test_a_file_without_a_name_takes_the_tool_from_its_options() -> None:
    data = io.BytesIO(b'[[kinds]]\nid = "a"\nname = "A"\nlanguages = ["sq"]\n')
    found = list(extract_toml(data, {}, (), {"tool": "engagement"}))
    assert found == [(3, "pgettext", ("engagement:kinds.a.name", "A"), [])]


def test_what_is_no_text_is_passed_over() -> None:
    tree = {"questions": [{"id": "A.1", "levels": ["One.", 2], "text": 7}, "stray"], "id": "A"}
    assert list(content_texts("x", tree)) == [("x:A.1.levels.1", "One.")]


def test_no_context_is_given_twice_in_shipped_content(content: Path) -> None:
    contexts = []
    for path in sorted(content.rglob("*.toml")):
        with path.open("rb") as file:
            contexts += [context for _, _, (context, _), _ in extract_toml(file, {}, (), {})]
    assert len(contexts) == len(set(contexts))
    assert sum(".levels." in context for context in contexts) == 345
    assert len(load_pack(content / "assessment").tree["dimensions"]) == 12
