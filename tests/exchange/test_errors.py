"""Every refusal is one sentence, what to do, and the assurance that nothing changed."""

import string

import pytest

from fieldkit.core.errors import UserError
from fieldkit.exchange import errors
from fieldkit.exchange.errors import BundleError, disk_error

CODES = sorted(code for code in vars(errors) if code.startswith("E_"))


def test_the_codes_are_those_of_the_design() -> None:
    assert (
        sorted(
            [
                "E_NOT_BUNDLE",
                "E_NOT_READY",
                "E_DAMAGED",
                "E_UNSAFE",
                "E_TOO_NEW",
                "E_SIGNATURE",
                "E_NO_KEY",
                "E_FORK",
                "E_CONTENT",
                "E_TOO_BIG",
                "E_DISK",
                "E_CANCELLED",
            ]
        )
        == CODES
    )


@pytest.mark.parametrize("code", CODES)
def test_every_code_says_what_happened_and_what_to_do(code: str) -> None:
    text = BundleError(code).text
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    error = BundleError(code, **dict.fromkeys(names, "x"))
    assert isinstance(error, UserError)
    assert str(error).startswith(f"{code}: ")
    assert str(error).endswith("Nothing was changed.")
    assert code == "E_CANCELLED" or str(error).count(". ") >= 2 or ", and " in str(error)


def test_what_the_disk_said_is_told() -> None:
    assert disk_error(OSError(28, "No space left")).values == {"reason": "No space left"}
    assert disk_error(OSError()).values == {"reason": "OSError"}
