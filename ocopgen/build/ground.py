"""Read a catalogue, and set up all that its files are planned from."""

from collections.abc import Container, Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct, msgpack

from ocopgen.base.digest import Digest, digest_of_bytes
from ocopgen.base.installed import kept, program
from ocopgen.base.memory import Memory
from ocopgen.base.problems import Problems
from ocopgen.base.store import Store
from ocopgen.build.developing import Hands, develop
from ocopgen.build.pictures import shown, survey
from ocopgen.build.trace import settled, templates_of
from ocopgen.build.workshop import Workshop
from ocopgen.content.catalogue import Catalogue, Guise, tie
from ocopgen.content.edition import Edition
from ocopgen.content.load import load
from ocopgen.pages import photos
from ocopgen.pages.assets import Assets, read_assets
from ocopgen.pages.routes import Routes, base_path
from ocopgen.pages.templates import Templates
from ocopgen.pages.theme import Theme, default_layer, theme_for
from ocopgen.pages.views import Desk, Press
from ocopgen.pages.views.desk import Photos
from ocopgen.pages.views.shown import Shown

_SHORTENERS = ("rjsmin", "tree-sitter", "tree-sitter-javascript")
"""The libraries that make scripts smaller."""


class Ground(Struct, frozen=True):
    """A catalogue without a fault, and all that its files are planned from."""

    catalogue: Catalogue
    pictures: Photos
    assets: Assets
    presses: tuple[Press, ...]
    workshop: Workshop
    developed: frozenset[Digest] = frozenset()
    """The photos whose files were made on the way."""


def set_up(  # noqa: PLR0913 - as `prepare`
    root: Path,
    day: date,
    memory: Memory,
    problems: Problems,
    *,
    drafts: bool = False,
    guise: Guise | None = None,
    own: Container[str] | None = None,
    store: Store | None = None,
    hands: Hands | None = None,
) -> Ground | None:
    """Return what everything is planned from; None where there are faults, told in *problems*.

    *own*: the photos of these files of content/ alone are looked at. *store* may know of photos.
    *hands* make the files of those that nobody knows.
    """
    content = load(root, memory, problems)
    if content is None:
        return None
    catalogue = tie(content, day, problems, drafts=drafts, memory=memory, guise=guise)
    codecs = photos.codecs()
    locales = tuple((each.code, each.locale) for each in catalogue.site.languages)
    theme = theme_for(root)
    fresh = Workshop(root, locales, codecs, templates_of(theme.layers))
    workshop: Workshop = memory.held(fresh) or fresh
    templates = workshop.opened(problems)
    developed = frozenset[Digest]()
    # Whoever slipped in a record or in words shall not wait for photos to hear of it.
    if hands and not problems.faults:
        seen = (each for each in shown(catalogue) if own is None or each.tree.path in own)
        developed = develop(root, seen, codecs, memory, hands)
    pictures: dict[tuple[str, str], tuple[Digest, photos.Measured]] = {}
    for kind in (catalogue.products, catalogue.producers):
        entries = [each for each in kind.values() if own is None or each.tree.path in own]
        pictures |= survey(root, entries, codecs, memory, problems, store=store)
    memory.look_anew()  # what is asked for later shall be seen as it is by then
    if problems.faults:
        return None
    templates.remember(memory, settled(theme.layers, "templates"))
    assets = _assets(theme, memory, store)
    presses = tuple(map(Press, _desks(catalogue, templates, assets, pictures)))
    return Ground(catalogue, pictures, assets, presses, workshop, developed)


def _assets(theme: Theme, memory: Memory, store: Store | None) -> Assets:
    """Return the assets of *theme*, read again only when one may have changed."""
    state = settled(theme.layers, "assets")
    name = ("assets", theme, state)
    found: Assets | None = memory.held(name) or _kept(state, memory, store)
    if found and not memory.holds:
        return found
    assets = found or _made(theme, state)
    if state and state == settled(theme.layers, "assets"):
        memory.hold(name, assets)
        if store and not memory.recall(_assets_name(state)):
            keys = {path: digest_of_bytes(each) for path, each in assets.contents.items()}
            for path, key in keys.items():
                store.put(key, assets.contents[path])
            memory.keep(_assets_name(state), [dict(assets.paths), keys])
    return assets


def _made(theme: Theme, state: Digest | None) -> Assets:
    """Return the assets of *theme*; those of ocopgen's own, if no other is laid over it, once."""
    own = default_layer().resolve() / "assets"
    if state is None or theme.folders("assets") != (own,):
        return read_assets(theme)
    raw = kept("assets", Digest(_assets_name(state)), lambda: msgpack.encode(read_assets(theme)))
    return msgpack.decode(raw, type=Assets)


def _kept(state: Digest | None, memory: Memory, store: Store | None) -> Assets | None:
    """Return the assets as an earlier run made them smaller; None: they are to be read."""
    found = memory.recall(_assets_name(state)) if state and store else None
    if not found or not store:
        return None
    stored = dict(store.several(map(Digest, found[1].values())))
    contents = {path: stored[key] for path, key in found[1].items()}
    whole = {path: each for path, each in contents.items() if each is not None}
    return Assets(found[0], whole) if len(whole) == len(contents) else None


def _assets_name(state: Digest) -> str:
    return f"assets {program(('pages/',), _SHORTENERS)} {state}"


def _desks(
    catalogue: Catalogue, templates: Templates, assets: Assets, pictures: Photos
) -> Iterator[Desk]:
    base = base_path(catalogue.site.base_url)
    first, shown = Edition(catalogue, catalogue.site.languages[0]), Shown(catalogue, pictures)
    for edition in first.siblings():
        routes = Routes(edition.language, base)
        words = templates.messages[edition.language.code]
        yield Desk(edition, words, routes, pictures, assets, shown=shown)
