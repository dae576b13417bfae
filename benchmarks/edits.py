"""Edits of a made-up catalogue, one of each kind."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

_THEME = Path(__file__).parent.parent


def _product(root: Path, number: int = 7) -> Path:
    return sorted((root / "content/products").iterdir())[number]


def _change(path: Path, line: str, becomes: str) -> None:
    text = path.read_text("utf-8")
    after = re.sub(line, becomes, text, count=1, flags=re.MULTILINE)
    if after == text:
        raise ValueError(f"{path} has no {line}, or has had this edit before")
    path.write_text(after, "utf-8", newline="\n")


def _own(root: Path, name: str) -> Path:
    """Return the file *name* of the theme, as the catalogue's own."""
    path = root / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(_THEME / name, path)
    return path


def summary(root: Path, turn: int) -> None:
    """Say something else of a product."""
    words = rf"\g<1>Nói khác đi lần thứ {turn} về sản phẩm này, vẫn làm từ nguyên liệu trong xã."
    _change(_product(root) / "product.yaml", r"^(summary:\n  vi: ).*$", words)


def name(root: Path, turn: int) -> None:
    """Give a product another name, which stands on other pages too."""
    _change(_product(root) / "product.yaml", r"^(name:\n  vi: ).*$", rf"\g<1>Tên mới thứ {turn}")


def story(root: Path, turn: int) -> None:
    """Add a paragraph to a story."""
    path = _product(root) / "story.vi.md"
    path.write_text(f"{path.read_text('utf-8')}\nThêm đoạn thứ {turn}.\n", "utf-8")


def new(root: Path, turn: int) -> None:
    """Add a product, of the same producer as another one."""
    source = _product(root)
    target = source.with_name(f"zz-moi-{turn:03}")
    shutil.copytree(source, target)
    path = target / "product.yaml"
    _change(path, r"^(name:\n  vi: ).*$", rf"\g<1>Sản phẩm mới {turn}")


def removed(root: Path, _turn: int) -> None:
    """Take a product away."""
    shutil.rmtree(_product(root, -1))


def template(root: Path, turn: int) -> None:
    """Change what stands around every page."""
    _change(_own(root, "templates/base.html"), r"(?=</body>)", f"<!-- {turn} -->")


def style(root: Path, turn: int) -> None:
    """Change the style sheet, whose address stands on every page."""
    path = _own(root, "assets/css/site.css")
    path.write_text(f"{path.read_text('utf-8')}\n.turn-{turn} {{ color: inherit }}\n", "utf-8")


def message(root: Path, turn: int) -> None:
    """Change a word that stands on every page of one language."""
    path = _own(root, "templates/messages/vi.yaml")
    _change(path, r"(?m)^(  skip: ).*$", rf"\g<1>Tới nội dung {turn}")


EDITS: dict[str, Callable[[Path, int], None]] = {
    "one summary": summary,
    "one name": name,
    "one story": story,
    "a new product": new,
    "a product less": removed,
    "the base template": template,
    "the style sheet": style,
    "one message": message,
}
"""By what they are called in the table; each gets the catalogue's folder and its turn."""
PEERS_TOO = ("one summary",)
"""Edits after which the peers are built too: they make everything anew after any of them."""
