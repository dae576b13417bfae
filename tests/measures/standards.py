"""Hold what programs read of a finished site against the standards that it claims to follow.

Sitemaps and feeds against their schemas, structured data against the vocabulary of schema.org (as
types for TypeScript), the open data against its own package with Frictionless.
As a script: `python -m tests.measures.standards TOOLS`, with the Python in TOOLS that has lxml and
frictionless; its node_modules holds the rest. It looks at site/.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from frictionless import Package
from lxml import etree

CHECKOUT = Path(__file__).parent.parent.parent
SITE, HERE = CHECKOUT / "site", Path(__file__).parent
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def main(tools: Path) -> int:
    """Print every complaint, and return whether there is one."""
    found = [
        *_sitemaps(tools),
        *_against(etree.RelaxNG(etree.parse(HERE / "atom.rng")), SITE.glob("feed.*.xml")),
        *_linked_data(tools),
        *_open_data(),
    ]
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{len(found)} complaints")
    return bool(found)


def _sitemaps(tools: Path) -> Iterator[str]:
    protocol = tools / "node_modules" / "sitemap" / "schema" / "sitemap.xsd"
    text = (HERE / "sitemap.xsd").read_text("utf-8").replace("PROTOCOL", protocol.as_uri())
    # The base tells where the schemas beside it lie.
    schema = etree.XMLSchema(etree.fromstring(text.encode(), base_url=f"{HERE.as_uri()}/"))
    yield from _against(schema, SITE.glob("sitemap.*-*.xml"))
    index = etree.XMLSchema(etree.parse(HERE / "sitemap-index.xsd"))
    yield from _against(index, SITE.glob("sitemap.xml"))


def _against(schema: etree.XMLSchema | etree.RelaxNG, files: Iterable[Path]) -> Iterator[str]:
    looked_at = sorted(files)
    if not looked_at:
        yield f"There is nothing to hold against {schema}."
    for path in looked_at:
        schema.validate(etree.parse(path))
        yield from (f"{path.name}:{each.line}: {each.message}" for each in schema.error_log)
    print(f"{len(looked_at)} files: {', '.join(path.name for path in looked_at)}")


def _linked_data(tools: Path) -> Iterator[str]:
    blocks = {
        path.relative_to(SITE).as_posix(): block
        for path in sorted(SITE.rglob("*.html"))
        for block in BLOCK.findall(path.read_text("utf-8"))
    }
    lines = ['import type { Graph } from "schema-dts";']
    lines += [
        f"export const page{number}: Graph = {json.dumps(json.loads(block))}; // {path}"
        for number, (path, block) in enumerate(blocks.items())
    ]
    print(f"{len(blocks)} blocks of structured data")
    with tempfile.TemporaryDirectory(dir=tools) as folder:
        source = Path(folder) / "pages.ts"
        source.write_text("\n".join(lines), "utf-8")
        compiler = tools / "node_modules" / "typescript" / "bin" / "tsc"
        options = ("--noEmit", "--strict", "--skipLibCheck", "--target", "esnext")
        how = (*options, "--module", "esnext", "--moduleResolution", "bundler")
        done = subprocess.run(
            ["node", compiler, *how, source], capture_output=True, encoding="utf-8", check=False
        )
    yield from done.stdout.splitlines()
    if done.returncode and not done.stdout:
        yield done.stderr


def _open_data() -> Iterator[str]:
    descriptors = sorted(SITE.rglob("datapackage.json"))
    print(f"{len(descriptors)} data package")
    for path in descriptors:
        report = Package(str(path)).validate()
        print(f"{len(report.tasks)} resources")
        for task in report.tasks:
            yield from (f"{task.name}: {error.message}" for error in task.errors)
        yield from (f"{path.name}: {error.message}" for error in report.errors)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
