"""The commands that bring spreadsheets in and out."""

import sys
from pathlib import Path

import click

from ocopgen.app.options import FAULTS, LANG, TODAY, catalogue_root, speaking
from ocopgen.base.problems import WrongUse

_YES = {"c", "co", "có", "y", "yes"}


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Ghi luôn, không hỏi. / Write without asking.")
@click.option("--dry-run", is_flag=True, help="Chỉ xem sẽ đổi gì. / Only show what would change.")
@click.option(
    "--keep-going",
    is_flag=True,
    help="Vẫn nhận những dòng đúng khi có dòng sai. / Take the good rows where others are wrong.",
)
@TODAY
@LANG
def import_(
    file: Path, yes: bool, dry_run: bool, keep_going: bool, today: str | None, lang: str | None
) -> None:
    """Nhận sản phẩm từ bảng tính. / Take products from a spreadsheet."""
    with speaking(lang) as terminal:
        root = catalogue_root()
        from ocopgen.app import day
        from ocopgen.app.sheets.bringing import Wish, bring

        wish = Wish(file, yes, dry_run, keep_going)
        if not bring(root, day.build_day(today, root), wish, terminal, _agreed):
            sys.exit(FAULTS)


@click.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--overwrite",
    is_flag=True,
    help="Ghi đè nếu đã có tệp này. / Write over a file that is there.",
)
@LANG
def export(file: Path, overwrite: bool, lang: str | None) -> None:
    """Ghi mọi sản phẩm ra bảng tính. / Write all products into a spreadsheet."""
    with speaking(lang) as terminal:
        root = catalogue_root()
        place = _aside(file, root)
        if place.exists() and not overwrite:
            from ocopgen.app.terminal import typed

            raise WrongUse("sheet.there", path=file, typed=typed(file))
        from ocopgen.app.sheets.giving import give

        give(root, place, terminal)


def _agreed(question: str) -> bool | None:
    """Return what the person says to *question*; None: nobody is there to ask."""
    if not sys.stdin.isatty():
        return None
    answer: str = click.prompt(question, default="", show_default=False)
    return answer.strip().lower() in _YES


def _aside(file: Path, root: Path) -> Path:
    """Return the file to write to, which is a workbook and no part of the catalogue."""
    place = file.resolve()
    kept = [root.resolve() / name for name in ("content", "templates", "assets", "site")]
    if place.suffix.lower() != ".xlsx" or any(place.is_relative_to(each) for each in kept):
        raise WrongUse("sheet.out", path=file)
    return file
