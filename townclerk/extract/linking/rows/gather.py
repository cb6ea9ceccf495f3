"""Tables that a conversion took apart, put together again from the lines it left: the table linker reads them all.

Charts, cards and boxes have shapes of their own and are looked for first; what is left goes under the heads in force.
"""

from __future__ import annotations

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.rows.abreast import read_abreast
from townclerk.extract.linking.rows.across import read_across
from townclerk.extract.linking.rows.boxes import read_boxes
from townclerk.extract.linking.rows.cards import read_cards
from townclerk.extract.linking.rows.charts import read_charts
from townclerk.extract.linking.rows.in_force import Gathered, Gatherer
from townclerk.extract.linking.rows.pairs import read_pairs
from townclerk.extract.linking.rows.wrapped import read_wrapped
from townclerk.models.document import Document


def gather_rows(document: Document, blocks: range, knowledge: Knowledge) -> Gathered:
    """Find undelimited rows and headless pieces of tables and give them the heads in force.

    Args:
        document: The report.
        blocks: The blocks of one paper.
        knowledge: For places in heads.
    """
    charts = read_charts(document, blocks)
    cards, parts = read_abreast(document, blocks, knowledge)
    for read in (read_pairs, read_cards):
        found, pieces = read(document, blocks, knowledge)
        if not (found.keys() | pieces) & (cards.keys() | parts):
            cards.update(found)
            parts.update(pieces)
    for found, pieces in (read_wrapped(document, blocks, knowledge), read_across(document, blocks, knowledge)):
        cards.update(found)
        parts.update(pieces)
    charts.tables.update({index: table for index, table in cards.items() if index not in charts.tables})
    charts.aside.update(parts - set(charts.tables))
    boxes, inside = read_boxes(document, blocks, knowledge)
    if not (boxes.keys() | inside) & (charts.aside | charts.tables.keys()):
        charts.tables.update(boxes)
        charts.aside.update(inside)
    gatherer = Gatherer(document, knowledge)
    for index in blocks:
        if (index in charts.aside or index in charts.tables) and not gatherer.awaits(index):
            gatherer.set_aside()
        else:
            gatherer.take(index, document.blocks[index])
    gatherer.finish()
    gatherer.gathered.tables.update(charts.tables)
    gatherer.gathered.swallowed.update(charts.aside)
    return gatherer.gathered
