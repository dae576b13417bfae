"""The files of content/ become entries, and whatever belongs nowhere is told of."""

import os
import sys
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems
from ocopgen.content.kinds import record_files
from ocopgen.content.load import Content, load
from tests.content.hamlet import copy, problems_of, put, told_of

PRODUCT = "content/products/mat-ong"
STORY = "---\ntitle: Rừng mật\n---\nOng bay.\n"


@pytest.fixture
def hamlet(tmp_path: Path) -> Path:
    return copy(tmp_path)


def codes(root: Path) -> list[str]:
    """Return what is told of *root*: the place and the code of each problem."""
    _, problems = problems_of(root)
    return [f"{problem.spot} {problem.code}" for problem in problems]


def test_a_folder_without_content_is_told(tmp_path: Path) -> None:
    assert codes(tmp_path) == ["content content.missing"]


def test_a_folder_of_more_files_than_any_catalogue_needs_is_told_not_read(
    hamlet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = hamlet / "content/outlets"
    folder.mkdir(exist_ok=True)
    monkeypatch.setattr("ocopgen.content.folders.MOST_NAMES", 50)
    for number in range(50 - len(list(folder.iterdir()))):
        (folder / f"_{number}.txt").touch()
    assert codes(hamlet) == []

    (folder / "_nháp.txt").touch()

    assert codes(hamlet) == ["content/outlets file.many"]


@pytest.mark.parametrize("name", ["site", "areas", "sectors", "programme"])
def test_a_province_without_one_of_its_files_is_told(hamlet: Path, name: str) -> None:
    (hamlet / f"content/{name}.yaml").unlink()

    assert codes(hamlet) == [f"content/{name}.yaml file.missing"]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("content/sectors.yml", "content/sectors.yml file.stranger"),
        ("content/ghi-chu.txt", "content/ghi-chu.txt file.stranger"),
        ("content/producers/danh-sach.xlsx", "content/producers/danh-sach.xlsx file.stranger"),
        ("content/producers/Hợp tác.yaml", "content/producers/Hợp tác.yaml id.file"),
        ("content/producers/htx-ong.yml", "content/producers/htx-ong.yml id.taken"),
        ("content/products/ghi-chu.md", "content/products/ghi-chu.md file.stranger"),
        ("content/products/Mật Ong/product.yaml", "content/products/Mật Ong id.file"),
        ("content/products/ca-phe/Product.yml", "content/products/ca-phe/Product.yml file.name"),
        ("content/products/ca-phe/a.jpg", "content/products/ca-phe product.missing"),
        (f"{PRODUCT}/story.fr.md", f"{PRODUCT}/story.fr.md file.stranger"),
        (f"{PRODUCT}/bao-gia.docx", f"{PRODUCT}/bao-gia.docx file.stranger"),
        ("content/pages/gioi-thieu.md", "content/pages/gioi-thieu.md file.stranger"),
        ("content/pages/Giới thiệu.vi.md", "content/pages/Giới thiệu.vi.md id.file"),
    ],
)
def test_what_belongs_nowhere_is_told(hamlet: Path, path: str, told: str) -> None:
    (hamlet / path).parent.mkdir(exist_ok=True)
    (hamlet / path).write_text("", "utf-8")

    assert codes(hamlet) == [told]


@pytest.mark.parametrize(
    "path",
    ["_nháp/a.txt", ".DS_Store", "Thumbs.db", "products/desktop.ini", "products/_cu/product.yaml"],
)
def test_what_is_set_aside_or_the_systems_own_is_not_read(hamlet: Path, path: str) -> None:
    file = hamlet / "content" / path
    file.parent.mkdir(exist_ok=True)
    file.write_text("không đọc", "utf-8")

    assert codes(hamlet) == []


def test_a_name_that_cannot_be_an_id_comes_with_one_that_can(hamlet: Path) -> None:
    (hamlet / "content/producers/Hợp tác xã.yaml").write_text("", "utf-8")

    assert "«hop-tac-xa»" in told_of(hamlet)


def test_texts_want_the_main_language_first(hamlet: Path) -> None:
    (hamlet / PRODUCT / "story.en.md").write_text(STORY, "utf-8")
    (hamlet / "content/pages").mkdir(exist_ok=True)
    (hamlet / "content/pages/gioi-thieu.vi.md").write_text(STORY, "utf-8")

    assert codes(hamlet) == [
        "content/pages/gioi-thieu.vi.md text.untranslated",
        "content/products/mat-ong/story.en.md text.first",
    ]


def test_a_file_of_many_megabytes_is_refused(hamlet: Path) -> None:
    (hamlet / PRODUCT / "story.vi.md").write_text(STORY + "a" * 5_000_000, "utf-8")

    assert codes(hamlet) == ["content/products/mat-ong/story.vi.md file.large"]


def test_a_folder_or_nothing_in_place_of_a_file_is_told(hamlet: Path) -> None:
    (hamlet / "content/producers/ban-be.yaml").mkdir()
    (hamlet / "content/producers/htx-ong").symlink_to("xa-lam")
    (hamlet / PRODUCT / "story.vi.md").mkdir()
    (hamlet / PRODUCT / "story.en.md").symlink_to("mat.md")
    (hamlet / "content/products/vong-tron").symlink_to("vong-tron")
    (hamlet / "content/products/da-xoa").symlink_to("xa-lam")
    (hamlet / "content/pages").mkdir(exist_ok=True)
    for folder in ("outlets", "events"):
        for file in (hamlet / "content" / folder).iterdir():
            file.unlink()
    (hamlet / "content/events").rmdir()
    (hamlet / "content/events").write_text("", "utf-8")

    assert codes(hamlet) == [
        "content/events file.unreadable",
        "content/producers/ban-be.yaml file.unreadable",
        "content/producers/htx-ong file.unreadable",
        "content/products/da-xoa file.unreadable",
        "content/products/mat-ong/story.en.md file.missing",
        "content/products/mat-ong/story.vi.md file.unreadable",
        "content/products/vong-tron file.unreadable",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a permission there")
@pytest.mark.parametrize(
    "path",
    [
        "content/areas.yaml",
        "content/producers",
        "content/producers/htx-ong.yaml",
        f"{PRODUCT}",
        f"{PRODUCT}/product.yaml",
        f"{PRODUCT}/story.vi.md",
    ],
)
def test_a_link_out_of_the_catalogue_is_told_and_not_followed(
    hamlet: Path, tmp_path_factory: pytest.TempPathFactory, path: str
) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret"
    (hamlet / PRODUCT / "story.vi.md").write_text(STORY, "utf-8")
    (hamlet / path).rename(secret)
    if secret.is_file():
        secret.write_text("password: hunter2\n", "utf-8")
    (hamlet / path).symlink_to(secret)

    told = told_of(hamlet, "en")

    assert f"{path}: this link leads out of content/" in told
    assert "hunter2" not in told


@pytest.mark.skipif(sys.platform == "win32", reason="links need a permission there")
def test_a_link_within_the_content_is_followed(hamlet: Path) -> None:
    path = hamlet / PRODUCT / "product.yaml"
    path.rename(hamlet / "content/_product.yaml")
    path.symlink_to("../../_product.yaml")

    assert told_of(hamlet) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="links need a permission there")
def test_what_a_link_leads_to_elsewhere_is_nobodys_to_write(
    hamlet: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "outlets"
    before = {path for path, _ in record_files(hamlet)}
    (hamlet / "content/outlets").rename(elsewhere)
    (hamlet / "content/outlets").symlink_to(elsewhere)

    after = {path for path, _ in record_files(hamlet)}

    assert {"content/outlets/diem-ban.yaml"} == before - after


def test_who_names_a_faulty_record_is_not_at_fault(hamlet: Path) -> None:
    put(hamlet, "content/producers/htx-ong.yaml", "since: 98\n")
    put(hamlet, f"{PRODUCT}/product.yaml", "draft: có\n")

    assert codes(hamlet) == [
        "content/producers/htx-ong.yaml:1:8 year.spelling",
        "content/products/mat-ong/product.yaml:1:8 flag.spelling",
    ]


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        (["nha.jpg", "vuon.png"], []),
        (["nha.jpg"], ["content/producers/htx-ong/vuon.png photo.unused"]),
        (["Nha.JPG", "vuon.png"], ["content/producers/htx-ong.yaml:2:12 photo.case"]),
        (["nha.jpg", "vuon.png", "xa.jpg"], ["content/producers/htx-ong.yaml:4:12 photo.missing"]),
    ],
)
def test_a_producer_s_photos_lie_in_a_folder_beside_its_file(
    hamlet: Path, listed: list[str], told: list[str]
) -> None:
    _pictured(hamlet, "content/producers/htx-ong", "nha.jpg", "vuon.png")
    rows = "".join(f"  - {{file: {name}, alt: {{vi: Nhà, en: A house}}}}\n" for name in listed)
    put(hamlet, "content/producers/htx-ong.yaml", f"photos:\n{rows}")

    assert codes(hamlet) == told


def test_a_folder_without_its_producer_and_what_is_no_picture_are_strangers(hamlet: Path) -> None:
    _pictured(hamlet, "content/producers/htx-ma", "nha.jpg")
    _pictured(hamlet, "content/outlets/diem-ban", "nha.jpg")
    _pictured(hamlet, "content/producers/htx-ong", "ghi-chu.txt")
    (hamlet / "content/producers/htx-be.yaml").write_bytes(
        (hamlet / "content/producers/htx-ong.yaml").read_bytes()
    )
    (hamlet / "content/producers/htx-be").write_text("", "utf-8")

    assert codes(hamlet) == [
        "content/outlets/diem-ban file.stranger",
        "content/producers/htx-be file.stranger",
        "content/producers/htx-ma file.stranger",
        "content/producers/htx-ong/ghi-chu.txt file.stranger",
    ]


def _pictured(root: Path, folder: str, *names: str) -> None:
    """Put files of the *names* into the *folder* below *root*."""
    (root / folder).mkdir()
    for name in names:
        (root / folder / name).write_bytes((root / PRODUCT / "to-ong.jpg").read_bytes())


def test_a_story_of_a_faulty_product_is_not_at_fault_for_its_pictures(hamlet: Path) -> None:
    put(hamlet, f"{PRODUCT}/product.yaml", "draft: có\n")
    for code in ("vi", "en"):
        path = hamlet / PRODUCT / f"story.{code}.md"
        path.write_text(f"{STORY}\n![Tổ ong](to-ong.jpg)\n", "utf-8")

    assert codes(hamlet) == ["content/products/mat-ong/product.yaml:1:8 flag.spelling"]


def test_a_content_page_has_no_pictures_even_if_a_product_is_called_the_same(hamlet: Path) -> None:
    (hamlet / "content/pages").mkdir()
    for code in ("vi", "en"):
        path = hamlet / f"content/pages/mat-ong.{code}.md"
        path.write_text(f"{STORY}\n![Tổ ong](to-ong.jpg)\n", "utf-8")

    assert codes(hamlet) == [
        "content/pages/mat-ong.en.md:6 prose.unlisted",
        "content/pages/mat-ong.vi.md:6 prose.unlisted",
    ]


def test_a_photo_whose_name_has_its_marks_apart_is_told(hamlet: Path) -> None:
    apart = unicodedata.normalize("NFD", "tổ-ong.jpg")
    (hamlet / PRODUCT / "to-ong.jpg").rename(hamlet / PRODUCT / apart)
    put(hamlet, f"{PRODUCT}/product.yaml", "photos: [{file: tổ-ong.jpg, alt: {vi: Tổ, en: X}}]\n")

    assert codes(hamlet) == ["content/products/mat-ong/product.yaml:1:17 photo.nfd"]


def test_two_products_of_one_gtin_are_told(hamlet: Path) -> None:
    other = hamlet / "content/products/mat-ong-hai"
    other.mkdir()
    put(hamlet, f"{PRODUCT}/product.yaml", 'gtin: ["8934563138165"]\n')
    sound = (hamlet / PRODUCT / "product.yaml").read_text("utf-8").split("photos:")[0]
    (other / "product.yaml").write_text(sound, "utf-8")

    assert codes(hamlet) == ["content/products/mat-ong-hai/product.yaml:1:8 gtin.shared"]


@pytest.mark.parametrize(
    ("start", "days", "until", "told"),
    [
        ("2026-08-05", "90", "2026-11-03", []),
        ("2026-08-05", "90", "2026-11-04", ["extension"]),
        ("2026-08-06", "90", "2026-11-04", []),
        ("2026-08-05", "", "2026-08-06", ["extension_unforeseen"]),
    ],
)
def test_an_extension_follows_the_rules_of_the_day_that_the_term_ends(
    hamlet: Path, start: str, days: str, until: str, told: list[str]
) -> None:
    programme = hamlet / "content/programme.yaml"
    rules = programme.read_text("utf-8")
    later = rules.replace("versions:\n", "").replace("1048-2019", "sau-nay")
    later = later.replace("2019-08-21", start).replace("days: 180", f"days: {days}")
    programme.write_text(rules + later, "utf-8")
    certificate = (
        f"certifications:\n  - star: 4\n    issued: 2023-08-05\n    extended_until: {until}\n"
        "    sources: [{url: 'https://example.org', title: Báo, accessed: 2026-11-20}]\n"
    )
    put(hamlet, f"{PRODUCT}/product.yaml", certificate)

    spot = "content/products/mat-ong/product.yaml:4:21"
    assert codes(hamlet) == [f"{spot} certification.{each}" for each in told]


def test_a_draft_is_shown_to_its_author_only(hamlet: Path) -> None:
    put(hamlet, f"{PRODUCT}/product.yaml", "draft: true\n")
    (hamlet / PRODUCT / "story.vi.md").write_text(STORY, "utf-8")

    catalogue, _ = problems_of(hamlet)

    assert catalogue
    assert not catalogue.products
    assert not catalogue.stories


def test_a_product_appears_on_the_day_of_its_first_certificate(hamlet: Path) -> None:
    before, _ = problems_of(hamlet, date(2025, 8, 4))
    after, _ = problems_of(hamlet, date(2025, 8, 5))

    assert before
    assert after
    assert (list(before.products), list(after.products)) == ([], ["mat-ong"])


def test_what_is_remembered_says_the_same(hamlet: Path) -> None:
    (hamlet / PRODUCT / "story.vi.md").write_text(STORY, "utf-8")
    put(hamlet, "content/producers/htx-ong.yaml", "kind: farmm\n")
    _age(hamlet)
    first, told = _loaded(hamlet)

    second, again = _loaded(hamlet)

    assert first.products["mat-ong"].record == second.products["mat-ong"].record
    assert first.stories["mat-ong", "vi"].prose == second.stories["mat-ong", "vi"].prose
    assert told == again == ["content/producers/htx-ong.yaml:1:7 choice.unknown"]


def test_what_another_program_remembered_is_read_anew(
    hamlet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _age(hamlet)
    _loaded(hamlet)
    monkeypatch.setattr("ocopgen.content.files.program", lambda *_: "a later one")
    read: list[str] = []
    monkeypatch.setattr("ocopgen.content.files.read_tree", lambda path, *_, **__: read.append(path))

    load(hamlet, Memory(hamlet / "memory.lines"), Problems())

    assert "content/site.yaml" in read


def test_texts_with_warnings_tell_them_every_time(hamlet: Path) -> None:
    (hamlet / PRODUCT / "story.vi.md").write_text(STORY + "<b>", "utf-8")
    _age(hamlet)

    assert _loaded(hamlet)[1] == _loaded(hamlet)[1] == [f"{PRODUCT}/story.vi.md:5:1 prose.html"]


def _age(root: Path) -> None:
    """Make every file old enough to be remembered."""
    for path in root.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


def _loaded(root: Path) -> tuple[Content, list[str]]:
    memory, problems = Memory(root / "memory.lines"), Problems()
    content = load(root, memory, problems)
    memory.save()
    assert content
    return content, [f"{problem.spot} {problem.code}" for problem in problems]


def test_consent_is_asked_of_people_not_of_companies(hamlet: Path) -> None:
    allowed: Callable[[str], bool] = lambda kind: not _consent_told(hamlet, kind)  # noqa: E731

    asked = ["household_business", "farm"]
    others = ["cooperative", "cooperative_group", "company", "association"]

    assert [kind for kind in [*asked, *others] if not allowed(kind)] == asked


def _consent_told(root: Path, kind: str) -> bool:
    put(root, "content/producers/htx-ong.yaml", f"kind: {kind}\nemail: a@example.org\n")
    return any("producer.consent" in code for code in codes(root))
