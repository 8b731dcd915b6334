"""What the paper tests share: the bundled fonts, English words, and a printing press."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from fieldkit.core.i18n import Words
from fieldkit.reports.document import Document
from fieldkit.reports.pdf import write_pdf
from fieldkit.system.paths import shared_folder

Printer = Callable[[Document], PdfReader]


@pytest.fixture(scope="session")
def fonts() -> Path:
    return shared_folder() / "resources" / "fonts"


@pytest.fixture
def words() -> Words:
    return Words()


@pytest.fixture
def printed(tmp_path: Path, fonts: Path, words: Words) -> Printer:
    def run(document: Document) -> PdfReader:
        target = tmp_path / "paper.pdf"
        write_pdf(document, target, fonts, words)
        return PdfReader(target)

    return run
