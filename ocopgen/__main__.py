"""Run the commands, as `python -m ocopgen` or as `ocopgen`."""

import gc

# What is imported stays; Python would look through it for circles forty times meanwhile, a
# twentieth of the time. `main` lets it look again.
gc.disable()

from ocopgen.app.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
