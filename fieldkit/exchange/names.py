"""Names: what a bundle file is called on a stick, whatever the stick's file system."""

import datetime as dt
import re

from fieldkit.core.fold import fold

SUFFIX = ".fkb"
_TITLE = 40
_ID = 8
_OTHER = re.compile(r"[^a-z0-9]+")


def bundle_name(title: str, day: dt.date, bundle_id: str) -> str:
    """Return a name of plain letters and digits: title, day, first digits of the bundle's id."""
    plain = _OTHER.sub("-", fold(title)).strip("-")[:_TITLE].rstrip("-")
    return f"{plain or 'fieldkit'}_{day:%Y%m%d}_{bundle_id[:_ID]}{SUFFIX}"
