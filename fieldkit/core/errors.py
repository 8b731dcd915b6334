"""What can go wrong outside us, told in plain words with a stable code."""

from collections.abc import Mapping

NOTHING_CHANGED = "Nothing was changed."


def N_(text: str) -> str:  # noqa: N802
    """Mark a text for translation; it is translated where it is shown."""
    return text


class UserError(Exception):
    """Something outside us went wrong: says what happened, why, what to do, with a stable code."""

    def __init__(self, code: str, text: str, **values: str | int) -> None:
        """Keep the code, the untranslated text with named placeholders, and their values."""
        super().__init__(code, text, values)
        self.code = code
        self.text = text
        self.values: Mapping[str, str | int] = values

    def __str__(self) -> str:
        """Return the English sentence; windows translate `text` themselves."""
        return f"{self.code}: {self.text.format(**self.values)}"


class BugError(Exception):
    """A promise of our own was broken; reaches the crash dialog, never shown as a user's fault."""
