"""Photos as they come from phones, scanners and strangers."""

import io
import os
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from ocopgen.base.digest import Digest
from ocopgen.base.problems import Problem, Problems, Spot
from ocopgen.pages.photos import (
    VERSION,
    Measured,
    Size,
    address,
    codecs,
    develop,
    encode,
    is_made,
    key,
    sizes,
    survey,
    widths,
)
from ocopgen.pages.tones import TONES, nearest_tone

SPOT = Spot("content/products/x/product.yaml", 9, 11)
RED, GREEN, BLUE = (200, 30, 30), (30, 160, 60), (30, 60, 200)
ORIENTATION, GPS = 0x0112, 0x8825


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Return where a test may put its photo."""
    return tmp_path / "photo.jpg"


def look(path: Path) -> tuple[Measured | None, list[Problem]]:
    problems = Problems()
    return survey(path, SPOT, problems), list(problems)


def told(path: Path) -> list[tuple[str, dict[str, str]]]:
    measured, problems = look(path)
    assert measured is None
    assert {problem.spot for problem in problems} == {SPOT}
    assert not path.exists() or develop(path.read_bytes()) is None
    return [(problem.code, dict(problem.values)) for problem in problems]


def measure(path: Path) -> Measured:
    measured, problems = look(path)
    assert problems == []
    assert measured is not None
    return measured


def developed(path: Path) -> dict[str, Image.Image]:
    """Return the pictures that the photo at *path* becomes, one by one and all in one go."""
    measured, photo = measure(path), path.read_bytes()
    files = encode(photo, sizes(measured))
    assert develop(photo) == (measured, {size: files[size.name] for size in sizes(measured)})
    return {name: Image.open(io.BytesIO(content)) for name, content in files.items()}


def halves(width: int = 1000, height: int = 600) -> Image.Image:
    """Return a picture that is red on its left and blue on its right."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(BLUE, (width // 2, 0, width, height))
    return picture


def near(one: object, other: tuple[int, ...], most: int = 12) -> bool:
    assert isinstance(one, tuple)
    return all(abs(a - b) <= most for a, b in zip(one, other, strict=True))


def png(width: int, height: int, rows: Iterator[bytes], depth: int = 8, colours: int = 0) -> bytes:
    """Return a PNG file of *rows*, written piece by piece."""
    pack = zlib.compressobj(1)
    packed = b"".join(pack.compress(b"\0" + row) for row in rows) + pack.flush()
    head = struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


# --- What is planned ---------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "offered"),
    [
        (1, (1,)),
        (319, (319,)),
        (320, (320,)),
        (340, (340,)),
        (640, (320, 520, 640)),
        (880, (320, 520, 880)),
        (1000, (320, 520, 800, 1000)),
        (1600, (320, 520, 800, 1600)),
        (4000, (320, 520, 800, 1600)),
    ],
)
def test_widths_never_exceed_the_source(width: int, offered: tuple[int, ...]) -> None:
    assert offered == widths(width)


def test_a_photo_becomes_a_webp_of_each_width_and_one_jpeg() -> None:
    planned = sizes(Measured(2400, 1800, 0, alpha=False))

    assert [size.name for size in planned] == [
        "320.webp",
        "520.webp",
        "800.webp",
        "1600.webp",
        "800.jpg",
    ]
    assert [size.height for size in planned] == [240, 390, 600, 1200, 600]


@pytest.mark.parametrize("shape", [(1, 40_000), (40_000, 1), (600, 60_000), (2, 2)])
def test_the_longest_strip_still_fits_into_a_webp(shape: tuple[int, int]) -> None:
    planned = sizes(Measured(*shape, 0, alpha=False))

    assert all(0 < size.width <= shape[0] for size in planned)
    assert all(0 < size.height <= min(shape[1], 16_383) for size in planned)


def test_an_address_tells_the_photo_and_the_size() -> None:
    assert (
        address(Digest("0123456789abcdef0123456789abcdef"), Size(800, 600, "webp"))
        == "anh/0123456789ab/800.webp"
    )


def test_a_key_stays_the_same_for_good() -> None:
    """Else all photos that anybody keeps would be made once more."""
    found = key(Digest("1" * 32), Size(800, 600, "webp"), "codecs")

    assert VERSION == "4"
    assert found == "edcc8fe208ae5f1580b492beffbcf264"


def test_a_key_changes_with_photo_size_format_and_codecs() -> None:
    one, other = Digest("1" * 32), Digest("2" * 32)

    keys = {
        key(one, Size(800, 600, "webp"), "a"),
        key(one, Size(800, 600, "webp"), "a"),
        key(other, Size(800, 600, "webp"), "a"),
        key(one, Size(400, 300, "webp"), "a"),
        key(one, Size(800, 600, "jpg"), "a"),
        key(one, Size(800, 600, "webp"), "b"),
    }

    assert len(keys) == 5


def test_codecs_tell_versions() -> None:
    assert re.search(r"webp-\d", codecs())


def test_planning_does_not_import_pillow(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from ocopgen.pages.photos import Measured, codecs, key, sizes\n"
        "known = codecs()\n"
        "[key('1' * 32, size, known) for size in sizes(Measured(2400, 1800, 3, False))]\n"
        "print(known, 'PIL.Image' in sys.modules)\n"
    )
    told = [
        subprocess.run(
            [sys.executable, "-X", f"pycache_prefix={tmp_path}", "-c", script],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for _ in range(2)
    ]

    assert told == [f"{codecs()} True", f"{codecs()} False"]


def test_measures_go_through_json() -> None:
    measured = Measured(640, 480, 31, alpha=True)

    assert measured == Measured.from_json(measured.as_json())


# --- What is refused ---------------------------------------------------------

HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)
STRANGERS = {
    "HEIC": (HEIC, ("photo.heic", {})),
    "HEIF": (HEIC.replace(b"ftypheic", b"ftypmif1"), ("photo.heic", {})),
    "LFS": (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n", ("photo.lfs", {})),
    "TIFF": (b"II*\0" + bytes(99), ("photo.format", {"format": "TIFF"})),
    "SVG": (b"<?xml version='1.0'?>\n<svg xmlns=''/>", ("photo.format", {"format": "SVG"})),
    "HTML": (b"\n<!DOCTYPE html><p>Login<svg>", ("photo.format", {"format": "HTML"})),
    "MP4": (b"\0\0\0\x14ftypqt  " + bytes(99), ("photo.format", {"format": "MP4"})),
    "PDF": (b"%PDF-1.7\n", ("photo.format", {"format": "PDF"})),
    "empty": (b"", ("photo.empty", {})),
    "text": (b"\xff\xfeh\0e\0l\0l\0o\0", ("photo.broken", {})),
    "head of a JPEG": (b"\xff\xd8\xff\xe0", ("photo.broken", {})),
    "head of a WebP": (b"RIFF\x99\0\0\0WEBPVP8 ", ("photo.broken", {})),
    "head of an AVIF": (b"\0\0\0\x18ftypavif\0\0\0\0mif1avif", ("photo.broken", {})),
}


@pytest.mark.parametrize("kind", STRANGERS)
def test_a_stranger_is_told_as_what_it_is(kind: str, photo: Path) -> None:
    content, refusal = STRANGERS[kind]
    photo.write_bytes(content)

    assert [refusal] == told(photo)


def test_an_animated_gif_is_told(photo: Path) -> None:
    frames = [Image.new("P", (8, 8), number) for number in range(3)]
    frames[0].save(photo, "GIF", save_all=True, append_images=frames[1:])

    assert told(photo) == [("photo.format", {"format": "GIF"})]


def test_a_zip_named_as_a_photo_is_told(photo: Path) -> None:
    with zipfile.ZipFile(photo, "w") as archive:
        archive.writestr("photo.jpg", b"x")

    assert told(photo) == [("photo.format", {"format": "ZIP"})]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_a_photo_that_was_cut_off_is_told(kind: str, share: float, photo: Path) -> None:
    noise = Image.frombytes("RGB", (300, 200), os.urandom(180_000))
    noise.save(photo, kind, lossless=True)
    os.truncate(photo, int(photo.stat().st_size * share))

    assert told(photo) == [("photo.broken", {})]


def test_too_many_bytes_are_refused_unread(photo: Path) -> None:
    with photo.open("wb") as file:
        file.truncate(31_000_000)

    assert told(photo) == [("photo.large", {"size": "31", "most": "30"})]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told in other ways elsewhere")
def test_a_hundred_megapixels_are_refused_undecoded(photo: Path) -> None:
    photo.write_bytes(png(10_000, 10_000, (bytes(10_000) for _ in range(10_000))))
    script = (
        "import sys; from pathlib import Path\n"
        "from ocopgen.base.problems import Problems, Spot\n"
        "from ocopgen.pages.photos import survey\n"
        "problems = Problems()\n"
        "survey(Path(sys.argv[1]), Spot('x'), problems)\n"
        "print([(one.code, one.values['pixels']) for one in problems])\n"
        # Not getrusage, which counts what the process was before it became this program.
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])\n"
    )

    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, str(photo)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    found, memory = run.stdout.splitlines()

    assert found == "[('photo.pixels', '100')]"
    assert int(memory) < 90_000, "kilobytes: the pixels alone would take 100,000"


def test_a_photo_that_is_gone_is_told(photo: Path) -> None:
    assert told(photo) == [("photo.broken", {})]


# --- What comes out ----------------------------------------------------------


def test_a_phone_held_upright_gives_an_upright_photo_without_its_place(photo: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[2] = (10.0, 57.0, 0.0)
    exif[0x010F] = "SECRETPHONE"
    halves().save(photo, exif=exif, comment=b"SECRETWORD", xmp=b"<x>SECRETXMP</x>", dpi=(72, 72))

    measured = measure(photo)
    files = encode(photo.read_bytes(), sizes(measured))

    assert (measured.width, measured.height) == (600, 1000)
    assert {"320.webp", "520.webp", "600.webp", "600.jpg"} == set(files)
    assert all(is_made(content[:16]) for content in files.values())
    for content in files.values():
        picture = Image.open(io.BytesIO(content))
        assert not picture.getexif()
        assert not {"exif", "xmp", "comment", "icc_profile", "gps"} & set(picture.info)
        assert b"SECRET" not in content
        assert near(picture.convert("RGB").getpixel((20, 20)), RED), "left came to the top"
        assert near(picture.convert("RGB").getpixel((20, picture.height - 20)), BLUE)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_all_eight_orientations_come_out_upright(orientation: int, tmp_path: Path) -> None:
    upright = Image.new("RGB", (480, 320), GREEN)
    upright.paste(RED, (0, 0, 240, 160))
    upright.paste(BLUE, (240, 0, 480, 160))
    stored = {
        1: upright,
        2: upright.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        3: upright.transpose(Image.Transpose.ROTATE_180),
        4: upright.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
        5: upright.transpose(Image.Transpose.TRANSPOSE),
        6: upright.transpose(Image.Transpose.ROTATE_90),
        7: upright.transpose(Image.Transpose.TRANSVERSE),
        8: upright.transpose(Image.Transpose.ROTATE_270),
    }[orientation]
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    stored.save(tmp_path / "photo.png", exif=exif)

    picture = developed(tmp_path / "photo.png")["320.webp"].convert("RGB")

    assert picture.size == (320, 213)
    assert near(picture.getpixel((20, 20)), RED)
    assert near(picture.getpixel((300, 20)), BLUE)
    assert near(picture.getpixel((160, 200)), GREEN)


def test_a_photo_that_says_last_how_it_lies_is_not_squeezed(photo: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    halves(600, 300).save(photo, "PNG", exif=exif)
    content = photo.read_bytes()
    start = content.index(b"eXIf") - 4
    end = start + 12 + int.from_bytes(content[start : start + 4])
    tail = content.index(b"IEND") - 4
    photo.write_bytes(content[:start] + content[end:tail] + content[start:end] + content[tail:])

    pictures = developed(photo)

    assert measure(photo).width == 600
    for picture in pictures.values():
        across, down = picture.size
        assert across == 2 * down
        assert near(picture.convert("RGB").getpixel((across // 8, down // 2)), RED)
        assert near(picture.convert("RGB").getpixel((across * 7 // 8, down // 2)), BLUE)


def test_a_pattern_has_the_tone_of_all_its_stripes(photo: Path) -> None:
    stripes = Image.new("RGB", (1600, 400))
    for left in range(0, 1600, 50):
        stripes.paste("white", (left, 0, left + 25, 400))
    stripes.save(photo, "PNG")

    assert measure(photo).tone == nearest_tone(128, 128, 128)


def test_a_printers_cmyk_photo_gets_the_colours_of_a_screen(photo: Path) -> None:
    Image.new("CMYK", (500, 300), (0, 255, 255, 0)).save(photo, "JPEG", quality=95)

    pictures = developed(photo)

    assert near(pictures["500.jpg"].getpixel((250, 150)), (255, 0, 0), 20)
    assert {"RGB"} == {picture.mode for picture in pictures.values()}


@pytest.mark.parametrize("colours", [0, 2])
def test_sixteen_bits_become_eight(colours: int, photo: Path) -> None:
    row = struct.pack(">H", 0x8000) * 500 * (1 if colours == 0 else 3)
    photo.write_bytes(png(500, 300, (row for _ in range(300)), 16, colours))

    assert near(developed(photo)["500.jpg"].getpixel((250, 150)), (128, 128, 128), 3)


@pytest.mark.parametrize("mode", ["1", "L"])
def test_a_grey_photo_stays_grey(mode: str, photo: Path) -> None:
    Image.new(mode, (500, 300), 255).save(photo, "PNG")

    assert near(developed(photo)["500.jpg"].getpixel((250, 150)), (255, 255, 255), 3)


def seen_through(mode: str) -> Image.Image:
    """Return a red picture whose right half lets the ground through."""
    picture = Image.new("RGBA", (500, 300), (*RED, 255))
    picture.paste((0, 0, 0, 0), (250, 0, 500, 300))
    return picture.quantize(16) if mode == "P" else picture.convert(mode)


@pytest.mark.parametrize("mode", ["P", "RGBA", "LA"])
def test_what_lets_the_ground_through_keeps_doing_so(mode: str, photo: Path) -> None:
    seen_through(mode).save(photo, "PNG")

    pictures = developed(photo)

    assert measure(photo).alpha
    assert pictures["320.webp"].mode == "RGBA"
    assert tuple(pictures["320.webp"].getchannel("A").getpixel((x, 100)) for x in (40, 280)) == (
        255,
        0,
    )
    assert pictures["500.jpg"].mode == "RGB"
    assert near(pictures["500.jpg"].getpixel((450, 150)), (252, 252, 249), 3), "on paper"


def test_a_photo_that_only_could_be_seen_through_is_none(photo: Path) -> None:
    halves().convert("RGBA").save(photo, "PNG")

    assert not measure(photo).alpha
    assert developed(photo)["320.webp"].mode == "RGB"


def test_one_pixel_is_a_photo_too(photo: Path) -> None:
    Image.new("RGB", (1, 1), RED).save(photo, "PNG")

    assert {name: picture.size for name, picture in developed(photo).items()} == {
        "1.webp": (1, 1),
        "1.jpg": (1, 1),
    }


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_every_usual_format_is_taken(kind: str, photo: Path) -> None:
    halves().save(photo, kind, quality=90)

    pictures = developed(photo)

    assert [pictures[name].size for name in ("1000.webp", "800.webp", "320.webp", "800.jpg")] == [
        (1000, 600),
        (800, 480),
        (320, 192),
        (800, 480),
    ]
    assert near(pictures["800.jpg"].getpixel((100, 240)), RED)


def profile_of_a_strange_screen() -> bytes:
    """Return a colour profile in which red means blue, and blue red."""
    usual = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = usual.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    return swapped.replace("sRGB".encode("utf-16-be"), "oDDs".encode("utf-16-be"))


def test_colours_are_kept_as_the_profile_means_them(photo: Path) -> None:
    halves().save(photo, "JPEG", quality=90, icc_profile=profile_of_a_strange_screen())

    picture = developed(photo)["800.jpg"]

    assert near(picture.getpixel((100, 100)), BLUE, 30)
    assert near(picture.getpixel((700, 100)), RED, 40)


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_a_profile_for_other_pixels_means_nothing(mode: str, photo: Path) -> None:
    Image.new(mode, (500, 300), 0).save(photo, "JPEG", icc_profile=profile_of_a_strange_screen())

    plain = Image.new(mode, (1, 1), 0).convert("RGB").getpixel((0, 0))

    assert developed(photo)["500.jpg"].getpixel((9, 9)) == plain


def test_a_profile_does_not_cost_the_ground_that_shows_through(photo: Path) -> None:
    seen_through("RGBA").save(photo, "PNG", icc_profile=profile_of_a_strange_screen())

    picture = developed(photo)["320.webp"]

    assert picture.mode == "RGBA"
    assert near(picture.convert("RGB").getpixel((50, 100)), (30, 30, 200), 30)


@pytest.mark.parametrize("profile", [b"", b"no profile at all" * 20])
def test_a_damaged_profile_means_nothing(profile: bytes, photo: Path) -> None:
    halves().save(photo, "PNG", icc_profile=profile)

    assert near(developed(photo)["800.jpg"].getpixel((100, 100)), RED)


def test_damaged_exif_does_not_spoil_a_photo(photo: Path) -> None:
    halves().save(photo, "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\x7f" + b"\xff" * 40, quality=90)

    assert (measure(photo).width, measure(photo).height) == (1000, 600)
    assert near(developed(photo)["800.jpg"].getpixel((100, 100)), RED)


def test_the_same_photo_gives_the_same_bytes(photo: Path) -> None:
    halves().save(photo, "JPEG", quality=90)
    planned = sizes(measure(photo))

    assert encode(photo.read_bytes(), planned) == encode(photo.read_bytes(), planned)


# --- Tones -------------------------------------------------------------------


def test_the_stylesheet_has_every_tone(checkout: Path) -> None:
    sheet = (checkout / "assets/css/tones.css").read_text("utf-8")

    written = re.findall(r"\.tone-(\d+) \{ background-color: (#[0-9a-f]{6}) \}", sheet)

    assert sheet.startswith("@layer components {")
    assert [(str(number), tone) for number, tone in enumerate(TONES)] == written


def test_there_are_thirty_two_tones_and_each_is_nearest_to_itself() -> None:
    assert len(set(TONES)) == 32
    assert list(range(32)) == [nearest_tone(*bytes.fromhex(tone[1:])) for tone in TONES]


@pytest.mark.parametrize(
    ("colour", "tone"), [((255, 255, 255), 7), ((0, 0, 0), 0), ((90, 140, 80), 21)]
)
def test_a_photo_has_the_tone_that_it_looks_like(
    colour: tuple[int, int, int], tone: int, photo: Path
) -> None:
    Image.new("RGB", (200, 200), colour).save(photo, "JPEG")

    assert tone == measure(photo).tone
