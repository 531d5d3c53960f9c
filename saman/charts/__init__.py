"""Charts drawn by the server as SVG: no style attributes, texts escaped, a sentence for those who cannot see them.

A chart is as wide as its place: across, positions are percentages or an inner plot that is stretched; down, they are
pixels. So texts, dots and lines keep their size on a phone. The numbers themselves belong in a table beside the chart.
"""

from saman.charts.bars import bar, stackbar, stacked_columns
from saman.charts.lines import Foreseen, Point, Usual, sparkline, target_chart
from saman.charts.steps import count_chart, step_chart

__all__ = [
    "Foreseen",
    "Point",
    "Usual",
    "bar",
    "count_chart",
    "sparkline",
    "stackbar",
    "stacked_columns",
    "step_chart",
    "target_chart",
]
