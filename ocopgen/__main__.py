"""Run the commands as `python -m ocopgen`."""

from ocopgen.app.cli import main

if __name__ == "__main__":
    main()
