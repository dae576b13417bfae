"""Do a fixed piece of work of the kind that a build does, with none of ocopgen in it.

    python -m benchmarks.yardstick

Machines differ, and so does one machine from hour to hour, in memory and disk no less than in the
processor: what a build costs is told as a multiple of what this costs.
"""

import json
import re
import tempfile
from hashlib import blake2b
from pathlib import Path

import msgspec
import yaml
from jinja2 import Environment
from markdown_it import MarkdownIt

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RECORD = "\n".join(
    f"field-{number}: {{vi: Mật ong {number}, en: Honey {number}}}" for number in range(25)
)
_TEMPLATE = """<ul>{% for each in rows %}
<li class="{{ loop.index }}"><a href="/{{ each.vi }}/">{{ each.vi }}</a> {{ each.en }}</li>
{% endfor %}</ul>"""
_STORY = "\n\n".join(
    f"## Mùa {number}\n\nĐất **đỏ**, nắng *mưa* và vườn nhà." for number in range(6)
)
_LINK = re.compile(r'href="([^"]*)"')


class Words(msgspec.Struct):
    """A pair of words."""

    vi: str
    en: str


def main() -> None:
    """Read, fill, digest and write some hundred pages."""
    template = Environment(autoescape=True).from_string(_TEMPLATE)
    markdown, kept = MarkdownIt("commonmark"), []
    with tempfile.TemporaryDirectory(prefix="yardstick-") as folder:
        for number in range(150):
            read = yaml.load(_RECORD, Loader=_LOADER)  # noqa: S506 - a safe one
            rows = [msgspec.convert(each, Words) for each in read.values()]
            page = template.render(rows=rows) + markdown.render(f"{_STORY}\n\n{number}")
            found = _LINK.findall(page)
            name = blake2b(page.encode(), digest_size=16).hexdigest()
            path = Path(folder) / name[:2] / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(page, "utf-8")
            kept.append(json.dumps([name, found, [msgspec.structs.asdict(each) for each in rows]]))
        for path in Path(folder).rglob("*"):
            if path.is_file():
                path.read_bytes()


if __name__ == "__main__":
    main()
