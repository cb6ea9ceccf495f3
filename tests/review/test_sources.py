"""Documents are shown only as they were read."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.review.web.rooms import TEXT, make_archive, make_room, observed, put, report, visit
from townclerk.convert.places import member_uri, uri_of
from townclerk.extract.reading.dispatch import read_bytes
from townclerk.review.sources import SourceError, Sources
from townclerk.store.database import open_store


def test_a_document_is_given_while_it_is_the_one_that_was_read(tmp_path: Path) -> None:
    store, pdf, _ = make_archive(tmp_path)
    sources = Sources(store)
    source = sources.source(pdf)
    assert sources.data(source) == report()
    (tmp_path / "harlowshire-q2.pdf").write_bytes(report() + b"\n% later")
    with pytest.raises(SourceError, match="its content has changed since"):
        sources.data(source)
    (tmp_path / "harlowshire-q2.pdf").unlink()
    with pytest.raises(SourceError, match="no longer there"):
        sources.data(source)
    store.close()


def test_a_document_that_the_store_does_not_name_is_none(tmp_path: Path) -> None:
    store, _, _ = make_archive(tmp_path)
    for name in ("", "0" * 16, str(tmp_path / "harlowshire-q2.pdf"), "../harlowshire-q2.pdf"):
        with pytest.raises(SourceError, match="no such document"):
            Sources(store).source(name)
    store.close()


def test_the_room_shows_the_words_that_were_kept_of_a_document_that_has_gone(tmp_path: Path) -> None:
    store, _, _ = make_archive(tmp_path)
    (tmp_path / "harlowshire-q2.pdf").unlink()
    inside = visit(make_room(store))
    page = inside.client.get("/review").text
    assert "The page cannot be shown" in page
    assert "Re-referrals within 12 months rose to 21.4%" in page
    assert inside.post(f"/review/{inside.first()}/decide", action="accept").status_code == 200
    store.close()


def test_a_document_inside_an_archive_is_opened_there(tmp_path: Path) -> None:
    archive = tmp_path / "papers.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("may/marlby.txt", TEXT)
    store = open_store(str(tmp_path / "archive.db"), create=True)
    text = read_bytes(TEXT.encode(), "marlby.txt")
    found = [observed(text, "stood at 88%", "88%", "care_leavers_accommodation_pct", period="2019-03")]
    document = put(store, member_uri("may/marlby.txt", uri_of(archive)), TEXT.encode(), found, text)
    sources = Sources(store)
    assert sources.data(sources.source(document)) == TEXT.encode()
    page = visit(make_room(store)).client.get("/review").text
    assert 'class="figure"' in page
    assert "marlby.txt" in page
    store.close()
