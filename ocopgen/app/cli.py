"""The commands that make, look through, show and remove a site."""

import gc
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

import click

from ocopgen import __version__
from ocopgen.app import writing
from ocopgen.app.options import FAULTS, LANG, PUBLISHED, TODAY, catalogue_root, speaking
from ocopgen.app.places import sources
from ocopgen.app.printing_commands import handbook as handbook_
from ocopgen.app.printing_commands import labels, sheet
from ocopgen.app.sheet_commands import export, import_
from ocopgen.base.problems import WrongUse


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
    if not gc.isenabled():  # see __main__
        gc.freeze()
        gc.enable()
    for stream in (sys.stdout, sys.stderr):
        # A console of Windows that lacks a letter shall show "?" and go on.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
    for name in [name for name in os.environ if name.startswith("PAGEFIND_")]:
        # Pagefind obeys them, and nothing but content/ and the theme shall shape a site.
        del os.environ[name]


@main.command()
@TODAY
@click.option("--fresh", is_flag=True, help="Làm lại mọi thứ. / Make everything anew.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Số tiến trình. / Number of processes.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Thư mục kết quả, mặc định site/. / The folder to publish to, site/ unless given.",
)
@click.option(
    "--target",
    type=click.Choice(["plain", "github", "gitlab", "netlify", "cloudflare", "nginx", "apache"]),
    default="plain",
    show_default=True,
    help="Nơi đặt trang. / The kind of host that the site goes to.",
)
@click.option(
    "--base-url",
    metavar="URL",
    help="Địa chỉ khác với site.yaml, cho bản xem thử. / Another address than in site.yaml.",
)
@click.option(
    "--noindex",
    is_flag=True,
    help="Không cho máy tìm kiếm ghi trang này. / Search engines shall not list the site.",
)
@PUBLISHED
@click.option(
    "--allow-shrink",
    "shrink",
    is_flag=True,
    help="Cho phép số sản phẩm giảm hơn một phần năm. / Agree to far fewer products.",
)
@click.option(
    "--summary",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Ghi những trang thêm, đổi, bỏ ra tệp Markdown. / Write what changes as Markdown.",
)
@click.option(
    "--handbook", is_flag=True, help="Kèm sách in, tải từ trang. / Offer the printed manual too."
)
@click.option(
    "--only",
    type=click.Choice(["pictures"]),
    help="Chỉ làm ảnh, chưa dựng trang. / Make the pictures alone, and no site yet.",
)
@click.option(
    "--shard",
    metavar="K/N",
    help="Cùng --only: phần thứ K trong N phần. / With --only: part K of N, such as 3/8.",
)
@LANG
def build(
    today: str | None,
    fresh: bool,
    jobs: int | None,
    out: Path | None,
    target: str,
    base_url: str | None,
    noindex: bool,
    published: str | None,
    shrink: bool,
    summary: Path | None,
    handbook: bool,
    only: str | None,
    shard: str | None,
    lang: str | None,
) -> None:
    """Dựng trang vào site/. / Build the site into site/."""
    with speaking(lang) as terminal:
        if shard and not only:
            raise WrongUse("use.only")
        if summary and not published:
            raise WrongUse("use.summary")
        root = catalogue_root()
        from ocopgen.app import day, run

        order = run.Order(
            root,
            day.build_day(today, root),
            _out(out, root),
            jobs,
            fresh,
            target,
            published,
            shrink,
            summary,
            _guise(base_url, noindex=noindex),
            handbook,
        )
        if only:
            from ocopgen.app.parts import make_part

            make_part(order, shard or "1/1", terminal)
        else:
            run.build(order, terminal)


@main.command()
@TODAY
@click.option("--strict", is_flag=True, help="Coi lời nhắc là lỗi. / Warnings fail too.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "gitlab", "junit"]),
    default="text",
    help="Dạng kết quả. / The form of the report.",
)
@PUBLISHED
@LANG
def check(
    today: str | None, strict: bool, form: str, published: str | None, lang: str | None
) -> None:
    """Xem nội dung có lỗi không. / Find what is wrong with the content."""
    with speaking(lang) as terminal:
        root = catalogue_root()
        from ocopgen.app import day, run
        from ocopgen.app.published import published_files

        files = published_files(published, terminal) if published else None
        problems = run.check(root, day.build_day(today, root), files)
        terminal.report(problems, root, form)
        if problems.faults or (strict and problems.warnings):
            sys.exit(FAULTS)


@main.command()
@TODAY
@click.option("--host", default="127.0.0.1", help="Địa chỉ để nghe. / The address to listen on.")
@click.option("--port", default=8000, type=click.IntRange(1, 65535), help="Cổng. / The port.")
@click.option("--open", "open_", is_flag=True, help="Mở trình duyệt. / Open a browser.")
@click.option(
    "--poll",
    is_flag=True,
    help="Tự dò tệp đổi: ổ đĩa mạng, WSL. / Look for changes itself: network drives, WSL.",
)
@LANG
def serve(
    today: str | None, host: str, port: int, open_: bool, poll: bool, lang: str | None
) -> None:
    """Xem trước, tự dựng lại khi lưu tệp. / Preview, rebuilt when a file is saved."""
    with speaking(lang) as terminal:
        root = catalogue_root()
        from ocopgen.app import preview

        order = preview.Order(root, today, host, port, open_browser=open_, poll=poll)
        preview.serve(order, terminal)


@main.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Thư mục kết quả, mặc định site/. / The published folder, site/ unless given.",
)
@LANG
def clean(out: Path | None, lang: str | None) -> None:
    """Xóa site/ và những gì đã làm sẵn. / Remove site/ and everything made."""
    with speaking(lang) as terminal:
        root = catalogue_root()
        from ocopgen.app.cleaning import clean

        clean(root, _out(out, root))
        terminal.say("cleaned")


for _command in (
    writing.init,
    writing.new,
    writing.fmt,
    writing.move,
    writing.schema,
    import_,
    export,
    labels,
    handbook_,
    sheet,
):
    main.add_command(_command)


def _guise(base_url: str | None, *, noindex: bool) -> dict[str, str | bool]:
    """Return what a site is made with that is only tried out."""
    parts = urlsplit(base_url or "https://x")
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise WrongUse("use.base_url", written=base_url)
    elsewhere = {"base_url": base_url} if base_url else {}
    return {**elsewhere, **({"listed": False} if noindex else {})}


def _out(out: Path | None, root: Path) -> Path:
    """Return the folder to publish to; nobody shall be told to empty what holds the content."""
    out = out or root / "site"
    place = out.resolve()
    if any(place.is_relative_to(each) or each.is_relative_to(place) for each in sources(root)):
        raise WrongUse("use.out", path=out)
    return out
