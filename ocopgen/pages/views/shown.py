"""What records show on pages in every language, told once for all editions of a site.

Recipes are made of it, and so is what is remembered of whole batches of pages: `setting` and
`beside` together tell all that a product's page shows, or it will be out of date.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ocopgen.base.digest import Digest, digest, digest_of_bytes
from ocopgen.content.catalogue import Catalogue
from ocopgen.content.load import Entry
from ocopgen.content.records import Producer, Product

if TYPE_CHECKING:
    from ocopgen.pages.views.desk import Photos


class Shown:
    """Names for what records show, each found out when it is asked for."""

    def __init__(self, catalogue: Catalogue, photos: "Photos") -> None:
        """Take the records from *catalogue*."""
        self._catalogue = catalogue
        self._all_photos = photos
        self._cards: dict[str, Digest] = {}

    def card(self, id_: str) -> Digest:
        """Return what the card of the product *id_* is made of."""
        if id_ not in self._cards:
            entry = self._catalogue.products[id_]
            producer = self._catalogue.producers[entry.record.producer]
            tied = (producer.digest, self.standing(id_))
            self._cards[id_] = digest(*self._face(entry), *tied)
        return self._cards[id_]

    def cards(self, ids: Iterable[str]) -> list[Digest]:
        """Return what the cards of the products *ids* are made of."""
        known = self._cards.get
        return [known(id_) or self.card(id_) for id_ in ids]

    def standing(self, id_: str) -> tuple[Any, ...]:
        """Return what the certificate of the product *id_* is worth.

        It tells the day's part as well: a certificate that begins takes the place of another.
        """
        stands = self._catalogue.standings[id_]
        issuer = dict(stands.issuer) if stands.issuer else None
        return stands.status, stands.place, stands.first_end, stands.last_end, issuer

    def photos(self, entry: Entry[Product] | Entry[Producer]) -> list[object]:
        """Return what is known of each photo of *entry*."""
        known, folder = self._all_photos.get, entry.folder
        return [known((folder, photo.file)) for photo in entry.record.photos]

    @cached_property
    def all_photos(self) -> Digest:
        """Return what is known of all photos together."""
        return digest(sorted(self._all_photos.items()))

    @cached_property
    def told(self) -> Digest:
        """Return what the stories of all products with photos say: one of them may be begun."""
        products, stories = self._catalogue.products, self._catalogue.stories
        return digest(
            [
                [id_, language, text.digest]
                for (id_, language), text in stories.items()
                if products[id_].record.photos
            ]
        )

    @cached_property
    def _tied(self) -> Digest:
        """Return what a page of any product may show of other records, and the day."""
        catalogue = self._catalogue
        makers, outlets = catalogue.producers.values(), catalogue.outlets.values()
        return digest(digests(makers), digests(outlets), catalogue.day)

    @cached_property
    def _faces(self) -> Mapping[str, object]:
        """Return what each product shows on its card.

        What its certificate is worth follows from that, the rules and the day.
        """
        return {id_: self._face(entry) for id_, entry in self._catalogue.products.items()}

    def _face(self, entry: Entry[Product]) -> tuple[object, ...]:
        # Cards show the first photo: a site of which one cannot be opened is never made.
        return entry.id, entry.face or entry.digest, self.photos(entry)[:1]

    @cached_property
    def scene(self) -> Digest:
        """Return what all lists of products are made of together."""
        return digest("scene", list(self._faces.values()), self._tied)

    @cached_property
    def setting(self) -> Digest:
        """Return what pages of all products are made of together: maps tell the `counts`."""
        return digest("setting", self.counts, self._tied)

    @cached_property
    def counts(self) -> Mapping[str, tuple[int, int]]:
        """Return how many products with stars each commune has, and the highest star."""
        catalogue = self._catalogue
        stars = {
            commune: [catalogue.standings[id_].star for id_ in held.current]
            for commune, held in catalogue.held["communes"].items()
        }
        return {commune: (len(each), max(each, default=0)) for commune, each in stars.items()}

    @cached_property
    def _groups(self) -> Mapping[str, Mapping[str, Digest]]:
        """Return what the products with stars of each set, commune and producer show on cards."""
        faces, held = self._faces, self._catalogue.held
        return {
            kind: {
                at: digest([faces[id_] for id_ in group.current])
                for at, group in held[kind].items()
            }
            for kind in ("sets", "communes", "producers")
        }

    def own(self, entry: Entry[Product]) -> str:
        """Return what the pages of the product *entry* show of it, its story left out, and which.

        One by one: a process that fills some pages does not touch what it shares of all others.
        """
        photos = self.photos(entry)
        return f"{entry.id} {entry.digest} {digest(photos) if photos else ''}"

    @cached_property
    def beside(self) -> Mapping[str, Digest]:
        """Return what each product's page shows beside the `setting`, stories left out.

        That is its `own`, and the cards of others that share its set, its commune or its producer:
        which of them is told by the cards of all of these.
        """
        sets, communes, producers = self._groups.values()
        found = {}
        for id_, entry in self._catalogue.products.items():
            product, own = entry.record, self.own(entry)
            near = communes[product.commune] if product.commune else ""
            told = f"{own} {sets[product.set]}{producers[product.producer]}{near}"
            found[id_] = digest_of_bytes(told.encode())
        return found


def digests(entries: Iterable[Entry[Any]]) -> list[tuple[str, Digest]]:
    """Return what each of *entries* is called, and one name for what it says."""
    return [(entry.id, entry.digest) for entry in entries]
