"""Scripts: smaller, and the same to whoever uses them."""

import pytest

from ocopgen.pages.scripts import is_module, smaller
from tests.casefile import cases


@pytest.mark.parametrize(("written", "told"), cases("scripts.md"))
def test_names_are_short_where_nobody_else_sees_them(written: str, told: str) -> None:
    assert smaller(written, names=True) == told.rstrip("\n")


def test_a_script_that_may_share_its_names_keeps_them() -> None:
    assert smaller("function shared(value) { return value; }", names=False) == (
        "function shared(value){return value;}"
    )


@pytest.mark.parametrize(
    "script", ['import { a } from "./a.js";', "const a = 1;\nexport { a };", "export {};"]
)
def test_a_module_is_known_by_what_it_shares(script: str) -> None:
    assert is_module(script)


@pytest.mark.parametrize(
    "script", ['const later = import("./a.js");', 'import("./a.js");', "exported();"]
)
def test_what_shares_nothing_may_be_no_module(script: str) -> None:
    assert not is_module(script)


def test_every_name_of_a_long_list_is_another_one() -> None:
    names = [f"name{number}" for number in range(4000)]
    script = smaller(f"const {'=0,'.join(names)}=0;export{{}};", names=True)
    short = [each.split("=")[0] for each in script.removeprefix("const ").split(",")]

    assert len(set(short)) == len(names)
    assert not {"do", "if", "in", "for", "let"} & set(short)
