"""The commands that help to write records."""

import sys
from pathlib import Path

import click

from ocopgen.app.options import FAULTS, LANG, TODAY, catalogue_root, speaking

_KINDS = click.Choice(["product", "producer", "outlet", "event"])


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Chỉ xem, không ghi. / Only look, write nothing.")
@LANG
def fmt(paths: tuple[Path, ...], check: bool, lang: str | None) -> None:
    """Đưa các tệp YAML về một dạng thống nhất. / Put the YAML files into one form."""
    with speaking(lang) as terminal:
        root = catalogue_root()
        from ocopgen.app.tidying import tidy

        tidied = tidy(root, paths, write=not check)
        for path in tidied.changed:
            terminal.tell(path)
        if tidied.problems.found:
            terminal.report(tidied.problems, root, "text")
        says = "fmt_would" if check else "fmt_done"
        terminal.hint(says, count=len(tidied.changed), all=tidied.looked_at)
        if tidied.problems.faults or (check and tidied.changed):
            sys.exit(FAULTS)


@click.command()
@click.argument("kind", type=_KINDS)
@click.argument("old")
@click.argument("new")
@LANG
def move(kind: str, old: str, new: str, lang: str | None) -> None:
    """Đổi mã một bản ghi, sửa mọi chỗ nhắc đến nó. / Give a record another id, everywhere."""
    with speaking(lang) as terminal:
        root = catalogue_root()
        from ocopgen.app.moving import REDIRECTS, plan_move

        planned = plan_move(root, kind, old, new)
        planned.carry_out(root)
        for before, after in planned.renames:
            terminal.tell(f"{before} → {after}")
        for path in sorted(map(planned.now, set(planned.texts) - {REDIRECTS})):
            terminal.tell(path)
        terminal.say("moved", old=old, new=new, redirects=REDIRECTS)


@click.command()
@click.argument("folder", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--province", help="Tên tỉnh, thành phố. / The name of the province.")
@click.option("--title", help="Tên trang. / The name of the site.")
@click.option("--base-url", metavar="URL", help="Địa chỉ trang sẽ có. / The site's address to be.")
@LANG
def init(
    folder: Path, province: str | None, title: str | None, base_url: str | None, lang: str | None
) -> None:
    """Tạo một danh mục mới trong thư mục trống. / Begin a catalogue in an empty folder."""
    with speaking(lang) as terminal:
        from ocopgen.app.beginning import Start, begin_catalogue

        start = Start(province, title, base_url)
        begin_catalogue(folder, start, terminal, asks=sys.stdin.isatty())


@click.command()
@click.argument("kind", type=_KINDS)
@click.option("--id", "id_", metavar="MÃ", help="Mã, mặc định theo tên. / The id, by the name.")
@click.option("--name", help="Tên bằng ngôn ngữ chính. / The name in the first language.")
@click.option(
    "--answer",
    "answers",
    metavar="MỤC=GIÁ TRỊ",
    multiple=True,
    help="Ví dụ certifications.star=4, name.en=Honey. / Any field, by its dotted name.",
)
@click.option(
    "--photo",
    "photos",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Ảnh để chép vào, thu nhỏ và bỏ vị trí chụp. / A photo to copy, shrunk and stripped.",
)
@TODAY
@LANG
def new(
    kind: str,
    id_: str | None,
    name: str | None,
    answers: tuple[str, ...],
    photos: tuple[Path, ...],
    today: str | None,
    lang: str | None,
) -> None:
    """Tạo một bản ghi mới, hỏi từng mục. / Begin a record, asking what is needed."""
    with speaking(lang) as terminal:
        root = catalogue_root()
        from ocopgen.app.asking import Wish, begin_record

        wish = Wish(kind, id_, name, answers, photos, today)
        begin_record(root, wish, terminal, asks=sys.stdin.isatty())


@click.command()
@click.option(
    "--guide",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Chỉ ghi bảng giải thích các mục vào tệp này. / Only write the guide to the fields here.",
)
@LANG
def schema(guide: Path | None, lang: str | None) -> None:
    """Giúp VS Code gợi ý và giải thích từng mục. / Let VS Code complete and explain fields."""
    with speaking(lang) as terminal:
        from ocopgen.app import explaining

        if guide:
            explaining.write_guide(guide, terminal)
            terminal.say("guide_made", out=guide)
            return
        root = catalogue_root()
        if explaining.write_schemas(root):
            terminal.say("schemas_made", folder=explaining.FOLDER)
        else:
            terminal.say("schemas_unset", settings=explaining.SETTINGS)
            terminal.tell(explaining.settings("") or "")
