"""What a finished site may get wrong, and that the audit sees it."""

from html.parser import HTMLParser
from pathlib import Path

import orjson
import pytest

from ocopgen.base.digest import Digest
from ocopgen.base.store import Store
from ocopgen.build.audit import Finding, judge
from ocopgen.build.links import PageLinks, anchors_and_links, feed_links, links_of

BASE = "https://ocop.example/"
HOME, OTHER = "index.html", "en/index.html"


def page(body: str = "", own: str = "", language: str = "vi", head: str | None = None) -> PageLinks:
    """Return a page in two languages, at *own* and below en/, with *body*."""
    alternates = (
        f'<link rel="alternate" hreflang="vi" href="{BASE}{own}">'
        f'<link rel="alternate" hreflang="en" href="{BASE}en/{own}">'
        f'<link rel="alternate" hreflang="x-default" href="{BASE}{own}">'
    )
    html = (
        f'<!doctype html><html lang="{language}"><head>{alternates if head is None else head}'
        f'<link rel="stylesheet" href="/css/site.css"></head><body id="top">{body}</body></html>'
    )
    return anchors_and_links(html.encode())


def site(body: str = "", **more: PageLinks) -> list[tuple[str, str, str]]:
    """Return what is wrong with a small site whose Vietnamese home page has *body*."""
    pages = {
        HOME: page(f'<a href="/en/">English</a><a href="/mat-ong/">x</a>{body}'),
        OTHER: page('<a href="/">Tiếng Việt</a><a href="/en/mat-ong/#story">y</a>', language="en"),
        "mat-ong/index.html": page('<h2 id="story">', "mat-ong/"),
        "en/mat-ong/index.html": page('<h2 id="story">', "mat-ong/", "en"),
        "404.html": page(head=""),
        **{path.replace("__", "/").replace("_", "."): each for path, each in more.items()},
    }
    files = {"css/site.css", "anh/1/400.webp", "anh/1/800.webp", "icons.svg", "tệp.pdf"}
    return [(each.page, each.code, each.target) for each in judge(pages, files, BASE)]


def _data(block: str) -> PageLinks:
    script = f'<script type="application/ld+json">{block}</script>'
    return page(f'<a href="/en/">x</a><a href="/mat-ong/">x</a>{script}')


@pytest.mark.parametrize(
    ("block", "findings"),
    [
        ('{"url":"https://ocop.example/mat-ong/#product"}', []),
        ('{"sameAs":["https://elsewhere.example/x"]}', []),
        ('{"@graph":[{"url":"https://ocop.example/gone/"}]}', ["link.dead"]),
        ('{"url":', ["data.garbled"]),
    ],
)
def test_what_programs_are_told_is_followed_too(block: str, findings: list[str]) -> None:
    assert [code for _, code, _ in site(index_html=_data(block))] == findings


def test_feeds_and_sitemaps_lead_where_they_say() -> None:
    feed = feed_links(
        b'<feed><link href="https://ocop.example/mat-ong/"/><loc>https://ocop.example/gone/</loc>'
        b'<Url template="https://ocop.example/?q={searchTerms}"/></feed>'
    )

    assert site(feed_vi_xml=feed) == [
        ("feed.vi.xml", "link.dead", "https://ocop.example/gone/"),
    ]


def test_a_sound_site_has_no_findings() -> None:
    assert site() == []


@pytest.mark.parametrize(
    ("body", "code", "target"),
    [
        ('<a href="/nowhere/">', "link.dead", "/nowhere/"),
        ('<a href="nowhere/">', "link.dead", "nowhere/"),
        ('<a href="https://ocop.example/nowhere/">', "link.dead", "https://ocop.example/nowhere/"),
        ('<img src="/anh/2/400.webp" alt="">', "link.dead", "/anh/2/400.webp"),
        ('<script src="/js/x.js"></script>', "link.dead", "/js/x.js"),
        ('<form action="/tim/">', "link.dead", "/tim/"),
        ('<svg><use xlink:href="/none.svg#x"/></svg>', "link.dead", "/none.svg#x"),
        (
            '<source srcset="/anh/1/400.webp 400w, /anh/1/900.webp 900w">',
            "link.dead",
            "/anh/1/900.webp",
        ),
        ('<a href="/mat-ong/#proof">', "link.anchor", "/mat-ong/#proof"),
        ('<a href="#proof">', "link.anchor", "#proof"),
        ('<a href="/mat-ong">', "link.slash", "/mat-ong"),
        ('<a href="mat-ong?x=1">', "link.slash", "mat-ong?x=1"),
        ('<i id="a"></i><i id="b"></i><i id="a"></i>', "anchor.twice", "a"),
        ('<meta http-equiv="refresh" content="0; url=/gone/">', "link.dead", "/gone/"),
    ],
)
def test_a_fault_on_a_page_is_found(body: str, code: str, target: str) -> None:
    assert site(body) == [(HOME, code, target)]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="">',
        '<a href="#">',
        '<a href="#top">',
        '<a href="/?q=1#top">',
        '<a href="./mat-ong/">',
        '<a href="mat-ong/#story">',
        '<a href="/mat-ong/#:~:text=x">',
        '<a href="/en/mat-ong/index.html#story">',
        '<a href="https://ocop.example">',
        '<a href="https://ocop.example/?utm=1">',
        '<a href="https://ocop.example.org/elsewhere">',
        '<a href="https://zalo.me/1">',
        '<a href="//cdn.example/x.js">',
        '<a href="mailto:a@b.vn"><a href="tel:+84">',
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">',
        '<img srcset="anh/1/400.webp 400w,\n  anh/1/800.webp 800w" src=anh/1/400.webp>',
        '<use href="/icons.svg#star">',
        '<a href="/t%E1%BB%87p.pdf">',
        "<a href='/mat-ong/?a=1&amp;b=2'>",
        '<!-- <a href="/nowhere/"> --><script>"<a href=\'/nowhere/\'>"</script>',
        '<textarea><a href="/nowhere/"></textarea>',
        '<b title=">" id="x" data-x=\'<a href="/nowhere/">\'>',
    ],
)
def test_what_is_right_is_left_alone(body: str) -> None:
    assert site(body) == []


def test_a_link_from_below_leads_where_a_browser_goes() -> None:
    links = '<a href="../"><a href=".."><a href="."><a href="./"><a href="../../en/mat-ong/">'

    assert site(en__mat_ong__index_html=page()) != []
    assert [
        each
        for each in judge({"a/b/index.html": page(links), "a/index.html": page()}, (), BASE)
        if each.code.startswith("link") and each.target in {"../", "..", ".", "./"}
    ] == []


def test_what_leads_somewhere_from_one_page_may_lead_nowhere_from_another() -> None:
    pages = {
        HOME: page('<a href="/a/"><a href="/b/"><a href="#top">', head=""),
        "a/index.html": page('<a href="x/">', head=""),
        "a/x/index.html": page(head=""),
        "b/index.html": page('<a href="x/"><a href="#gone">', head=""),
    }

    found = judge(pages, {"css/site.css"}, BASE)

    assert [(each.page, each.code, each.target) for each in found] == [
        ("b/index.html", "link.anchor", "#gone"),
        ("b/index.html", "link.dead", "x/"),
    ]


@pytest.mark.parametrize("first", [0, 1])
def test_what_programs_are_told_excuses_no_anchor(first: int) -> None:
    told = f'<script type="application/ld+json">{{"@id":"{BASE}b/#gone"}}</script>'
    door = f'<a href="{BASE}b/#gone">'
    rest = {"b/index.html": page(head="")}
    pages = {"a/index.html": page(told, head=""), "c/index.html": page(door, head="")}
    ordered = dict(sorted(pages.items(), reverse=bool(first)))

    found = judge(
        {HOME: page('<a href="/a/"><a href="/c/">', head=""), **ordered, **rest},
        {"css/site.css"},
        BASE,
    )

    assert [(each.page, each.code) for each in found] == [("c/index.html", "link.anchor")]


def test_every_page_is_reached_that_a_relative_link_leads_to() -> None:
    pages = {
        HOME: page('<a href="/a/"><a href="/b/">', head=""),
        **{f"{each}/index.html": page('<a href="x/">', head="") for each in "ab"},
        **{f"{each}/x/index.html": page(head="") for each in "ab"},
    }

    assert judge(pages, {"css/site.css"}, BASE) == []


def test_links_are_kept_together_and_read_once(tmp_path: Path) -> None:
    store = Store(tmp_path)
    pages = {f"{number}/index.html": Digest(f"{number % 40:032x}") for number in range(50)}
    with store.gather():
        for number in range(40):
            store.put(Digest(f"{number:032x}"), b'<a href="/%d/">' % number)

    first, again = dict(links_of(pages, store)), dict(links_of(pages, Store(tmp_path)))

    assert first == again
    assert {path: links.doors for path, links in first.items()} == {
        f"{number}/index.html": (f"/{number % 40}/",) for number in range(50)
    }
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == 2


def test_a_site_below_a_path_needs_that_path_in_every_link() -> None:
    pages = {
        HOME: page(
            '<a href="/ocop/a/"><a href="/ocop"><a href="/ocop/"><a href="/a/"><a href="/ocop-x/">',
            head="",
        ),
        "a/index.html": page(head=""),
    }

    found = judge(pages, {"css/site.css"}, "https://ocop.example/ocop/")

    assert {Finding(HOME, "link.slash", "/ocop")} == {
        each for each in found if each.code == "link.slash"
    }
    assert {(HOME, "/a/"), (HOME, "/ocop-x/"), (HOME, "/css/site.css")} | {
        ("a/index.html", "/css/site.css")
    } == {(each.page, each.target) for each in found if each.code == "link.base"}
    assert len(found) == 5


def test_a_base_may_be_a_path_alone() -> None:
    pages = {
        HOME: page('<a href="/en/">'),
        OTHER: page('<a href="https://ocop.example/nowhere/">', language="en"),
    }

    assert judge(pages, {"css/site.css"}, "/") == []


def test_a_page_without_its_translation_is_found() -> None:
    alone = page(head=f'<link rel="alternate" hreflang="vi" href="{BASE}alone/">')

    assert site('<a href="/alone/">', alone__index_html=alone) == [
        ("alone/index.html", "alternate.missing", "en")
    ]


def test_a_page_that_is_not_to_be_listed_names_no_translations() -> None:
    unlisted = page(head='<meta name="robots" content="noindex">')

    assert site(unlisted__index_html=unlisted) == []


def test_a_translation_that_does_not_look_back_is_found() -> None:
    vain = page(own="mat-ong/").alternates
    new = PageLinks((), (), (), (vain[0], ("en", f"{BASE}en/")), "", aside=False)

    assert site('<a href="/new/">', new__index_html=new) == [
        ("new/index.html", "alternate.oneway", "en"),
        ("new/index.html", "alternate.oneway", "vi"),
    ]


def _stand_in(canonical: str) -> PageLinks:
    own = f'<link rel="canonical" href="{BASE}{canonical}">'
    return page(language="en", head=own)


def test_a_page_may_stand_in_for_a_translation_and_then_none_is_missing() -> None:
    only = page(own="new/", head=f'<link rel="alternate" hreflang="vi" href="{BASE}new/">')
    links = '<a href="/new/"><a href="/en/new/">'

    assert site(links, new__index_html=only, en__new__index_html=_stand_in("new/")) == []
    assert site(links, new__index_html=only, en__new__index_html=_stand_in("mat-ong/")) == [
        ("new/index.html", "alternate.missing", "en")
    ]


def test_an_address_to_be_remembered_that_does_not_exist_is_found() -> None:
    gone = _stand_in("gone/")

    assert ("en/new/index.html", "link.dead", f"{BASE}gone/") in site(
        '<a href="/en/new/">', en__new__index_html=gone
    )


def test_a_page_that_names_another_as_itself_is_found() -> None:
    strange = page(own="mat-ong/")

    assert ("strange/index.html", "alternate.self", "vi") in site(
        '<a href="/strange/">', strange__index_html=strange
    )


def test_a_translation_that_is_not_there_is_found() -> None:
    new = page(own="new/")

    assert ("new/index.html", "link.dead", f"{BASE}en/new/") in site(
        '<a href="/new/">', new__index_html=new
    )


def test_a_page_that_nobody_links_to_is_found() -> None:
    found = site(a__index_html=page('<a href="/b/">', "", head=""), b__index_html=page(head=""))

    assert [(path, target) for path, code, target in found if code == "page.orphan"] == [
        ("a/index.html", ""),
        ("b/index.html", ""),
    ]


def test_a_page_that_only_sends_people_on_needs_no_links_nor_translations() -> None:
    old = page('<meta http-equiv="refresh" content="0;url=/mat-ong/">', head="")

    assert site(old__index_html=old) == []


def test_what_was_found_on_a_page_goes_through_json() -> None:
    links = page('<a href="/"><img src="/x.png" id="x">', "a/")

    assert links == PageLinks.from_json(orjson.loads(orjson.dumps(links.as_json())))


class Oracle(HTMLParser):
    """Collects what the parser of the standard library sees."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.doors: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if "id" in found:
            self.ids.append(found["id"] or "")
        if tag == "a" and found.get("href") is not None:
            self.doors[found["href"] or ""] = None


def test_the_parser_of_the_standard_library_sees_the_same(checkout: Path) -> None:
    pages = [
        *(checkout / "tests/golden").rglob("*.html"),
        *(checkout / "templates").rglob("*.html"),
    ]
    texts = [path.read_text("utf-8") for path in pages]
    made = [
        "<A HREF='/a?x=1&amp;y=2' id=one>x</A><p id=\"two\" hidden>1 < 2 &amp; <b>3</b>",
        '<title>a b</title><script async src="/x">if (a<b) "<a id=no>"</script>',
        "<!-- <a id=no> --><input disabled id='three'><br/><img alt='>' id=\"four\"/>",
    ]

    for text in (*made, *(text for text in texts if "{%" not in text and "{{" not in text)):
        oracle = Oracle()
        oracle.feed(text)
        oracle.close()
        seen = anchors_and_links(text.encode())
        assert (tuple(oracle.ids), tuple(oracle.doors)) == (seen.ids, seen.doors)
