"""What the commands share: their options, the catalogue's folder, and how they end."""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from ocopgen.base.problems import ContentFaults, MachineTrouble, Trouble, WrongUse

if TYPE_CHECKING:
    from ocopgen.app.terminal import Terminal

FAULTS, _USE, _MACHINE = 1, 2, 3
"""Exit statuses: faults in the content, wrong use, trouble of the machine."""

LANG = click.option(
    "--lang",
    type=click.Choice(["vi", "en"]),
    help="Ngôn ngữ của lời báo. / The language of messages.",
)
TODAY = click.option(
    "--today",
    metavar="NĂM-THÁNG-NGÀY",
    help="Dựng như thể hôm nay là ngày này. / Build as if today were this day.",
)

PUBLISHED = click.option(
    "--published",
    metavar="TỆP|URL",
    help="ocopgen-manifest.json đã công bố: báo địa chỉ sẽ mất. / Tell lost addresses.",
)


def catalogue_root() -> Path:
    """Return the folder of the catalogue: this one, or the nearest above that has content/."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "content" / "site.yaml").is_file():
            return folder
    if (here / "content").is_dir():
        return here
    raise WrongUse("use.no_content", folder=here)


@contextmanager
def speaking(lang: str | None) -> Iterator["Terminal"]:
    """Yield what tells the person of things; expected trouble becomes a sentence and a status."""
    from ocopgen.app.terminal import Terminal

    terminal = Terminal(lang)
    try:
        yield terminal
    except ContentFaults as faults:
        terminal.tell(terminal.obstacles(faults.problems, catalogue_root()).rstrip())
        sys.exit(FAULTS)
    except WrongUse as trouble:
        _end(terminal, trouble, _USE)
    except MachineTrouble as trouble:
        _end(terminal, trouble, _MACHINE)
    except ModuleNotFoundError as error:
        if (error.name or "ocopgen").startswith("ocopgen"):
            raise
        _end(terminal, MachineTrouble("library.missing", name=error.name), _MACHINE)
    except OSError as error:
        from ocopgen.build.troubles import told_of

        if error.filename is None and error.errno != errno.ENOSPC:
            raise
        _end(terminal, told_of(error, Path.cwd()), _MACHINE)
    except KeyboardInterrupt:
        sys.exit(130)


def _end(terminal: "Terminal", trouble: Trouble, status: int) -> NoReturn:
    terminal.trouble(trouble)
    sys.exit(status)
