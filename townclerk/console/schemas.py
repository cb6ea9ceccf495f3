"""`townclerk schema`: the shape of what is written."""

from __future__ import annotations

import json

from townclerk.console.streams import put
from townclerk.extract.output.documents import DocumentRecord
from townclerk.extract.output.formats import json_schema
from townclerk.models.errors import ExitCode
from townclerk.models.observation import Observation


def print_schema(*, documents: bool) -> ExitCode:
    """Print the JSON Schema of an observation, or of a `--documents` record."""
    schema = json_schema(DocumentRecord if documents else Observation)
    put(json.dumps(schema, indent=2, ensure_ascii=False) + "\n")
    return ExitCode.OK
