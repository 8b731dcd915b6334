"""JSON: the whole document as values, for other programs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from fieldkit.reports.document import Document
from fieldkit.reports.saving import Written, save

FORMAT = "fieldkit-document/1"


def as_json(document: Document) -> dict[str, Any]:
    """Return a document as plain values; each block says its kind, charts give words and table."""
    return {"format": FORMAT, **_object(document)}


def write_json(document: Document, target: Path) -> Written:
    """Write a document as JSON, whole or not at all."""
    text = json.dumps(as_json(document), ensure_ascii=False, indent=2) + "\n"
    return Written(save(target, text.encode("utf-8", "replace")))


def _object(thing: Any) -> dict[str, Any]:
    names = (field.name for field in fields(thing) if field.name not in {"shapes"})
    return {name: _value(getattr(thing, name)) for name in names}


def _value(thing: Any) -> Any:
    if is_dataclass(thing):
        return {"kind": type(thing).__name__, **_object(thing)}
    if isinstance(thing, Mapping):
        return {str(key): _value(value) for key, value in thing.items()}
    if isinstance(thing, Sequence) and not isinstance(thing, str):
        return [_value(one) for one in thing]
    return thing
