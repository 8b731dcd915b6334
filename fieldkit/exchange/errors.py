"""BundleError: the one way reading or writing a bundle can fail."""

from collections.abc import Mapping

from fieldkit.core.errors import N_, UserError

E_NOT_BUNDLE = "E_NOT_BUNDLE"
E_NOT_READY = "E_NOT_READY"
E_DAMAGED = "E_DAMAGED"
E_UNSAFE = "E_UNSAFE"
E_TOO_NEW = "E_TOO_NEW"
E_SIGNATURE = "E_SIGNATURE"
E_NO_KEY = "E_NO_KEY"
E_FORK = "E_FORK"
E_CONTENT = "E_CONTENT"
E_TOO_BIG = "E_TOO_BIG"
E_DISK = "E_DISK"
E_CANCELLED = "E_CANCELLED"

_TEXTS: Mapping[str, str] = {
    E_NOT_BUNDLE: N_(
        "This file is not a fieldkit bundle. Choose a file whose name ends in .fkb. "
        "Nothing was changed."
    ),
    E_NOT_READY: N_(
        "This file is not complete yet. Wait until copying has finished, or copy it again, "
        "and then open it. Nothing was changed."
    ),
    E_DAMAGED: N_(
        "This bundle is damaged ({member}). Ask the sender to copy it again or to export it "
        "again. Nothing was changed."
    ),
    E_UNSAFE: N_(
        "This file is built in a way fieldkit never builds a bundle ({reason}), so it is not "
        "opened. Ask the sender to export it again. Nothing was changed."
    ),
    E_TOO_NEW: N_(
        "This bundle was made by a newer fieldkit (bundle format {version}). Install the newer "
        "fieldkit and open it there. Nothing was changed."
    ),
    E_SIGNATURE: N_(
        "The signature of this bundle is not valid. Do not use it, and ask the sender for a new "
        "one in person. Nothing was changed."
    ),
    E_NO_KEY: N_(
        "This bundle is encrypted and this fieldkit cannot unlock it. Ask the sender for a bundle "
        "without encryption. Nothing was changed."
    ),
    E_FORK: N_(
        "{person} has two different histories from change {seq} on in {scope}, as happens when a "
        "copy of a workspace was used. This part cannot be taken in. Keep the file and ask for "
        "help. Nothing was changed."
    ),
    E_CONTENT: N_(
        "This bundle holds something fieldkit does not understand (line {line}). Ask the sender "
        "to export it again. Nothing was changed."
    ),
    E_TOO_BIG: N_(
        "This is too big for one bundle ({reason}). Choose fewer parts or leave attachments out. "
        "Nothing was changed."
    ),
    E_DISK: N_(
        "The file could not be read or written ({reason}). Check that the stick is in place, not "
        "full and not write-protected, and try again. Nothing was changed."
    ),
    E_CANCELLED: N_("Stopped at your request. Nothing was changed."),
}


class BundleError(UserError):
    """A bundle was refused or could not be written; the code says why, nothing was changed."""

    def __init__(self, code: str, **values: str | int) -> None:
        """Take the sentence that belongs to the code and the values named in it."""
        super().__init__(code, _TEXTS[code], **values)


def disk_error(error: OSError) -> BundleError:
    """Return what to tell when the machine or the stick refused to read or write."""
    return BundleError(E_DISK, reason=error.strerror or type(error).__name__)
