"""Spreadsheets as offices write them, and what becomes of them in a copy of the village."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ocopgen.app.sheets.bringing import Brought, Wish, bring, read, sound
from ocopgen.app.sheets.columns import form_for
from ocopgen.app.sheets.grid import whereabouts
from ocopgen.app.sheets.saying import explained
from ocopgen.app.terminal import Terminal
from tests.copies import TODAY, VILLAGE

SUMMARY = "Bánh bột gạo gói lá chuối, hấp trong buổi sáng và bán hết trước trưa."
SOURCE = ("https://bao.example/tin", "Một bài báo bịa", "01/11/2026")
HEADING = (
    *("Tên", "Tóm tắt", "Bộ sản phẩm", "Chủ thể", "Xã, phường", "Hạng sao", "Ngày công nhận"),
    *("Số quyết định", "Nguồn (địa chỉ)", "Nguồn (tên bài)", "Nguồn (ngày xem)", "Mã vạch"),
    *("Giá thấp nhất", "Giá cao nhất", "Đơn vị giá", "Ngày xem giá", "Mùa vụ", "Nơi mua trên mạng"),
)
"""The columns of the lists of these tests: A to R."""

LEAF_CAKE = "content/products/banh-la-vi-du/product.yaml"


def row(name: str, **cells: object) -> list[object]:
    """Return the row of a faultless new product *name*, with other *cells* by their letters."""
    place = "Hợp tác xã Nông nghiệp Ví Dụ", "Xã Làng Đông"
    found: list[object] = [name, SUMMARY, "Bánh, kẹo", *place, 4, "05/08/2025", "12/QĐ-UBND"]
    found += [*SOURCE, *[None] * (len(HEADING) - len(found) - len(SOURCE))]
    for letter, value in cells.items():
        found[ord(letter) - ord("A")] = value
    return found


@dataclass(frozen=True, slots=True)
class Office:
    """A copy of the village, and a person with a spreadsheet."""

    root: Path

    def sheet(self, *rows: Sequence[object], name: str = "list.xlsx") -> Path:
        """Return the workbook *name*, in which *rows* stand on the sheet "Danh sách"."""
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.title = "Danh sách"
        for each in rows:
            sheet.append(list(each))
        book.save(self.root / name)
        return self.root / name

    def edited(self, path: Path, *values: tuple[str, str]) -> Path:
        """Return the workbook *path* with other *values* in some cells of its first sheet."""
        from openpyxl import load_workbook

        book = load_workbook(path)
        sheet: Worksheet = book.worksheets[0]
        for cell, value in values:
            sheet[cell] = value
        book.save(path)
        return path

    def read(self, file: Path, language: str = "vi") -> Brought:
        """Return what *file* would make of the village."""
        content = sound(self.root, TODAY)
        languages = [each.code for each in content.site.record.languages]
        return read(content, TODAY, file, form_for(languages, language))

    def told(self, file: Path, language: str = "vi") -> str:
        """Return what a person is told of *file*."""
        brought = self.read(file, language)
        return explained(brought.problems, brought.sheets, Terminal(language))

    def codes(self, file: Path) -> list[str]:
        """Return the cell, or the row, and the code of all that is wrong with *file*."""
        return [
            f"{whereabouts(each.spot)[2] or each.spot.line} {each.code}"
            for each in self.read(file).problems
        ]

    def bring(self, file: Path, *, keep_going: bool = False) -> bool:
        """Write what *file* would change, and tell whether nothing was wrong."""
        wish = Wish(file, write=True, show=False, keep_going=keep_going)
        return bring(self.root, TODAY, wish, Terminal("vi"), lambda _: None)

    def texts(self) -> dict[str, bytes]:
        """Return every file of the content, by its path."""
        folder = self.root / "content"
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }


def office(root: Path) -> Office:
    """Return an office with a copy of the village in the folder *root*."""
    shutil.copytree(VILLAGE / "content", root / "content")
    return Office(root)
