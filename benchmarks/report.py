"""Put results of benchmarks/bench.py into tables and a chart.

    python -m benchmarks.report CHART.svg RESULTS.json …

Prints the tables as Markdown and draws the chart: seconds, on a scale on which each line is ten
times the last.
"""

import json
import math
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

_COLOURS = {"ocopgen": "#b3261e", "Hugo": "#7a7a7a", "Eleventy": "#9d9d9d", "Astro": "#bdbdbd"}
"""By generator; legible on light and dark grounds."""
_KINDS = ("cold", "nothing changed", "one summary")
_LEAST, _MOST = 0.1, 1000.0
"""Seconds at both ends of the scale."""
_LEFT, _WIDE, _BAR, _GAP, _TOP = 190, 520, 13, 14, 44
Result = dict[str, Any]


def table(result: Result) -> Iterator[str]:
    """Yield the lines of the table of *result*."""
    sides = list(result["medians"]["cold"])
    photos = f", {result['photos']} photos" if result["photos"] else ""
    rounds = "one round" if result["rounds"] == 1 else f"{result['rounds']} rounds"
    yield f"### {result['products']:,} products{photos}, {rounds}"
    yield ""
    yield f"| wall (CPU) in seconds, peak MB | {' | '.join(sides)} |"
    yield f"|---|{'---:|' * len(sides)}"
    for kind, row in result["medians"].items():
        cells = [_cell(row.get(side)) for side in sides]
        yield f"| {kind} | {' | '.join(cells)} |"
    yield ""


def _cell(figures: list[float] | None) -> str:
    if figures is None:
        return "–"
    wall, cpu, memory = figures
    return f"{wall:.2f} ({cpu:.2f}), {f'{memory:.0f}' if memory else '–'}"


def chart(results: list[Result]) -> str:
    """Return *results* as a drawing."""
    parts, y = list[str](), _TOP
    for result in results:
        photos = f", {result['photos']} photos" if result["photos"] else ""
        for kind in _KINDS:
            row = result["medians"].get(kind, {})
            label = escape(f"{result['products']:,}{photos}: {kind}")
            middle = y + len(row) * _BAR / 2 + 4
            parts.append(f'<text x="{_LEFT - 8}" y="{middle:.0f}" class="end">{label}</text>')
            for name, figures in row.items():
                x = _at(figures[0])
                parts.append(
                    f'<rect x="{_LEFT}" y="{y}" width="{x - _LEFT:.0f}" height="{_BAR - 2}"'
                    f' fill="{_COLOURS[name]}"/>'
                    f'<text x="{x + 4:.0f}" y="{y + _BAR - 4}">{name} {figures[0]:.2f}</text>'
                )
                y += _BAR
            y += _GAP
    lines = [
        f'<path d="M{_at(10.0**power):.0f} {_TOP - 10}V{y - _GAP + 4}" class="line"/>'
        f'<text x="{_at(10.0**power):.0f}" y="{_TOP - 16}" class="mid">{10.0**power:g} s</text>'
        for power in range(-1, 4)
    ]
    style = (
        "text{font:11px sans-serif;fill:#767676}.end{text-anchor:end}.mid{text-anchor:middle}"
        ".line{stroke:#9995;stroke-width:1}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDE + 110} {y}"'
        ' role="img" aria-label="Seconds that each generator takes">'
        f"<style>{style}</style>{''.join(lines)}{''.join(parts)}</svg>\n"
    )


def _at(seconds: float) -> float:
    share = math.log10(max(seconds, _LEAST) / _LEAST) / math.log10(_MOST / _LEAST)
    return _LEFT + share * _WIDE


def main() -> None:
    """Print the tables, and draw the chart."""
    drawing, *files = map(Path, sys.argv[1:])
    results = [json.loads(each.read_text("utf-8")) for each in files]
    print(f"Measured on {results[0]['measured']}: {results[0]['machine']}.\n")
    for result in results:
        print("\n".join(table(result)))
    drawing.write_text(chart(results), "utf-8")


if __name__ == "__main__":
    main()
