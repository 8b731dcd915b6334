"""Where the window stood and which room was open; apart from the settings."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from fieldkit.system.settings import write_small


@dataclass(frozen=True, slots=True)
class WindowState:
    """Size, place and room of the window when it was closed."""

    x: int = -1
    y: int = -1
    width: int = 1280
    height: int = 800
    maximised: bool = False
    page: str = "overview"

    @classmethod
    def read(cls, path: Path) -> "WindowState":
        """Read the state; whatever is missing or not understood keeps its default."""
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
        return cls(**known)

    def write(self, path: Path) -> None:
        """Write the state."""
        write_small(path, json.dumps(asdict(self)))
