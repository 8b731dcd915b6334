"""python -m fieldkit: the window, or with a command the same work without one."""

import sys
from collections.abc import Sequence

from fieldkit.cli import is_command


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line where a command is named, else open the window."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if is_command(given):
        from fieldkit.cli.main import main as without_window  # noqa: PLC0415  (no Qt needed)

        return without_window(given)
    from fieldkit.app import main as with_window  # noqa: PLC0415  (the command line has no Qt)

    return with_window(given)


if __name__ == "__main__":
    sys.exit(main())
