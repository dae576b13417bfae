"""Read a spreadsheet of any kind that offices use."""

from pathlib import Path

from ocopgen.app.sheets.grid import Sheet
from ocopgen.app.sheets.room import check_size
from ocopgen.base.problems import WrongUse


def read_sheets(path: Path) -> list[Sheet]:
    """Return the sheets of the file *path* that people see; raises WrongUse."""
    check_size(path)
    match path.suffix.lower():
        case ".xlsx" | ".xlsm":
            from ocopgen.app.sheets.xlsx import read_xlsx

            return read_xlsx(path)
        case ".ods":
            from ocopgen.app.sheets.ods import read_ods

            return read_ods(path)
        case ".csv" | ".tsv" | ".txt":
            from ocopgen.app.sheets.table import read_csv

            return read_csv(path)
        case ending:
            raise WrongUse("sheet.kind", path=path.name, ending=ending)
