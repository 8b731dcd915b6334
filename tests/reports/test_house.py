"""Text reaches paper through one door."""

import re
from pathlib import Path

import fieldkit.reports

FOLDER = Path(fieldkit.reports.__file__).parent


def naming(pattern: str) -> set[str]:
    return {
        path.name
        for path in FOLDER.rglob("*.py")
        if re.search(pattern, path.read_text(encoding="utf-8"))
    }


def test_no_markup_parser_is_ever_given_a_text() -> None:
    assert naming(r"\bX?Paragraph\(|platypus|paraparser") == set()


def test_only_the_brush_draws_text_on_a_page() -> None:
    assert naming(r"beginText\(|drawString|textOut\(|_pen\.text\(") == {"brush.py"}


def test_only_one_method_puts_text_into_a_word_document() -> None:
    text = (FOLDER / "docx.py").read_text(encoding="utf-8")
    assert text.count("add_run(clean(") == 1
    assert not re.search(r"add_(paragraph|heading)\([^)]*(\.text|text\b)", text)


def test_heavy_libraries_are_imported_only_inside_functions() -> None:
    heavy = r"(?m)^(import|from) (reportlab|docx|PIL|bidi|arabic_reshaper)\b"
    assert naming(heavy) == set()
