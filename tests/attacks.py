"""Attacks on a catalogue: each is written in plain text, and laid over a copy of the village."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.casefile import CASES, cases
from tests.content.hamlet import put
from tests.copies import Copy
from tests.hoards import HOARDS

FRESH = {
    "PRODUCT": "content/products/{id}/product.yaml",
    "STORY": "content/products/{id}/story.vi.md",
    "PRODUCER": "content/producers/{id}.yaml",
    "OUTLET": "content/outlets/{id}.yaml",
    "EVENT": "content/events/{id}.yaml",
    "PAGE": "content/pages/{id}.vi.md",
}
"""What an attack may have for itself alone: a sound record, over which its own fields are laid."""
_SOURCE = "[{url: 'https://bao.example/x', title: Báo, accessed: 2026-11-01}]"
_SOUND = {
    "PRODUCT": f"""\
name: {{vi: Món thử, en: Trial good}}
summary:
  vi: Món này chỉ có để thử xem trang chịu được những gì.
  en: This good is for trial only, and for nothing else.
set: cakes
producer: htx-vi-du
commune: xa-lang-dong
certifications:
  - {{star: 4, issued: 2025-08-05, sources: {_SOURCE}}}
""",
    "PRODUCER": "name: {vi: Nhà thử, en: Trial}\nkind: company\ncommune: xa-lang-dong\n",
    "OUTLET": f"""\
name: {{vi: Chợ thử, en: Trial}}
kind: ocop_point
commune: xa-lang-dong
products: [banh-la-vi-du]
sources: {_SOURCE}
""",
    "EVENT": f"""\
name: {{vi: Hội thử, en: Trial}}
kind: rural_fair
start: 2026-12-20
place: {{vi: Sân thử, en: Trial}}
commune: xa-lang-dong
sources: {_SOURCE}
""",
}
_MATTER = "---\ntitle: Bài thử\n---\n"
_AGAIN = re.compile(r"⟨([^⟨⟩]*)×(\d+)⟩", re.DOTALL)
_LETTER = re.compile(r"⟨([0-9A-F]{4,6})⟩")
_BYTE = re.compile(r"(⟨=[0-9A-F]{2}⟩)")


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack of a case file.

    The first line of what is *written* says where it goes: a kind of FRESH (with RAW before it
    where nothing sound is left of the file), "over FILE" for fields of a file of the village,
    "swap FILE" for a text there and what takes its place, "file FILE" for a whole file, or
    "made HOARD FILE" for what cannot be written in plain text.
    """

    title: str
    number: int
    written: str
    told: tuple[str, ...]
    """Each fault as "LINE CODE" or "FILE:LINE CODE"; or "harmless", and the warnings after it."""

    @property
    def words(self) -> list[str]:
        """Return the words of the first line, without RAW; a file's name may have spaces."""
        first = self.written.split("\n", 1)[0].removeprefix("RAW ")
        return first.split(" ", 2 if first.startswith("made ") else 1)

    @property
    def is_harmless(self) -> bool:
        """Tell whether the site is made all the same."""
        return self.told[:1] == ("harmless",)

    @property
    def is_alone(self) -> bool:
        """Tell whether it has a record for itself, so that others can be tried beside it."""
        return self.words[0] in FRESH or "{id}" in self.words[-1]

    @property
    def id(self) -> str:
        """Return the id of the record that it has for itself."""
        return f"thu-{self.number}"

    @property
    def path(self) -> str:
        """Return the file that it is written into, seen from the catalogue."""
        kind = self.words[0]
        path = FRESH[kind] if kind in FRESH else spelt(self.words[-1]).decode()
        return path.replace("{id}", self.id)

    def expected(self) -> list[str]:
        """Return what must be told, as "FILE:LINE CODE"."""
        rows = [row.replace("{id}", self.id) for row in self.told if row != "harmless"]
        return sorted(row if ":" in row else f"{self.path}:{row}" for row in rows)

    def owns(self, path: str) -> bool:
        """Tell whether what is told of the file *path* is told of this attack."""
        return re.search(rf"\b{self.id}\b", path) is not None or path == self.path

    def lay(self, root: Path) -> None:
        """Lay the attack over the copy of the village in *root*."""
        first, _, rest = self.written.partition("\n")
        target = root / self.path
        target.parent.mkdir(parents=True, exist_ok=True)
        kind = self.words[0]
        if kind in {"PRODUCT", "STORY"} or "products/{id}/" in first:
            self._sound(root, "PRODUCT")
        elif "producers/{id}/" in first:
            self._sound(root, "PRODUCER")
        if kind == "made":
            HOARDS[self.words[1]](target)
            put(root, self._owner(first), spelt(rest).decode()) if rest else None
        elif kind in {"STORY", "PAGE"} and not first.startswith("RAW"):
            target.write_bytes(_MATTER.encode() + spelt(rest))
        elif first.startswith("RAW") or kind == "file":
            target.write_bytes(spelt(rest))
        elif kind == "swap":
            before, _, after = rest.rstrip("\n").partition("\n=>\n")
            text = target.read_text("utf-8")
            assert text.count(before) == 1, (self.title, before)
            target.write_text(text.replace(before, spelt(after).decode()), "utf-8")
        else:
            if kind in FRESH:
                self._sound(root, kind)
            put(root, self.path, spelt(rest).decode("utf-8", "surrogatepass"))

    def _sound(self, root: Path, kind: str) -> None:
        target = root / FRESH[kind].replace("{id}", self.id)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            target.write_text(_SOUND[kind], "utf-8")

    def _owner(self, first: str) -> str:
        kind = "PRODUCER" if "producers/" in first else "PRODUCT"
        return FRESH[kind].replace("{id}", self.id)


def attacks() -> list[Attack]:
    """Return the attacks of all case files in cases/hostile."""
    return list(_numbered())


def storm(folder: Path) -> None:
    """Make the site of the village with every harmless attack laid over it, in *folder*/site."""
    copy = Copy(folder)
    for attack in attacks():
        if attack.is_harmless:
            attack.lay(copy.root)
    for path, content in copy.site().contents().items():
        target = folder / "site" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _numbered() -> Iterator[Attack]:
    number = 0
    for file in sorted((CASES / "hostile").glob("*.md")):
        for case in cases(f"hostile/{file.name}"):
            number += 1
            written, told = case.values  # type: ignore[attr-defined]
            rows = tuple(row for row in told.splitlines() if row)
            yield Attack(f"{file.stem}: {case.id}", number, written, rows)  # type: ignore[attr-defined]


def spelt(written: str) -> bytes:
    """Return *written* with what its signs stand for.

    ⟨202E⟩ is a letter by its number, ⟨=FF⟩ is a byte, ⟨ab×3⟩ is ababab.
    """
    text = _AGAIN.sub(lambda found: found[1] * int(found[2]), written)
    text = _LETTER.sub(lambda found: chr(int(found[1], 16)), text)
    parts = _BYTE.split(text)
    return b"".join(
        bytes.fromhex(part[2:4]) if _BYTE.fullmatch(part) else part.encode("utf-8", "surrogatepass")
        for part in parts
    )
