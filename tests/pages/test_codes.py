"""QR codes are named by what they lead to, and naming them costs a plan next to nothing."""

import time

from ocopgen.pages import codes

BASE = "https://ocop.example/en/products"


def test_a_code_is_named_by_the_address_that_it_leads_to() -> None:
    honey, again, cake = (codes.key(f"{BASE}/{id_}/") for id_ in ("honey", "honey", "cake"))

    assert (honey, honey == cake) == (again, False)


def test_the_same_address_is_drawn_the_same() -> None:
    assert codes.drawn(f"{BASE}/honey/") == codes.drawn(f"{BASE}/honey/")


def test_naming_the_codes_of_a_large_catalogue_takes_no_time() -> None:
    # Every plan names them all. It took ten times as long as this allows when the version of
    # what draws them was looked up for each.
    start = time.process_time()
    for number in range(10_000):
        codes.key(f"{BASE}/{number}/")

    assert time.process_time() - start < 0.2
