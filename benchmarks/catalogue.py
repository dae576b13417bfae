"""Write a made-up catalogue of any size: the same number, the same files.

    python benchmarks/catalogue.py FOLDER PRODUCTS [--photos N]

The province, its places, sectors and rules are those of the example; products, producers and
stories are put together from lists of words, N photos of 2400x1800 from noise and gradients.
"""

import argparse
import random
import shutil
from pathlib import Path
from typing import Any

import yaml
from PIL import Image, ImageChops

_EXAMPLE = Path(__file__).parent.parent / "content"
_TAKEN = ("areas.yaml", "sectors.yaml", "programme.yaml", "site.yaml", "pages")
_SEED = 5
_PRODUCTS_PER_PRODUCER = 3
_STORY_WORDS = 190
_PHOTO = (2400, 1800)
_GRAINS = ((600, 0.5), (60, 0.25), (12, 0.18), (3, 0.1), (1, 0.05))
"""The noise of a photo: from how wide its patches are to how much of it is theirs."""
_THINGS = (
    ("Mật ong", "Honey"), ("Bưởi", "Pomelo"), ("Hạt điều", "Cashew"), ("Tiêu đen", "Pepper"),
    ("Cà phê", "Coffee"), ("Trà", "Tea"), ("Gạo", "Rice"), ("Bánh tráng", "Rice paper"),
    ("Khô cá", "Dried fish"), ("Mít sấy", "Jackfruit"), ("Ca cao", "Cocoa"), ("Nấm", "Mushrooms"),
)  # fmt: skip
_MANNERS = (
    ("rang mộc", "plain roasted"), ("nguyên chất", "pure"), ("sấy dẻo", "soft dried"),
    ("thượng hạng", "premium"), ("truyền thống", "traditional"), ("vị gừng", "with ginger"),
)  # fmt: skip
_OWNERS = ("Hòa Bình", "Thanh Sơn", "Đức Phát", "Minh Tâm", "Tân Lập", "Phú Lộc", "An Khang")
_VI = (
    "đất đỏ", "nắng mưa", "vườn nhà", "hái bằng tay", "phơi trên giàn", "sấy chậm qua đêm",
    "người trong xóm", "cùng làm", "mùa này", "năm trước", "hạt to đều", "giữ được vị ngọt",
    "thơm lâu", "đóng túi", "ngay tại xưởng", "đưa đi chợ sớm",
)  # fmt: skip
_EN = (
    "red soil", "rain and sun", "the garden behind the house", "picked by hand", "dried on racks",
    "slowly over night", "neighbours", "work together", "this season", "last year",
    "large even kernels", "keep their sweetness",
)  # fmt: skip


def write(folder: Path, products: int, photos: int = 0) -> None:
    """Write a catalogue of *products* with *photos* into *folder*/content."""
    chance = random.Random(_SEED)  # noqa: S311 - the same catalogue every time is the point
    content = folder / "content"
    content.mkdir(parents=True)
    for name in _TAKEN:
        source = _EXAMPLE / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, content / name)
    communes = [(each["id"], each["districts"][0]) for each in _read("areas.yaml")["communes"]]
    sectors = _read("sectors.yaml")["sectors"]
    sets = [
        each["id"] for sector in sectors for group in sector["groups"] for each in group["sets"]
    ]
    producers = -(-products // _PRODUCTS_PER_PRODUCER)
    homes = [chance.choice(communes) for _ in range(producers)]
    for number, home in enumerate(homes):
        _write(content / f"producers/co-so-{number:05}.yaml", _producer(chance, number, home))
    for number in range(products):
        maker = number % producers
        folder = content / f"products/san-pham-{number:05}"
        shown = range(number, photos, products)
        record = _product(chance, number, maker, homes[maker], sets) + _photos(shown)
        _write(folder / "product.yaml", record)
        for photo in shown:
            _photo(photo).save(folder / f"anh-{photo}.jpg", quality=90)
        for language, words in (("vi", _VI), ("en", _EN)):
            _write(folder / f"story.{language}.md", _story(chance, number, words))


def _read(name: str) -> Any:  # noqa: ANN401 - what the file holds
    return yaml.safe_load((_EXAMPLE / name).read_text("utf-8"))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


Home = tuple[str, str]
"""A commune of today, and a district that a part of it belonged to."""


def _producer(chance: random.Random, number: int, home: Home) -> str:
    owner = chance.choice(_OWNERS)
    return f"""\
name: {{vi: Hợp tác xã {owner} {number}, en: {owner} {number} cooperative}}
kind: cooperative
commune: {home[0]}
district: {home[1]}
phone: ["0251 {chance.randrange(100, 999)} {chance.randrange(1000, 9999)}"]
"""


def _product(chance: random.Random, number: int, maker: int, home: Home, sets: list[str]) -> str:
    (vi, en), (vi_manner, en_manner) = chance.choice(_THINGS), chance.choice(_MANNERS)
    en = f"{en_manner.capitalize()} {en.lower()}"
    price = chance.randrange(20, 400) * 1000
    issued = f"{chance.choice((2024, 2025, 2026))}-{chance.randrange(1, 10):02}-15"
    return f"""\
name:
  vi: {vi} {vi_manner} {number}
  en: {en} {number}
summary:
  vi: {vi} {vi_manner} làm tại chỗ từ nguyên liệu trong xã, mẻ số {number} của năm nay.
  en: {en} made on the spot from what the commune grows, batch {number} of this year.
set: {chance.choice(sets)}
producer: co-so-{maker:05}
commune: {home[0]}
district: {home[1]}
certifications:
  - star: {chance.choices((3, 4, 5), (80, 18, 2))[0]}
    issued: {issued}
    decision: {chance.randrange(100, 4000)}/QĐ-UBND
    sources:
      - {{url: "https://tin.example/{number}", title: Bản tin số {number}, accessed: 2026-11-01}}
price:
  min: {price}
  max: {price + 20000}
  unit: {{vi: hộp 500 g, en: box of 500 g}}
  as_of: 2026-10-01
pack: {{vi: Hộp 500 g, en: Box of 500 g}}
shelf_life: {{vi: 12 tháng, en: 12 months}}
"""


def _photos(numbers: range) -> str:
    """Return what a record says of its photos; nothing where it has none."""
    lines = "".join(
        f"""\
  - file: anh-{number}.jpg
    alt: {{vi: Ảnh thử số {number}, en: "Photo {number}, to be resized"}}
"""
        for number in numbers
    )
    return f"photos:\n{lines}" if lines else ""


def _photo(number: int) -> Image.Image:
    """Return a photo that is as hard to encode as one of a garden."""
    chance = random.Random(number)  # noqa: S311 - the same photo every time is the point
    return Image.merge("RGB", [_noise(chance) for _ in range(3)])


def _noise(chance: random.Random) -> Image.Image:
    picture = Image.new("L", _PHOTO)
    for grain, share in _GRAINS:
        width, height = (-(-side // grain) for side in _PHOTO)
        patch = Image.frombytes("L", (width, height), chance.randbytes(width * height))
        patch = patch.resize(_PHOTO, Image.Resampling.BICUBIC)
        picture = ImageChops.add(picture, patch.point([round(at * share) for at in range(256)]))
    return picture


def _story(chance: random.Random, number: int, phrases: tuple[str, ...]) -> str:
    paragraphs = []
    for _ in range(4):
        words: list[str] = []
        while len(words) < _STORY_WORDS // 4:
            words += chance.choice(phrases).split()
        paragraphs.append(" ".join(words).capitalize() + ".")
    paragraphs[1] = f"**{paragraphs[1]}**"
    body = "\n\n".join((*paragraphs[:2], "## Một mùa", *paragraphs[2:]))
    return f"---\ntitle: Chuyện số {number}\n---\n\n{body}\n"


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("folder", type=Path)
    asked.add_argument("products", type=int)
    asked.add_argument("--photos", type=int, default=0)
    write(**vars(asked.parse_args()))
