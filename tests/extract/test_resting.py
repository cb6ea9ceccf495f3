"""The garbage collector rests only while it is asked to, and is left as it was found."""

import gc
from collections.abc import Iterator

import pytest

from townclerk.extract.pipeline import Extractor
from townclerk.extract.resting import collector_at_rest


@pytest.fixture(autouse=True)
def _collector_on() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_it_rests_within_and_is_on_again_behind() -> None:
    with collector_at_rest():
        assert not gc.isenabled()
        with collector_at_rest():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_fault_wakes_it_too() -> None:
    with pytest.raises(ValueError, match="broken"), collector_at_rest():
        raise ValueError("broken")
    assert gc.isenabled()


def test_one_that_was_off_stays_off() -> None:
    gc.disable()
    with collector_at_rest():
        pass
    assert not gc.isenabled()


def test_reading_a_report_leaves_it_on() -> None:
    extractor = Extractor()
    document = extractor.read(b"Aldermere Council\n\nThe rate was 54.1 per 10,000 in March 2019.\n", "report.txt")
    extractor.extract(document)
    assert gc.isenabled()
