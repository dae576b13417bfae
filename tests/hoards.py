"""Hostile files that nobody can write down in plain text: pictures, links, pipes."""

import io
import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

from PIL import Image

PAYLOAD = b"<script>pwned=1</script><img src=x onerror=pwned=1>"


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def _png(width: int, height: int, *chunks: bytes, rows: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = (_chunk(b"IHDR", head), *chunks, _chunk(b"IDAT", rows), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _saved(kind: str, size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "sienna").save(out, kind, **options)
    return out.getvalue()


def huge_png() -> bytes:
    """Return a PNG whose head speaks of ten thousand megapixels, and which holds none."""
    return _png(100_000, 100_000)


def bomb_png() -> bytes:
    """Return a PNG of 64 megapixels in some kilobytes."""
    return _png(8_000, 8_000, rows=zlib.compress(bytes(8_001 * 8_000), 9))


def text_bomb_png() -> bytes:
    """Return a PNG whose remark unpacks to 64 megabytes."""
    text = _chunk(b"zTXt", b"x\0\0" + zlib.compress(bytes(64_000_000), 9))
    return _png(1, 1, text, rows=zlib.compress(b"\0\0"))


def profile_bomb_png() -> bytes:
    """Return a PNG whose colour profile unpacks to 64 megabytes."""
    profile = _chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(64_000_000), 9))
    return _png(1, 1, profile, rows=zlib.compress(b"\0\0"))


def exif_bomb(entries: int = 5_000) -> bytes:
    """Return metadata of which each entry asks for all of it once more."""
    size = 8 + 2 + entries * 12 + 60_000
    head = b"II*\0" + struct.pack("<IH", 8, entries)
    rows = b"".join(struct.pack("<HHII", tag, 1, size - 8, 8) for tag in range(1, entries + 1))
    return head + rows + bytes(60_000)


def exif_bomb_jpeg() -> bytes:
    """Return a JPEG whose metadata, in several pieces, would fill gigabytes."""
    exif, pieces = exif_bomb(60_000), []
    for at in range(0, len(exif), 60_000):
        piece = b"Exif\0\0" + exif[at : at + 60_000]
        pieces.append(b"\xff\xe1" + struct.pack(">H", len(piece) + 2) + piece)
    plain = _saved("JPEG")
    return plain[:2] + b"".join(pieces) + plain[20:]


def exif_bomb_png() -> bytes:
    """Return a PNG with metadata that would fill gigabytes, if somebody read them."""
    plain = _saved("PNG")
    return plain[:33] + _chunk(b"eXIf", exif_bomb(60_000)) + plain[33:]


def scan_bomb_jpeg() -> bytes:
    """Return a JPEG that is drawn over thousands of times."""
    plain = _saved("JPEG", (2_000, 2_000), progressive=True)
    last = plain.rindex(b"\xff\xda")
    return plain[:last] + plain[last:-2] * 3_000 + b"\xff\xd9"


def huge_webp() -> bytes:
    """Return a WebP whose head speaks of 268 megapixels."""
    plain = _saved("WEBP")
    body = plain[12:]
    canvas = b"\0\0\0\0" + (16_382).to_bytes(3, "little") * 2
    content = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + canvas + body
    return b"RIFF" + struct.pack("<I", len(content)) + content


def many_frames_gif() -> bytes:
    """Return an animation of five hundred frames."""
    out = io.BytesIO()
    frames = [Image.new("P", (2, 2), shade % 256) for shade in range(500)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


def many_frames_png() -> bytes:
    """Return an animated PNG, of which a page shows the first frame."""
    out = io.BytesIO()
    frames = [Image.new("L", (64, 48), shade) for shade in range(200)]
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    return out.getvalue()


def odd_palette_png() -> bytes:
    """Return a PNG with a palette of one colour, and pixels that ask for others."""
    head = struct.pack(">IIBBBBB", 40, 40, 8, 3, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + bytes(range(200, 240)) for _ in range(40)))
    parts = (
        _chunk(b"IHDR", head),
        _chunk(b"PLTE", b"\1\2\3"),
        _chunk(b"tRNS", bytes(200)),
        _chunk(b"IDAT", rows),
        _chunk(b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def polyglot_jpeg() -> bytes:
    """Return a JPEG that is a page too, in its remark and behind its end."""
    return _saved("JPEG", comment=PAYLOAD) + b"<!doctype html>" + PAYLOAD


def polyglot_zip() -> bytes:
    """Return a PNG behind whose end a zip file begins."""
    return _saved("PNG") + b"PK\5\6" + bytes(18)


def told_exif_jpeg() -> bytes:
    """Return a JPEG whose metadata is a script."""
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = PAYLOAD.decode(), PAYLOAD.decode()
    return _saved("JPEG", exif=exif, xmp=PAYLOAD)


def truncated_jpeg() -> bytes:
    """Return half of a JPEG."""
    whole = _saved("JPEG", (640, 480))
    return whole[: len(whole) // 2]


def no_size_png() -> bytes:
    """Return a PNG of no pixels."""
    return _png(0, 0)


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='pwned=1'><script>pwned=1</script></svg>"
LATER = b"<?xml version='1.0'?><!-- x -->" + SVG


def _bytes(content: bytes) -> Callable[[Path], None]:
    return _from(lambda: content)


def _from(make: Callable[[], bytes]) -> Callable[[Path], None]:
    def lay(target: Path) -> None:
        target.write_bytes(make())

    return lay


def _link(to: str) -> Callable[[Path], None]:
    def lay(target: Path) -> None:
        if target.is_file():
            target.unlink()
        target.symlink_to(to)

    return lay


def _pipe(target: Path) -> None:
    target.unlink(missing_ok=True)
    os.mkfifo(target)


def _folder(target: Path) -> None:
    target.unlink(missing_ok=True)
    target.mkdir(parents=True)


def _sparse(size: int) -> Callable[[Path], None]:
    """Return what makes a file of *size* bytes that takes no room on the disk."""

    def lay(target: Path) -> None:
        target.touch()
        os.truncate(target, size)

    return lay


HOARDS: dict[str, Callable[[Path], None]] = {
    "huge-png": _from(huge_png),
    "bomb-png": _from(bomb_png),
    "text-bomb-png": _from(text_bomb_png),
    "profile-bomb-png": _from(profile_bomb_png),
    "exif-bomb-jpeg": _from(exif_bomb_jpeg),
    "exif-bomb-png": _from(exif_bomb_png),
    "scan-bomb-jpeg": _from(scan_bomb_jpeg),
    "huge-webp": _from(huge_webp),
    "many-frames-gif": _from(many_frames_gif),
    "many-frames-png": _from(many_frames_png),
    "odd-palette-png": _from(odd_palette_png),
    "polyglot-jpeg": _from(polyglot_jpeg),
    "polyglot-zip": _from(polyglot_zip),
    "told-exif-jpeg": _from(told_exif_jpeg),
    "truncated-jpeg": _from(truncated_jpeg),
    "no-size-png": _from(no_size_png),
    "svg": _bytes(SVG),
    "later-svg": _bytes(LATER),
    "html": _bytes(b"<!doctype html>" + PAYLOAD),
    "gif-script": _bytes(b"GIF89a/*" + bytes(8) + b"*/=1;pwned=1"),
    "php": _bytes(b"<?php system('id'); ?>"),
    "empty": _bytes(b""),
    "pipe": _pipe,
    "folder": _folder,
    "sparse": _sparse(10_000_000_000),
    "link-to-passwd": _link("/etc/passwd"),
    "link-to-zero": _link("/dev/zero"),
    "link-to-etc": _link("/etc"),
    "link-to-root": _link("../../../.."),
    "link-to-itself": _link("to-tay.jpg"),
    "link-to-theme": _link("../../../assets/icons/seal.svg"),
    "link-to-nothing": _link("khong-co"),
}
