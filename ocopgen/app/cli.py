"""The commands."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from ocopgen import __version__
from ocopgen.app.places import CACHE
from ocopgen.base.problems import ContentFaults, MachineTrouble, Trouble, WrongUse

if TYPE_CHECKING:
    from ocopgen.app.terminal import Terminal

_SOURCES = (CACHE, "content", "templates", "assets")
_FAULTS, _USE, _MACHINE = 1, 2, 3
"""Exit statuses: faults in the content, wrong use, trouble of the machine."""

_LANG = click.option(
    "--lang",
    type=click.Choice(["vi", "en"]),
    help="Ngôn ngữ của lời báo. / The language of messages.",
)
_TODAY = click.option(
    "--today",
    metavar="NĂM-THÁNG-NGÀY",
    help="Dựng như thể hôm nay là ngày này. / Build as if today were this day.",
)


class _Commands(click.Group):
    """Commands of which click tells the wrong use in English, and we where to read more."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for, or say in Vietnamese too how to ask."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            asked = error.ctx or ctx
            hint = f"Gõ «{asked.command_path} --help» để xem cách dùng."
            raise click.UsageError(f"{error.format_message()}\n{hint}", asked) from None


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "--version", "-V", message="ocopgen %(version)s")
def main() -> None:
    """Danh mục sản phẩm OCOP từ tệp YAML và Markdown. / An OCOP catalogue from plain files."""
    for stream in (sys.stdout, sys.stderr):
        # A console of Windows that lacks a letter shall show "?" and go on.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
    for name in [name for name in os.environ if name.startswith("PAGEFIND_")]:
        # Pagefind obeys them, and nothing but content/ and the theme shall shape a site.
        del os.environ[name]


@main.command()
@_TODAY
@click.option("--fresh", is_flag=True, help="Làm lại mọi thứ. / Make everything anew.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Số tiến trình. / Number of processes.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Thư mục kết quả, mặc định site/. / The folder to publish to, site/ unless given.",
)
@_LANG
def build(
    today: str | None, fresh: bool, jobs: int | None, out: Path | None, lang: str | None
) -> None:
    """Dựng trang vào site/. / Build the site into site/."""
    with _terminal(lang) as terminal:
        root = _root()
        from ocopgen.app import day, run

        order = run.Order(root, day.build_day(today, root), _out(out, root), jobs, fresh)
        run.build(order, terminal)


@main.command()
@_TODAY
@click.option("--strict", is_flag=True, help="Coi lời nhắc là lỗi. / Warnings fail too.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Dạng kết quả. / The form of the report.",
)
@_LANG
def check(today: str | None, strict: bool, form: str, lang: str | None) -> None:
    """Xem nội dung có lỗi không. / Find what is wrong with the content."""
    with _terminal(lang) as terminal:
        root = _root()
        from ocopgen.app import day, run

        problems = run.check(root, day.build_day(today, root))
        terminal.report(problems, root, form)
        if problems.faults or (strict and problems.found):
            sys.exit(_FAULTS)


@main.command()
@_TODAY
@click.option("--host", default="127.0.0.1", help="Địa chỉ để nghe. / The address to listen on.")
@click.option("--port", default=8000, type=click.IntRange(1, 65535), help="Cổng. / The port.")
@click.option("--open", "open_", is_flag=True, help="Mở trình duyệt. / Open a browser.")
@_LANG
def serve(today: str | None, host: str, port: int, open_: bool, lang: str | None) -> None:
    """Xem trước, tự dựng lại khi lưu tệp. / Preview, rebuilt when a file is saved."""
    with _terminal(lang) as terminal:
        root = _root()
        from ocopgen.app import preview

        preview.serve(root, today, (host, port), terminal, open_browser=open_)


@main.command()
@click.option(
    "--product", "products", metavar="MÃ", multiple=True, help="Sản phẩm này. / This product."
)
@click.option("--producer", metavar="MÃ", help="Sản phẩm của chủ thể này. / A producer's products.")
@click.option("--outlet", metavar="MÃ", help="Sản phẩm bán ở đây. / What an outlet sells.")
@click.option("--event", metavar="MÃ", help="Sản phẩm dự sự kiện này. / An event's products.")
@click.option("--star", type=click.IntRange(3, 5), help="Chỉ hạng sao này. / Only this star.")
@click.option(
    "--size",
    type=click.Choice(["3x7", "2x7", "2x4"]),
    default="3x7",
    show_default=True,
    help="Số cột x số hàng nhãn trên một tờ A4. / Columns x rows of labels on a sheet of A4.",
)
@click.option(
    "--sheet", is_flag=True, help="Bảng ai bày bán gì ở sự kiện. / Who shows what at the event."
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("labels.html"),
    show_default=True,
    help="Tệp kết quả. / The file to write.",
)
@_TODAY
@_LANG
def labels(
    products: tuple[str, ...],
    producer: str | None,
    outlet: str | None,
    event: str | None,
    star: int | None,
    size: str,
    sheet: bool,
    out: Path,
    today: str | None,
    lang: str | None,
) -> None:
    """Làm nhãn có mã QR để in. / Make labels with QR codes to print."""
    with _terminal(lang) as terminal:
        root = _root()
        from ocopgen.app import day
        from ocopgen.app.labels import Wish, make

        wish = Wish(products, producer, outlet, event, star, size, sheet)
        make(root, day.build_day(today, root), wish, _aside(out, root), terminal)


@main.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Thư mục kết quả, mặc định site/. / The published folder, site/ unless given.",
)
@_LANG
def clean(out: Path | None, lang: str | None) -> None:
    """Xóa site/ và những gì đã làm sẵn. / Remove site/ and everything made."""
    with _terminal(lang) as terminal:
        root = _root()
        from ocopgen.app import run

        run.clean(root, _out(out, root))
        terminal.say("cleaned")


def _root() -> Path:
    """Return the folder of the catalogue: this one, or the nearest above that has content/."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "content" / "site.yaml").is_file():
            return folder
    if (here / "content").is_dir():
        return here
    raise WrongUse("use.no_content", folder=here)


def _out(out: Path | None, root: Path) -> Path:
    """Return the folder to publish to; nobody shall be told to empty what holds the content."""
    out = out or root / "site"
    place, sources = out.resolve(), [root.resolve() / name for name in _SOURCES]
    if any(place.is_relative_to(each) or each.is_relative_to(place) for each in sources):
        raise WrongUse("use.out", path=out)
    return out


def _aside(out: Path, root: Path) -> Path:
    """Return the file to write to; no slip of the hand shall write over content or the site."""
    place, kept = out.resolve(), [root.resolve() / name for name in (*_SOURCES, "site")]
    if place.suffix.lower() != ".html" or any(place.is_relative_to(each) for each in kept):
        raise WrongUse("labels.out", path=out)
    return out


@contextmanager
def _terminal(lang: str | None) -> Iterator["Terminal"]:
    """Yield what tells the person of things; expected trouble becomes a sentence and a status."""
    from ocopgen.app.terminal import Terminal

    terminal = Terminal(lang)
    try:
        yield terminal
    except ContentFaults as faults:
        terminal.tell(terminal.obstacles(faults.problems, _root()).rstrip())
        sys.exit(_FAULTS)
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
