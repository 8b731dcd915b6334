"""What the tools teach, as read-only data: load, check, extract."""

from fieldkit.content.choices import Choice, footnote_for, load_choices
from fieldkit.content.complaint import Complaint, ContentError
from fieldkit.content.lint import lint
from fieldkit.content.pack import Pack, build_pack, load_pack, read_pack

__all__ = [
    "Choice",
    "Complaint",
    "ContentError",
    "Pack",
    "build_pack",
    "footnote_for",
    "lint",
    "load_choices",
    "load_pack",
    "read_pack",
]
