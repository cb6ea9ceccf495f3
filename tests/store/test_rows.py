"""An observation comes back from the store as it went in."""

from __future__ import annotations

import json
from pathlib import Path

from tests.store.samples import DOCUMENT_ID, full_observation, store_with
from townclerk.models.observation import Observation
from townclerk.store.observations import Wanted, stored_observations


def test_every_field_survives(tmp_path: Path) -> None:
    observation = full_observation()
    empty = [name for name, value in observation.model_dump().items() if value in (None, [], "")]
    assert empty == []
    store = store_with(tmp_path / "x.db", [observation])
    assert list(stored_observations(store, Wanted())) == [observation]


def test_what_is_unknown_stays_unknown(tmp_path: Path) -> None:
    bare = Observation.model_validate(
        json.loads(full_observation().model_dump_json())
        | dict.fromkeys(
            ("indicator_id", "indicator_name", "area", "value", "numerator", "denominator", "change", "rank",
             "quartile", "rag", "direction", "polarity", "confidence")
        )
        | {"commentary": [], "checks": [], "reasons": [], "alternatives": [], "evidence": [], "flags": []}
    )  # fmt: skip
    store = store_with(tmp_path / "x.db", [bare])
    assert list(stored_observations(store, Wanted())) == [bare]


def test_observations_are_chosen_by_what_they_say(tmp_path: Path) -> None:
    sure = full_observation()
    doubtful = sure.model_copy(update={"observation_id": "other", "confidence": 0.2, "indicator_id": "visits_pct"})
    store = store_with(tmp_path / "x.db", [sure, doubtful])

    def ids(**wanted: object) -> list[str]:
        return [one.observation_id for one in stored_observations(store, Wanted(**wanted))]  # type: ignore[arg-type]

    assert ids(min_confidence=0.5) == [sure.observation_id]
    assert ids(indicators=("visits_pct",)) == ["other"]
    assert ids(authorities=("wexcombe",)) == [sure.observation_id, "other"]
    assert ids(period_from="2019-01-01") == []
    assert ids(period_to="2018-12-31") == [sure.observation_id, "other"]
    assert ids(documents=(DOCUMENT_ID,)) == [sure.observation_id, "other"]
