"""Every format is written through one door and loads its library only then."""

import subprocess
import sys
from pathlib import Path

import pytest

from fieldkit.core.errors import UserError
from fieldkit.core.i18n import Words
from fieldkit.reports.formats import FORMATS, write
from tests.reports.samples import whole


@pytest.mark.parametrize("kind", FORMATS)
def test_each_format_writes_a_file_of_the_size_it_tells(
    kind: str, tmp_path: Path, words: Words, fonts: Path
) -> None:
    target = tmp_path / f"paper{FORMATS[kind].suffix}"
    written = write(whole(), kind, target, words, fonts)
    assert written.size == target.stat().st_size > 1000


@pytest.mark.parametrize("kind", FORMATS)
def test_stopping_writes_nothing(kind: str, tmp_path: Path, words: Words, fonts: Path) -> None:
    with pytest.raises(UserError, match="E_CANCELLED"):
        write(whole(), kind, tmp_path / "x", words, fonts, cancel=lambda: True)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_is_refused_by_name(tmp_path: Path, words: Words, fonts: Path) -> None:
    with pytest.raises(UserError, match=r"E_FORMAT: exe .*pdf, docx, txt, json"):
        write(whole(), "exe", tmp_path / "x", words, fonts)


def test_naming_the_formats_loads_no_heavy_library() -> None:
    code = (
        "import sys, fieldkit.reports.formats;"
        "print(sorted({'reportlab', 'docx', 'PIL', 'bidi', 'lxml'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
