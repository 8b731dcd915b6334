"""Formats: which papers fieldkit writes, by name; each loads its library only when used."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fieldkit.core.errors import N_, UserError
from fieldkit.core.i18n import Words
from fieldkit.reports.document import Document
from fieldkit.reports.saving import Written, check

Cancel = Callable[[], bool] | None
Writer = Callable[[Document, Path, Path, Words, Cancel], Written]


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file: its name on screen, its ending and how it is written."""

    name: str
    suffix: str
    writer: Writer


def _pdf(document: Document, target: Path, fonts: Path, words: Words, cancel: Cancel) -> Written:
    from fieldkit.reports.pdf import write_pdf

    return write_pdf(document, target, fonts, words, cancel=cancel)


def _docx(document: Document, target: Path, fonts: Path, words: Words, cancel: Cancel) -> Written:
    from fieldkit.reports.docx import write_docx

    return write_docx(document, target, fonts, words, cancel=cancel)


def _text(document: Document, target: Path, _: Path, words: Words, cancel: Cancel) -> Written:
    from fieldkit.reports.plain import write_text

    check(cancel)
    return write_text(document, target, words)


def _json(document: Document, target: Path, _: Path, __: Words, cancel: Cancel) -> Written:
    from fieldkit.reports.structured import write_json

    check(cancel)
    return write_json(document, target)


FORMATS: Mapping[str, Format] = {
    "pdf": Format(N_("PDF, for reading and printing"), ".pdf", _pdf),
    "docx": Format(N_("Word document, for editing"), ".docx", _docx),
    "txt": Format(N_("Plain text, for screen readers"), ".txt", _text),
    "json": Format(N_("JSON, for other programs"), ".json", _json),
}


def write(
    document: Document,
    format: str,  # noqa: A002
    target: Path,
    words: Words,
    fonts: Path,
    *,
    cancel: Cancel = None,
) -> Written:
    """Write a document in a format by name, whole or not at all."""
    if format not in FORMATS:
        known = ", ".join(FORMATS)
        text = N_("{name} is not a format fieldkit writes. Choose one of: {known}.")
        raise UserError("E_FORMAT", text, name=format, known=known)
    return FORMATS[format].writer(document, target, fonts, words, cancel)
