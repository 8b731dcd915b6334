"""PO files: reading, writing and bringing up to date, without dates and without guesses."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from source_texts import placeholders

HEAD = "# Texts of fieldkit ({domain}), under the licence of the program.\n#"
Key = tuple[str | None, tuple[str, ...]]


class PlainCatalog(Catalog):
    """A catalogue whose head names no dates and no tools, so that equal texts are equal bytes."""

    def _plain_headers(self) -> list[tuple[str, str]]:
        language = [("Language", str(self.locale_identifier))] if self.locale_identifier else []
        plurals = [("Plural-Forms", self.plural_forms)] if self.locale_identifier else []
        return [
            ("Project-Id-Version", "fieldkit"),
            *language,
            *plurals,
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit\n"),
        ]

    mime_headers = property(_plain_headers)


def new_catalog(domain: str, lang: str | None = None) -> PlainCatalog:
    """Return an empty catalogue of a domain; without a language a template."""
    head = HEAD.format(domain=domain)
    return PlainCatalog(lang, domain, head, "fieldkit", charset="utf-8", fuzzy=False)


def forms(text: Any) -> tuple[str, ...]:
    """Return a source text or a translation as the tuple of its forms."""
    return tuple(text) if isinstance(text, (tuple, list)) else (text or "",)


def key(message: Message) -> Key:
    """Return what tells one message from every other."""
    return message.context, forms(message.id)


def messages(catalog: Catalog) -> dict[Key, Message]:
    """Return the messages of a catalogue by key, without its head."""
    return {key(message): message for message in catalog if message.id}


def is_done(message: Message) -> bool:
    """Say whether a message is translated in every form and nobody doubts it."""
    return not message.fuzzy and all(forms(message.string))


def read(path: Path, lang: str | None = None) -> Catalog:
    """Read a template or a catalogue; a missing one is empty."""
    if not path.exists():
        return Catalog(lang)
    with path.open("rb") as file:
        return read_po(file, locale=lang, charset="utf-8", abort_invalid=True)


def write(catalog: PlainCatalog, path: Path) -> None:
    """Write a template or a catalogue."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=100, include_previous=True)


def updated(template: Catalog, old: Catalog, domain: str, lang: str) -> PlainCatalog:
    """Return a catalogue with the messages of a template and the translations of an old one.

    A content text that changed under the same context keeps its translation, marked fuzzy.
    """
    catalog = new_catalog(domain, lang)
    before = {**{key(m): m for m in old.obsolete.values()}, **messages(old)}
    by_context = {m.context: m for m in before.values() if m.context and any(forms(m.string))}
    wanted = messages(template)
    for message in wanted.values():
        prior = before.get(key(message))
        changed = by_context.get(message.context) if prior is None and message.context else None
        prior = prior or changed
        catalog.add(
            message.id,
            prior.string if prior else None,
            message.locations,
            {"fuzzy"} if changed else (prior.flags if prior else message.flags),
            user_comments=prior.user_comments if prior else (),
            previous_id=forms(changed.id) if changed else (prior.previous_id if prior else ()),
            context=message.context,
        ).flags.discard("python-format")
    contexts = {message.context for message in wanted.values() if message.context}
    for name, message in before.items():
        if name not in wanted and any(forms(message.string)) and message.context not in contexts:
            catalog.obsolete[name] = message  # type: ignore[index]
    return catalog


def misfits(message: Message, plurals: int) -> Iterator[str]:
    """Yield what makes a translation unfit to be shown."""
    said, source = forms(message.string), forms(message.id)
    if not any(said):
        return
    if len(source) == 2 and (len(said) != plurals or not all(said)):
        yield f"needs {plurals} plural forms, all filled"
    for number, form in enumerate(said):
        asked = {placeholders(source[-1])}
        if number == 0 and plurals <= 2:
            asked.add(placeholders(source[0]))
        if form and placeholders(form) not in asked:
            names = ", ".join(sorted(placeholders(source[-1]))) or "none"
            yield f"placeholders differ in {form!r}; wanted: {names}"


def name(message: Message) -> str:
    """Return a message as a person finds it."""
    return message.context or repr(forms(message.id)[0])
