"""Edits of a catalogue that nobody thought of: fields are borrowed, dropped and turned round."""

import shutil
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import yaml

from ocopgen.app.moving import plan_move
from ocopgen.base.problems import ContentFaults, WrongUse
from tests.copies import Copy

Shape = tuple[str, ...]
"""Where a value stands, all elements of a list alike: ("certifications", "*", "star")."""

DAYS = ("2020-01-02", "2023-05-25", "2023-11-24", "2024", "2025-08-05", "2026-11-23", "2027-01-11")
"""Days of every kind, for whatever is a day in some record."""
_STARS = ("3", "4", "5")
_KINDS = {
    "product": "products/*/product.yaml",
    "producer": "producers/*.yaml",
    "outlet": "outlets/*.yaml",
    "event": "events/*.yaml",
    "areas": "areas.yaml",
    "sectors": "sectors.yaml",
    "programme": "programme.yaml",
    "site": "site.yaml",
}
_WEIGHTS = (12, 4, 4, 2, 2, 2, 1, 2)
"""How often records of each of the kinds are edited."""
_MOVED = ("product", "producer", "outlet", "event")


class _Texts(yaml.BaseLoader):
    """Reads every scalar as the text that stands there."""


class _Plain(yaml.SafeDumper):
    """Writes every text without quotes where it can."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - PyYAML has it on the class too


class Mixer:
    """Edits *copy* at random, with values that its own records had in the beginning."""

    def __init__(self, copy: Copy, seed: int) -> None:
        """Look at all records of *copy*; the same *seed* makes the same edits."""
        self._copy, self._random = copy, Random(seed)  # noqa: S311 - no secret
        self._values: dict[str, dict[Shape, list[Any]]] = {
            kind: self._seen(kind) for kind in _KINDS
        }
        self._ways = (
            *[self._borrow] * 10,
            *[self._drop] * 3,
            *[self._turn] * 2,
            *[self._exchange] * 4,
            *[self._come] * 2,
            *[self._go] * 1,
            *[self._move] * 1,
        )

    def edit(self) -> str:
        """Change something, and tell what."""
        way = self._random.choice(self._ways)
        return f"{way.__name__.strip('_')} {way()}"

    # --- Within a record ------------------------------------------------------------------------

    def _borrow(self) -> str:
        """Give a record a value of another one of its kind, or a day or a star of any."""
        kind, path, record = self._any_record()
        shape = self._random.choice(list(self._values[kind]))
        holders = [holder for at, holder in _containers(record) if at == shape[:-1]]
        if not holders:
            return "nothing"
        holder, value = self._random.choice(holders), self._value(kind, shape)
        if isinstance(holder, dict):
            holder[shape[-1]] = value
        else:
            holder.insert(self._random.randint(0, len(holder)), value)
        return self._written(path, record, shape)

    def _value(self, kind: str, shape: Shape) -> Any:  # noqa: ANN401 - whatever YAML holds
        value = deepcopy(self._random.choice(self._values[kind][shape]))
        if value in DAYS or (isinstance(value, str) and value[:2] == "20" and value[4:5] == "-"):
            return self._random.choice(DAYS)
        return self._random.choice(_STARS) if shape[-1] == "star" else value

    def _drop(self) -> str:
        """Take a field or an element out of a record."""
        _, path, record = self._any_record()
        places = [
            (holder, key, (*at, str(key)))
            for at, holder in _containers(record)
            for key in (holder if isinstance(holder, dict) else range(len(holder)))
        ]
        holder, key, shape = self._random.choice(places)
        del holder[key]
        return self._written(path, record, shape)

    def _turn(self) -> str:
        """Put the elements of a list into another order."""
        _, path, record = self._any_record()
        lists = [(at, held) for at, held in _containers(record) if isinstance(held, list)]
        if not lists:
            return "nothing"
        shape, held = self._random.choice(lists)
        self._random.shuffle(held)
        return self._written(path, record, shape)

    def _any_record(self) -> tuple[str, str, Any]:
        kind = self._random.choices(list(_KINDS), _WEIGHTS)[0]
        if not self._paths(kind):
            kind = "site"
        path = self._random.choice(self._paths(kind))
        return kind, path, _texts(self._copy.read(path))

    def _written(self, path: str, record: object, shape: Shape) -> str:
        text = yaml.dump(record, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=9999)
        self._copy.write(path, text)
        return f"{path} {'.'.join(shape)}"

    # --- Whole files ----------------------------------------------------------------------------

    def _exchange(self) -> str:
        """Give a story or a photo the bytes of another, or take it away."""
        files = [
            path
            for path in self._all("content/**/*")
            if path.endswith((".md", ".jpg", ".png", ".webp"))
        ]
        path = self._random.choice(files)
        ending = "".join(Path(path).suffixes[-1:])
        if self._random.random() < 0.2:
            self._copy.remove(path)
        else:
            other = self._random.choice([each for each in files if each.endswith(ending)])
            self._copy.write(path, (self._copy.root / other).read_bytes())
        return path

    def _come(self) -> str:
        """Copy a record under another id, with all that lies in its folder."""
        kind = self._any_kind()
        place = self._place(kind, self._random.choice(self._paths(kind)))
        new = place.with_name(f"moi-{self._random.randint(1, 5)}{place.suffix}")
        root = self._copy.root
        if (root / new).exists():
            return "nothing"
        for file in self._all(f"{place.as_posix()}/**/*") or [place.as_posix()]:
            at = file.replace(place.as_posix(), new.as_posix(), 1)
            self._copy.write(at, (root / file).read_bytes())
        return new.as_posix()

    def _go(self) -> str:
        """Remove a record."""
        kind = self._any_kind()
        paths = self._paths(kind)
        if len(paths) < 3:
            return "nothing"
        place = self._place(kind, self._random.choice(paths)).as_posix()
        self._copy.remove(place)
        return place

    def _move(self) -> str:
        """Give a record another id, and mend all that names it."""
        kind = self._any_kind()
        old = self._place(kind, self._random.choice(self._paths(kind))).stem
        new = f"khac-{self._random.randint(1, 50)}"
        try:
            plan_move(self._copy.root, kind, old, new).carry_out(self._copy.root)
        except (ContentFaults, WrongUse):
            return "nothing"
        self._copy.age()
        return f"{old} {new}"

    def _any_kind(self) -> str:
        """Return a kind of record that has an id and of which there are any."""
        return self._random.choice([kind for kind in _MOVED if self._paths(kind)])

    @staticmethod
    def _place(kind: str, path: str) -> Path:
        """Return what a record of *kind* is: its folder if it has one, else its file at *path*."""
        return Path(path).parent if kind == "product" else Path(path)

    def _paths(self, kind: str) -> list[str]:
        return self._all(f"content/{_KINDS[kind]}")

    def _all(self, pattern: str) -> list[str]:
        root = self._copy.root
        return sorted(
            path.relative_to(root).as_posix() for path in root.glob(pattern) if path.is_file()
        )

    def _seen(self, kind: str) -> dict[Shape, list[Any]]:
        values: dict[Shape, list[Any]] = {}
        for path in self._paths(kind):
            for at, holder in _containers(_texts(self._copy.read(path))):
                pairs = holder.items() if isinstance(holder, dict) else [("*", e) for e in holder]
                for key, value in pairs:
                    values.setdefault((*at, key), []).append(value)
        return values


def _texts(text: str) -> Any:  # noqa: ANN401 - whatever YAML holds
    return yaml.load(text, _Texts)  # noqa: S506 - it makes nothing but texts


def _containers(value: object, at: Shape = ()) -> Iterator[tuple[Shape, Any]]:
    """Yield every mapping and list within *value*, and where it stands."""
    if isinstance(value, dict):
        yield at, value
        for key, each in value.items():
            yield from _containers(each, (*at, key))
    elif isinstance(value, list):
        yield at, value
        for each in value:
            yield from _containers(each, (*at, "*"))


def kept(copy: Copy, good: Path) -> None:
    """Note in *good* how all files of *copy* are now."""
    shutil.rmtree(good, ignore_errors=True)
    shutil.copytree(copy.root, good)


def brought_back(copy: Copy, good: Path) -> None:
    """Make all files of *copy* what was noted in *good*."""
    shutil.rmtree(copy.root)
    shutil.copytree(good, copy.root)
