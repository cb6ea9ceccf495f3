"""The spotters as spaCy components, as any user of spaCy adds them."""

from __future__ import annotations

import subprocess
import sys

import pytest
import spacy

from townclerk.extract.spotting.areas import AreaSpotter
from townclerk.extract.spotting.components import COMPONENTS, mentions_of
from townclerk.extract.spotting.indicators import IndicatorSpotter
from townclerk.extract.spotting.nlp import build_pipeline, spot
from townclerk.patterns.catalogue import load_catalogue
from townclerk.patterns.gazetteer import load_gazetteer

TEXT = "At the end of Q2 2018/19, 41.5% of referrals in Harlowshire were repeat referrals, up from 38.0% (target 30%)."


def test_a_component_is_found_by_name_without_an_import() -> None:
    script = (
        "import spacy\n"
        "nlp = spacy.blank('en')\n"
        "nlp.add_pipe('townclerk_figures')\n"
        "doc = nlp('Rose to 29.4% from 20.8%.')\n"
        "print([(span.text, span.label_) for span in doc.spans['townclerk_figures']])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[('29.4%', 'percent'), ('20.8%', 'percent')]"


@pytest.mark.parametrize("name", COMPONENTS)
def test_each_component_works_alone(name: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(name)
    doc = nlp(TEXT)
    assert name in doc.spans
    assert nlp("").text == ""


def test_records_keep_exact_offsets_where_spans_snap_to_tokens() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("townclerk_figures")
    doc = nlp("Harlowshire69.5 and no more")
    assert doc.spans["townclerk_figures"][0].text == "Harlowshire69.5"
    assert mentions_of(doc).figures[0].text == "69.5"


def test_the_whole_pipeline_fills_every_kind_of_mention() -> None:
    nlp = build_pipeline(IndicatorSpotter(load_catalogue()), AreaSpotter(load_gazetteer()))
    assert tuple(nlp.pipe_names) == COMPONENTS
    mentions = spot(nlp, "In Kent 41.5% of referrals were re-referrals in Q2 2018/19, above the target of 30%.")
    assert [figure.value for figure in mentions.figures] == [41.5, 30]
    assert mentions.periods
    assert mentions.areas
    assert mentions.indicators
    assert mentions.cues


def test_making_a_pipeline_for_something_else_loads_no_spotter() -> None:
    script = "import spacy, sys; spacy.blank('en'); print('townclerk.extract.spotting.figures' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "False"


def test_a_doc_no_component_has_seen_has_empty_mentions() -> None:
    assert mentions_of(spacy.blank("en")("Nothing.")).figures == []
