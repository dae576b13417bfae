"""Begin a record: its file with every key in its place, and its photos."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from msgspec import Struct

from ocopgen.app.schema import FOLDER, records_in
from ocopgen.base.problems import MachineTrouble, WrongUse
from ocopgen.base.text import is_device, is_id, nfc, slug
from ocopgen.base.whole import write_whole
from ocopgen.content.canon import canonical, scalar
from ocopgen.content.fields import Months, Text
from ocopgen.content.kinds import KINDS, file_of, folder_of, is_type
from ocopgen.content.record import Record, fields_of
from ocopgen.pages.messages import Entries

LONGEST_SIDE = 2560
"""Pixels: enough for a full screen, and a tenth of what a phone's camera writes."""
_QUALITY = 90
_KEPT_FORMATS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "product": (
        "name", "summary", "set", "producer", "commune", "certifications.star",
        "certifications.issued", "certifications.sources.url", "certifications.sources.title",
    ),
    "producer": ("name", "kind", "commune"),
    "outlet": ("name", "kind", "commune", "sources.url", "sources.title"),
    "event": ("name", "kind", "start", "end", "place", "commune", "sources.url", "sources.title"),
}  # fmt: skip
"""What is asked for of a new record, in this order; all else is written into its file later."""

Answers = Mapping[str, str]
"""What was answered by dotted key; that of words ends in the language: "name.vi"."""


class Draft(Struct, frozen=True):
    """A record that is to be begun."""

    kind: str
    id: str
    answers: Answers
    photos: tuple[Path, ...] = ()


def proposed_id(root: Path, kind: str, name: str) -> str:
    """Return a free id for a record of *kind* called *name*."""
    base = slug(name) or kind
    number, id_ = 1, base
    while is_device(id_) or _is_taken(root, kind, id_):
        number += 1
        id_ = f"{base}-{number}"
    return id_


def check_id(root: Path, kind: str, id_: str) -> None:
    """Raise WrongUse where a new record of *kind* cannot have the id *id_*."""
    if not is_id(id_):
        raise WrongUse("move.spelling", written=id_, meant=slug(id_))
    if is_device(id_):
        raise WrongUse("id.device", written=id_)
    if _is_taken(root, kind, id_):
        raise WrongUse("move.taken", id=id_, path=file_of(kind, id_))


def _is_taken(root: Path, kind: str, id_: str) -> bool:
    return (root / file_of(kind, id_)).exists() or (root / folder_of(kind) / id_).exists()


def begin(root: Path, draft: Draft, languages: tuple[str, ...], words: Entries) -> list[str]:
    """Write the files of *draft*, and return them, seen from *root*; none is written over.

    *languages* are those of the site; *words* explain the fields. Raises WrongUse where the id or
    a photo will not do; then nothing is written.
    """
    check_id(root, draft.kind, draft.id)
    folder = f"{folder_of(draft.kind)}/{draft.id}"
    pictures = {f"{folder}/{name}": content for name, content in _pictures(draft)}
    text = "".join(f"{row}\n" for row in _file(draft, [*pictures], languages, words))
    path = file_of(draft.kind, draft.id)
    text = canonical(_modeline(root, draft.kind, path) + text, KINDS[draft.kind])
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    for place, content in pictures.items():
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        write_whole(root / place, content)
    write_whole(root / path, text.encode())
    return [path, *pictures]


def _modeline(root: Path, kind: str, path: str) -> str:
    """Return what tells other editors than VS Code of the schema, if it was written."""
    place = f"{FOLDER}/{kind}.schema.json"
    if not (root / place).is_file():
        return ""
    up = "../" * path.count("/")
    return f"# yaml-language-server: $schema={up}{place}\n"


# --- The file ---------------------------------------------------------------


def _file(
    draft: Draft, pictures: list[str], languages: tuple[str, ...], words: Entries
) -> Iterator[str]:
    scribe = _Scribe(draft.answers, languages, words, [path.split("/")[-1] for path in pictures])
    return scribe.rows(KINDS[draft.kind], "", 0)


class _Scribe:
    """Writes the keys of records: those that are answered or required, and the others aside."""

    def __init__(
        self, answers: Answers, languages: tuple[str, ...], words: Entries, photos: list[str]
    ) -> None:
        self.answers = answers
        self.languages = languages
        self.words = words
        self.photos = photos

    def rows(self, kind: type[Record], prefix: str, margin: int) -> Iterator[str]:
        """Yield the lines of a record of *kind*, whose answers begin with *prefix*."""
        for key, field in fields_of(kind).items():
            name = f"{kind.__name__}.{key}"
            title, note = self.words[f"{name}.title"], self.words[f"{name}.note"]
            space = " " * margin
            yield f"{space}# {title}. {note}"
            wanted = field.required or self._answered(prefix + key)
            if key == "photos" and self.photos:
                yield from self._photos(space)
            elif wanted:
                yield from self._field(field.annotation, key, prefix, margin)
            else:
                yield from (f"{space}# {row}" for row in self._form(field.annotation, key))

    def _form(self, annotation: Any, key: str) -> Iterator[str]:  # noqa: ANN401
        """Yield the lines of the field *key* without any value: what goes where can be seen."""
        inner, kinds = records_in(annotation), (annotation, *get_args(annotation))
        listed = "tuple" in str(annotation)
        if inner:
            yield f"{key}:"
            fields = fields_of(inner[0]).items()
            rows = [row for name, field in fields for row in self._form(field.annotation, name)]
            for place, row in enumerate(rows):
                yield f"  {('  ' if place else '- ') if listed else ''}{row}"
        elif any(is_type(each, Text) for each in kinds):
            yield f"{key}:"
            yield f"  {self.languages[0]}:"
        elif listed and not any(is_type(each, Months) for each in kinds):
            yield f"{key}:"
            yield "  -"
        else:
            yield f"{key}:"

    def _answered(self, key: str) -> bool:
        return any(each == key or each.startswith(f"{key}.") for each in self.answers)

    def _field(self, annotation: Any, key: str, prefix: str, margin: int) -> Iterator[str]:  # noqa: ANN401
        space, inner = " " * margin, records_in(annotation)
        if inner:
            yield f"{space}{key}:"
            listed = "tuple" in str(annotation)
            deeper = list(self.rows(inner[0], f"{prefix}{key}.", margin + (4 if listed else 2)))
            yield from _item(deeper, margin + 2) if listed else deeper
        elif is_type(annotation, Text):
            yield f"{space}{key}:"
            yield from self._words(f"{prefix}{key}", space + "  ")
        elif "tuple" in str(annotation):
            each = (part.strip() for part in self.answers.get(prefix + key, "").split(","))
            answers = ", ".join(_quoted(part) for part in each if part)
            yield f"{space}{key}: [{answers}]" if answers else f"{space}{key}:"
        else:
            yield f"{space}{key}: {_quoted(self.answers.get(prefix + key, ''))}".rstrip()

    def _words(self, key: str, space: str) -> Iterator[str]:
        for place, code in enumerate(self.languages):
            said = self.answers.get(f"{key}.{code}", "")
            aside = "" if said or place == 0 else "# "
            yield f"{space}{aside}{code}: {_quoted(said)}".rstrip()

    def _photos(self, space: str) -> Iterator[str]:
        yield f"{space}photos:"
        for file in self.photos:
            yield f"{space}  - file: {file}"
            yield f"{space}    # {self.words['Photo.alt.title']}. {self.words['Photo.alt.note']}"
            yield f"{space}    alt:"
            yield from self._words("name", space + "      ")


def _item(rows: list[str], margin: int) -> Iterator[str]:
    """Yield *rows* as an item of a list: the dash stands before the first key."""
    first = next(place for place, row in enumerate(rows) if not row.lstrip().startswith("#"))
    for place, row in enumerate(rows):
        if place == first:
            yield " " * margin + "- " + row[margin + 2 :]
        elif place < first:
            yield row[2:]
        else:
            yield row


def _quoted(text: str) -> str:
    """Return *text* as YAML takes it for text, in quotes only where it must be."""
    return scalar(nfc(" ".join(text.split()))) if text else ""


# --- Photos -----------------------------------------------------------------


def _pictures(draft: Draft) -> Iterator[tuple[str, bytes]]:
    """Yield a name and the bytes of each photo: upright, small enough, with nothing else in it."""
    for number, path in enumerate(draft.photos, 1):
        kind, content = _shrunk(path)
        yield f"{draft.id}-{number}{_KEPT_FORMATS[kind]}", content


def _shrunk(path: Path) -> tuple[str, bytes]:
    from io import BytesIO

    from PIL import Image, UnidentifiedImageError

    from ocopgen.pages import pixels

    _learn_heic()
    out = BytesIO()
    try:
        with Image.open(path) as opened:
            kind = opened.format if opened.format in _KEPT_FORMATS else "JPEG"
            photo = pixels.plain(opened, _box(*pixels.upright_size(opened)))
            (pixels.on_paper(photo) if kind == "JPEG" else photo).save(out, kind, quality=_QUALITY)
    except FileNotFoundError:
        raise WrongUse("new.photo_missing", path=path) from None
    except UnidentifiedImageError:
        heic = path.suffix.lower() in {".heic", ".heif"}
        raise WrongUse("new.photo_heic" if heic else "new.photo_unknown", path=path) from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise MachineTrouble("new.photo_broken", path=path, why=error) from None
    return kind, out.getvalue()


def _box(width: int, height: int) -> tuple[int, int]:
    """Return the size in which a photo of *width* and *height* is kept."""
    scale = min(1, LONGEST_SIDE / max(width, height))
    return max(round(width * scale), 1), max(round(height * scale), 1)


def _learn_heic() -> None:
    """Let Pillow read what iPhones write, where the library for it is installed."""
    try:
        from pillow_heif import (  # type: ignore[import-not-found]  # most do without it
            register_heif_opener,
        )
    except ImportError:
        return
    register_heif_opener()
