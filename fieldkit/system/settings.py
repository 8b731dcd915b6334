"""Settings: what the user chose, in one small file; a broken file means the defaults."""

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

LOWEST_SCALE, HIGHEST_SCALE = 80, 200


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's choices; `person` is the name others see beside their changes."""

    language: str = ""
    second_language: str = ""
    theme: str = "system"
    text_scale: int = 100
    person: str = ""
    recent: bool = True
    engagement: str = ""

    @classmethod
    def read(cls, path: Path) -> "Settings":
        """Read the settings; whatever is missing or not understood keeps its default."""
        try:
            held = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return cls()
        if not isinstance(held, dict):
            return cls()
        kinds = {f.name: type(f.default) for f in fields(cls)}
        known: dict[str, Any] = {
            k: v for k, v in held.items() if k in kinds and type(v) is kinds[k]
        }
        scale = int(known.get("text_scale", 100))
        known["text_scale"] = min(max(scale, LOWEST_SCALE), HIGHEST_SCALE)
        return cls(**known)

    def write(self, path: Path) -> None:
        """Write the settings beside and rename, so that the old ones survive a power cut."""
        write_small(path, json.dumps(asdict(self), indent=1, sort_keys=True))


def write_small(path: Path, text: str) -> None:
    """Replace a small file whole: written beside, flushed, renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
