from __future__ import annotations

import io
import json

import pytest
from jsonschema import Draft202012Validator, ValidationError

from tests.observations import EXAMPLE, observation
from townclerk.extract.output.documents import DocumentRecord, unread_record
from townclerk.extract.output.formats import json_schema
from townclerk.extract.output.records import JsonArray, JsonLines, as_json
from townclerk.models.observation import Observation


def test_the_manuals_example_comes_back_as_it_is() -> None:
    written = json.loads(as_json(observation()))
    # A rival's own value and reason are null here; the example leaves these two out.
    rivals = [{"indicator_id": r["indicator_id"], "confidence": r["confidence"]} for r in written["alternatives"]]
    assert written | {"alternatives": rivals} == EXAMPLE
    assert list(written) == list(EXAMPLE)


def test_counted_things_are_written_whole() -> None:
    assert '"value": 8, ' in as_json(observation(value=8.0))
    assert '"value": 8.5, ' in as_json(observation(value=8.5))
    assert '"numerator": 50, "denominator": 70' in as_json(observation())


def test_json_lines_are_utf8_whatever_the_console() -> None:
    stream = io.BytesIO()
    writer = JsonLines(stream)
    writer.write(observation(label="Children’s plans ▲"))
    writer.write(observation())
    writer.finish()
    lines = stream.getvalue().decode("utf-8").split("\n")
    assert len(lines) == 3
    assert lines[2] == ""
    assert json.loads(lines[0])["label"] == "Children’s plans ▲"


@pytest.mark.parametrize("count", [0, 1, 3])
def test_an_array_is_json_for_any_number_of_observations(count: int) -> None:
    stream = io.BytesIO()
    writer = JsonArray(stream)
    for _ in range(count):
        writer.write(observation())
    writer.finish()
    assert len(json.loads(stream.getvalue())) == count


def test_the_schema_accepts_the_example_and_what_is_written() -> None:
    validator = Draft202012Validator(json_schema(Observation))
    validator.validate(EXAMPLE)
    validator.validate(json.loads(as_json(observation(area=None, change=None, value=None, status="suppressed"))))


@pytest.mark.parametrize("missing", sorted(EXAMPLE))
def test_the_schema_demands_every_key(missing: str) -> None:
    content = {key: value for key, value in EXAMPLE.items() if key != missing}
    with pytest.raises(ValidationError, match=missing):
        Draft202012Validator(json_schema(Observation)).validate(content)


def test_the_schema_of_input_records_accepts_one() -> None:
    record = unread_record("scans/july.pdf", "july.pdf", "scans/july.pdf: is empty", "0.1.0")
    Draft202012Validator(json_schema(DocumentRecord)).validate(json.loads(as_json(record)))
