from __future__ import annotations

from pathlib import Path

import pytest

from tests.evaluate.making import line
from townclerk.evaluate.gold import GoldError, read_gold


def write(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("".join(f"{each}\n" for each in lines), encoding="utf-8")
    return path


def test_a_folder_of_gold_is_read_with_its_labelled_pages(tmp_path: Path) -> None:
    write(tmp_path, "wexcombe-q2.jsonl", line(n=1, page=3).model_dump_json(), "", line(n=2, page=4).model_dump_json())
    (tmp_path / "wexcombe-q2.pages").write_text("[3, 4]", encoding="utf-8")
    write(tmp_path, "bins.gold.jsonl")
    documents = read_gold(tmp_path)
    assert [each.n for each in documents["wexcombe-q2"].lines] == [1, 2]
    assert documents["wexcombe-q2"].pages == frozenset({3, 4})
    assert documents["bins"].lines == []
    assert documents["bins"].pages is None


def test_every_fault_is_told_with_file_and_line(tmp_path: Path) -> None:
    sound = line().model_dump_json()
    path = write(
        tmp_path,
        "a.jsonl",
        sound,
        sound.replace('"percent"', '"percents"'),
        sound.replace("2021-22-Q2", "Q2 2021"),
        sound.replace("72.4,", "null,", 1),
        "{",
    )
    (tmp_path / "wexcombe-q2.pages").write_text("three", encoding="utf-8")
    with pytest.raises(GoldError) as caught:
        read_gold(path)
    starts = [fault.removeprefix(f"{path}:").split(":")[0] for fault in caught.value.faults]
    assert starts[:4] == ["2", "3", "4", "5"]
    assert "Q2 2021" in caught.value.faults[1]
    assert "wexcombe-q2.pages:1: must hold a JSON list" in caught.value.faults[4]


def test_a_file_that_is_no_gold_does_not_fill_the_screen(tmp_path: Path) -> None:
    with pytest.raises(GoldError) as caught:
        read_gold(write(tmp_path, "a.jsonl", *["{}"] * 30))
    told = str(caught.value).splitlines()
    assert len(caught.value.faults) > 30
    assert told[-1] == f"and {len(caught.value.faults) - 20} faults more"
    assert len(told) == 21


def test_observations_in_the_place_of_gold_are_told(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", *['{"observation_id": "0123"}'] * 3)
    with pytest.raises(GoldError, match=r"a\.jsonl:1: is an observation, no gold; name the gold first") as caught:
        read_gold(path)
    assert len(caught.value.faults) == 1


def test_a_missing_file_and_an_empty_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="cannot be read"):
        read_gold(tmp_path / "none.jsonl")
    with pytest.raises(GoldError, match=r"holds no \.jsonl file"):
        read_gold(tmp_path)
