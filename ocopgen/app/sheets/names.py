"""Find what people call by its name: sets, producers, communes and districts."""

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from ocopgen.base.problems import Problems, Spot
from ocopgen.base.text import fold, nearest, spelt
from ocopgen.content.areas import Formed, bare, formed_by, former
from ocopgen.content.entries import Content
from ocopgen.content.words import Words


class Names(Struct, frozen=True):
    """What one column may name, by id and by name."""

    labels: Mapping[str, str]
    """What people read, by id; the id itself where another thing has the same name."""
    spellings: tuple[Mapping[str, frozenset[str]], ...]
    """The ids by name: as it is spelt, then folded, then without the word for the kind of place."""
    made_by_hand: bool = False
    """Whether each one has a file of its own, which has to be made before it can be named."""
    formed: Formed = ()
    """The former communes, which nothing can be in any more; empty in other columns."""

    def found(self, written: str) -> frozenset[str]:
        """Return the ids that *written* may mean; several where nobody could tell."""
        if written in self.labels:
            return frozenset({written})
        for spelling, ids in zip(_SPELLINGS, self.spellings, strict=True):
            if spelling is bare and self._is_former(written):
                break
            if found := ids.get(spelling(written)):
                return found
        return frozenset()

    def id_of(self, written: str, title: str, spot: Spot, problems: Problems) -> str | None:
        """Return the id that *written* means in the column *title*, or tell why nobody knows."""
        found = self.found(written)
        if len(found) == 1:
            return next(iter(found))
        if found:
            ids = ", ".join(sorted(found))
            problems.add(spot, "sheet.name_shared", title=title, written=written, known=ids)
        elif now := former(written, self.formed):
            problems.add(
                spot,
                "sheet.commune_former",
                title=title,
                written=written,
                former=now.called,
                now=", ".join(self.labels[id_] for id_ in now.ids),
                meant=now.only,
                known=now.several,
            )
        elif self.made_by_hand:
            meant = self._near(written)
            problems.add(spot, "sheet.producer_unknown", title=title, written=written, meant=meant)
        else:
            meant = self._near(written)
            problems.add(spot, "sheet.name_unknown", title=title, written=written, meant=meant)
        return None

    def _is_former(self, written: str) -> bool:
        """Tell whether *written* is a former commune in full, whose unit is no slip."""
        found = former(written, self.formed)
        return found is not None and found.is_in_full(written)

    def _near(self, written: str) -> str:
        """Return what *written* was most likely meant for; empty where nothing is near."""
        near = nearest(fold(written), self.spellings[1])
        return self.labels[min(self.spellings[1][near])] if near else ""


def names_in(content: Content, language: str) -> dict[str, Names]:
    """Return what *content* knows, by the column that names it, labelled in *language*."""
    areas, sectors = content.areas.record, content.sectors.record.sectors
    sets = [each for sector in sectors for group in sector.groups for each in group.sets]
    known: dict[str, list[tuple[str, Words]]] = {
        "set": [(each.id, each.name) for each in sets],
        "producer": [(id_, each.record.name) for id_, each in content.producers.items()],
        "commune": [(each.id, each.name) for each in areas.communes],
        "district": [(each.id, each.name) for each in areas.districts],
    }
    codes = (language, content.site.record.languages[0].code)
    names = {column: _names(things, codes) for column, things in known.items()}
    producers = replace(names["producer"], made_by_hand=True)
    communes = replace(names["commune"], formed=formed_by(areas.communes))
    return {**names, "producer": producers, "commune": communes}


def _names(things: list[tuple[str, Words]], codes: tuple[str, ...]) -> Names:
    named = [(name, id_) for id_, words in things for name in words.values()]
    spellings = tuple(
        _by_name((spelling(name), id_) for name, id_ in named) for spelling in _SPELLINGS
    )
    ids = {id_ for id_, _ in things}
    labels = {}
    for id_, words in things:
        label = next(words[code] for code in codes if code in words)
        alone = spellings[0][spelt(label)] == {id_} and label not in ids
        labels[id_] = label if alone else id_
    return Names(labels, spellings)


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, id_ in pairs:
        found.setdefault(name, set()).add(id_)
    return {name: frozenset(ids) for name, ids in found.items()}


_SPELLINGS: tuple[Callable[[str], str], ...] = (spelt, fold, bare)
"""How names are compared: the first way that finds something counts."""
