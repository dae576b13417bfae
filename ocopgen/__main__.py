"""Run the commands, as `python -m ocopgen` or as `ocopgen`."""

import gc

# What is imported stays; Python would look through it for circles forty times meanwhile, a
# twentieth of the time. The commands let it look again.
gc.disable()

from ocopgen.app import cli  # noqa: E402
from ocopgen.app.leaving import leave  # noqa: E402


def main() -> None:
    """Run the command that was asked for, and end the process."""
    try:
        cli.main()
    except SystemExit as end:
        leave(end.code)
        raise


if __name__ == "__main__":
    main()
