"""What programs are told of each page: true, whole, and nothing that the public may not know."""

from pathlib import Path

import pytest

from tests.copies import Copy, Site
from tests.linked import EVENTS, blocks, faults, node, nodes

HOST = "https://lang.example/ocop/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the village, made."""
    return Copy(tmp_path_factory.mktemp("village")).pages()


def _page(site: Site, path: str) -> str:
    return site.content(f"{path}index.html").decode()


def _pages(site: Site) -> dict[str, str]:
    contents = site.contents().items()
    return {path: each.decode() for path, each in contents if path.endswith(".html")}


def test_no_page_has_more_than_one_block_and_none_lacks_what_its_kind_asks_for(site: Site) -> None:
    kinds = set()
    for path, page in _pages(site).items():
        assert len(blocks(page)) <= 1, path
        assert faults(page) == [], path
        kinds |= {each["@type"] for each in nodes(page)}

    assert kinds >= {"Product", "Certification", "Offer", "AggregateOffer", "Store", "WebSite"}


def test_every_address_on_the_own_host_leads_to_a_page(site: Site) -> None:
    for path, page in _pages(site).items():
        for each in nodes(page):
            for url in (each.get("url"), each.get("item")):
                if isinstance(url, str) and url.startswith(HOST):
                    assert f"{url.removeprefix(HOST)}index.html" in site.keys, (path, url)


def test_stars_are_the_rating_of_a_certificate_with_its_number_issuer_and_days(site: Site) -> None:
    product = node(_page(site, "mon/banh-la-vi-du/"), "Product")
    paper = product["hasCertification"]

    assert product["name"] == "Bánh lá Ví Dụ"
    assert product["gtin13"] == "8930000000019"
    assert paper["certificationIdentification"] == "VD-0001 · 12/QĐ-UBND"
    assert paper["certificationRating"] == {
        "@type": "Rating",
        "ratingValue": 4,
        "worstRating": 3,
        "bestRating": 5,
    }
    assert paper["certificationStatus"] == "https://schema.org/CertificationActive"
    assert paper["issuedBy"]["name"] == "Ủy ban nhân dân tỉnh mẫu"
    assert (paper["validFrom"], paper["expires"]) == ("2025-08-05", "2028-08-05")


@pytest.mark.parametrize(
    ("id_", "status"),
    [
        ("mam-khong-co-that", "Inactive"),  # expired
        ("keo-nam-tron", "Active"),  # of a year alone
        ("gom-thu-nghiem", None),  # of an unknown day
    ],
)
def test_a_certificate_is_in_force_or_not_or_nobody_knows(
    site: Site, id_: str, status: str | None
) -> None:
    paper = node(_page(site, f"mon/{id_}/"), "Product")["hasCertification"]

    told = paper.get("certificationStatus")
    assert told == (f"https://schema.org/Certification{status}" if status else None)
    if status is None or id_ == "keo-nam-tron":
        assert "validFrom" not in paper
        assert "expires" not in paper


def test_an_offer_stands_only_where_a_price_is_shown(site: Site) -> None:
    offers = {
        path: each["offers"]
        for path, page in _pages(site).items()
        for each in nodes(page)
        if each["@type"] == "Product" and "offers" in each and path.startswith("mon/")
    }

    assert set(offers) == {
        "mon/banh-la-vi-du/index.html",
        "mon/mat-ong-tuong-tuong/index.html",
    }
    alone = offers["mon/mat-ong-tuong-tuong/index.html"]
    assert (alone["@type"], alone["price"], alone["priceCurrency"]) == ("Offer", 180000, "VND")
    assert alone["priceSpecification"]["unitText"] == "chai 500 ml"
    several = offers["mon/banh-la-vi-du/index.html"]
    assert (several["lowPrice"], several["highPrice"]) == (45000, 60000)


def test_a_producer_is_told_as_far_as_the_public_may_know(site: Site) -> None:
    known = node(_page(site, "nguoi-lam/htx-vi-du/"), "Organization")
    hidden = node(_page(site, "nguoi-lam/ho-ba-kin/"), "Organization")

    assert known["telephone"] == ["+842510000001"]
    assert known["address"]["streetAddress"] == "Ấp Một, xã Làng Đông"
    assert known["location"]["geo"]["latitude"] == 11.1234
    assert known["foundingDate"] == "2015"
    assert not {"telephone", "email", "location"} & hidden.keys()
    assert "streetAddress" not in hidden["address"]


def test_an_outlet_is_a_store_until_it_closes(site: Site) -> None:
    stall = node(_page(site, "cho-ban/cho-lang/"), "Store")

    assert stall["address"]["streetAddress"] == "Chợ Làng, xã Làng Giữa"
    assert stall["geo"] == {"@type": "GeoCoordinates", "latitude": 11.08, "longitude": 107.02}
    assert node(_page(site, "cho-ban/cho-tren-mang/"), "OnlineStore")["sameAs"]
    kinds = {each["@type"] for each in nodes(_page(site, "cho-ban/trung-tam-cu/"))}
    assert kinds == {"BreadcrumbList", "ListItem"}


def test_an_event_is_told_once_its_day_is_known(site: Site) -> None:
    fair = node(_page(site, "en/happenings/hoi-lang/"), *EVENTS)

    assert fair["name"] == "The Example village fair"
    assert (fair["startDate"], fair["endDate"]) == ("2026-12-20", "2026-12-22")
    assert fair["location"]["name"] == "The communal house yard, Làng Giữa"
    told = {each["@type"] for each in nodes(_page(site, "en/happenings/chuyen-ban-hang/"))}
    assert not told & set(EVENTS)


def test_a_list_names_its_products_in_order_and_counts_all_of_them(site: Site) -> None:
    page = _page(site, "mon/")
    told = node(page, "ItemList")
    names = [each["name"] for each in told["itemListElement"]]

    assert told["numberOfItems"] >= len(names) > 0
    places = [page.index(f">{name}</a></h") for name in names]
    assert places == sorted(places)


def test_no_words_of_a_record_can_end_the_script(tmp_path: Path) -> None:
    village = Copy(tmp_path)
    path = "content/products/banh-la-vi-du/product.yaml"
    village.edit(
        path, r"vi: Bánh lá Ví Dụ", 'vi: "Bánh </script><script>alert(1)</script> & <!-- "'
    )
    page = _page(village.pages(), "mon/banh-la-vi-du/")

    assert node(page, "Product")["name"].startswith("Bánh </script><script>")
    assert "<script>alert" not in page
    assert "<!--" not in page
