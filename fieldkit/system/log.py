"""The log: what went wrong and when, never what anybody wrote (reliability.md R8)."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

FILE = "fieldkit.log"


def start_log(folder: Path) -> None:
    """Send warnings and faults to a small rotating file; a folder that refuses is no reason."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            folder / FILE, maxBytes=500_000, backupCount=2, encoding="utf-8"
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
