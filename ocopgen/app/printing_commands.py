"""The commands that make what is printed: labels, the manual, product sheets."""

from pathlib import Path

import click

from ocopgen.app.options import LANG, TODAY, catalogue_root, speaking
from ocopgen.app.places import sources
from ocopgen.base.problems import WrongUse

_BOOK_LANG = click.option(
    "--lang",
    type=click.Choice(["vi", "en", "both"]),
    help="Ngôn ngữ bản in; both: hai cột song song. / Language in print; both: side by side.",
)
_PAPER = click.option(
    "--size",
    type=click.Choice(["a4", "a5"]),
    default="a4",
    show_default=True,
    help="Khổ giấy. / The size of paper.",
)
_BLEED = click.option(
    "--bleed", is_flag=True, help="Tràn lề 3 mm cho nhà in. / 3 mm of bleed for a printing house."
)
_OUT_BOOK, _OUT_SHEET = (
    click.option(
        "--out",
        type=click.Path(dir_okay=False, path_type=Path),
        default=Path(name),
        show_default=True,
        help="Tệp kết quả. / The file to write.",
    )
    for name in ("handbook.pdf", "sheet.pdf")
)


@click.command()
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
@TODAY
@LANG
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
    with speaking(lang) as terminal:
        root = catalogue_root()
        from ocopgen.app import day
        from ocopgen.app.labels import Wish, make

        wish = Wish(products, producer, outlet, event, star, size, sheet)
        if not _is_aside(out, root, ".html"):
            raise WrongUse("labels.out", path=out)
        make(root, day.build_day(today, root), wish, out, terminal)


@click.command()
@_BOOK_LANG
@click.option("--district", metavar="MÃ", help="Chỉ huyện cũ này. / Only this former district.")
@click.option("--star", type=click.IntRange(3, 5), help="Chỉ hạng sao này. / Only this star.")
@click.option("--sector", metavar="MÃ", help="Chỉ ngành này. / Only this sector.")
@click.option("--producer", metavar="MÃ", help="Chỉ chủ thể này. / Only this producer.")
@click.option("--event", metavar="MÃ", help="Chỉ sản phẩm dự sự kiện này. / Only this event.")
@_PAPER
@_BLEED
@_OUT_BOOK
@TODAY
def handbook(
    lang: str | None,
    district: str | None,
    star: int | None,
    sector: str | None,
    producer: str | None,
    event: str | None,
    size: str,
    bleed: bool,
    out: Path,
    today: str | None,
) -> None:
    """Lập sách giới thiệu sản phẩm để in. / Set the printed manual of the products."""
    with speaking(_spoken(lang)) as terminal:
        root = catalogue_root()
        from ocopgen.app import day
        from ocopgen.app.handbook import Wish, make

        wish = Wish(lang, district, star, sector, producer, event, size, bleed)
        make(root, day.build_day(today, root), wish, _pdf(out, root), terminal)


@click.command()
@click.argument("ids", metavar="MÃ...", nargs=-1, required=True)
@_BOOK_LANG
@_PAPER
@_BLEED
@_OUT_SHEET
@TODAY
def sheet(
    ids: tuple[str, ...],
    lang: str | None,
    size: str,
    bleed: bool,
    out: Path,
    today: str | None,
) -> None:
    """Lập tờ giới thiệu, mỗi sản phẩm một trang. / Set product sheets, a page each."""
    with speaking(_spoken(lang)) as terminal:
        root = catalogue_root()
        from ocopgen.app import day
        from ocopgen.app.handbook import Wish, make_sheets

        wish = Wish(lang, size=size, bleed=bleed)
        make_sheets(root, day.build_day(today, root), ids, wish, _pdf(out, root), terminal)


def _spoken(lang: str | None) -> str | None:
    """Return the language to speak to whoever asks for a manual in *lang*."""
    return None if lang == "both" else lang


def _is_aside(out: Path, root: Path, ending: str) -> bool:
    """Tell whether *out* may be written: no slip of the hand shall write over content or site."""
    place, kept = out.resolve(), [*sources(root), root.resolve() / "site"]
    return place.suffix.lower() == ending and not any(place.is_relative_to(each) for each in kept)


def _pdf(out: Path, root: Path) -> Path:
    if not _is_aside(out, root, ".pdf"):
        raise WrongUse("handbook.out", path=out)
    return out
