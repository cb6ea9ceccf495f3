"""Deciding, correcting and adding, as the pages send it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.review.web.rooms import Visit, shown, visit
from townclerk.review.queue import Item
from townclerk.review.web.room import Room
from townclerk.store.decisions.model import Decision
from townclerk.store.decisions.refresh import set_aside_near_duplicates
from townclerk.store.ledger import Ledger
from townclerk.store.outcome import Outcome, State, Versions
from townclerk.store.tables import documents, near_duplicates
from townclerk.store.vocabulary import Review


def item_of(inside: Visit, indicator: str) -> Item:
    """The figure of an indicator."""
    page = inside.client.get(f"/review?indicator={indicator}").text
    found = inside.room.queue.item(shown(page))
    assert found is not None
    return found


def last(room: Room) -> Decision:
    """The decision written last."""
    return room.log.all()[-1]


def test_a_decision_is_written_with_who_when_where_and_how_long(inside: Visit) -> None:
    key = inside.first()
    answer = inside.post(f"/review/{key}/decide", action="accept", seconds="7.4", note="  as printed ")
    assert answer.status_code == 200
    made = last(inside.room)
    assert (made.reviewer, made.action.value, made.seconds, made.note) == ("Ada", "accept", 7.4, "as printed")
    item = inside.room.queue.item(key)
    assert item is not None
    assert (made.figure_start, made.figure_end) == (item.figure_start, item.figure_end)
    assert shown(answer.text) != key


def test_figures_of_a_near_duplicate_are_set_aside_and_told(inside: Visit) -> None:
    assert "set aside" not in inside.client.get("/review").text
    store = inside.room.queue.store
    with store.writing() as connection:
        draft, final = connection.execute(select(documents.c.document_id).order_by(documents.c.name)).scalars()
        row = {"document_id": draft, "kept_id": final, "kind": "draft", "likeness": 0.9}
        connection.execute(near_duplicates.insert(), row)
        set_aside_near_duplicates(connection)
    page = inside.client.get("/review").text
    assert "in near-duplicates set aside" in page
    item = inside.room.queue.item(shown(page))
    assert item is not None
    assert item.document_id == final


@pytest.mark.parametrize("seconds", ["", "nan", "inf", "-1", "1e9", "soon"])
def test_a_time_that_cannot_be_is_left_out(inside: Visit, seconds: str) -> None:
    inside.post(f"/review/{inside.first()}/decide", action="accept", seconds=seconds)
    assert last(inside.room).seconds is None


@pytest.mark.parametrize(
    "form", [{"action": "burn"}, {}, {"action": "choose"}, {"action": "choose", "alternative": "7"},
             {"action": "choose", "alternative": "-1"}, {"action": "choose", "alternative": "²"}]
)  # fmt: skip
def test_what_is_no_decision_changes_nothing(inside: Visit, form: dict[str, str]) -> None:
    assert inside.post(f"/review/{inside.first()}/decide", **form).status_code == 422
    assert not inside.room.log.all()


def test_another_reading_of_a_pack_that_is_not_loaded_is_not_chosen_as_no_measure(
    inside: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = item_of(inside, "rereferrals_pct")
    place = next(at for at, one in enumerate(item.observation.alternatives) if one.indicator_id == "rereferrals_count")
    known = inside.room.corrector.catalogue.indicators
    monkeypatch.setattr(
        inside.room.corrector.catalogue,
        "indicators",
        {key: one for key, one in known.items() if key != "rereferrals_count"},
    )
    answer = inside.post(f"/review/{item.key}/decide", action="choose", alternative=str(place))
    assert answer.status_code == 422
    assert "--patterns" in answer.text
    assert not inside.room.log.all()


def test_a_decision_that_is_not_there_cannot_be_undone(inside: Visit) -> None:
    answer = inside.post("/undo", decision="nothing")
    assert answer.status_code == 422
    assert "there is no such decision" in answer.text


def test_a_settled_figure_that_its_document_no_longer_gives_is_among_the_contradicted(inside: Visit) -> None:
    item = item_of(inside, "rereferrals_pct")
    inside.post(f"/review/{item.key}/decide", action="accept")
    assert "No decision is contradicted" in inside.client.get("/disagreements").text
    Ledger(inside.room.store).finish(item.document_id, Outcome(State.DONE), Versions("1", "1", "1"))
    page = inside.client.get("/disagreements").text
    assert f'href="/review/{item.key}"' in page
    assert "the document no longer gives this figure" in page
    assert inside.client.get(f"/review/{item.key}").status_code == 200


def test_a_figure_that_is_not_there_is_told(inside: Visit) -> None:
    for path in ("/review/nothing", "/review/nothing/next", "/review/nothing/correct", "/review/nothing/page/1"):
        assert inside.client.get(path).status_code in {200, 404}, path
    assert inside.post("/review/nothing/decide", action="accept").status_code == 404


def test_the_second_to_decide_is_told_what_the_first_did(room: Room) -> None:
    ada, bo = visit(room), visit(room, "Bo")
    key = ada.first()
    ada.post(f"/review/{key}/decide", action="reject", seen="")
    answer = bo.post(f"/review/{key}/decide", action="accept", seen="")
    assert answer.status_code == 409
    assert shown(answer.text) == key
    assert "Ada rejected this figure since you opened it" in answer.text
    assert len(room.log.all()) == 1
    bo.post(f"/review/{key}/decide", action="accept", seen=last(room).decision_id)
    item = room.queue.item(key)
    assert item is not None
    assert item.review is Review.ACCEPTED
    assert item.disagreement


def test_what_one_skips_still_waits_for_others(room: Room) -> None:
    ada, bo = visit(room), visit(room, "Bo")
    key = ada.first()
    ada.post(f"/review/{key}/decide", action="skip")
    assert ada.first() != key
    assert bo.first() == key


def test_undo_takes_back_ones_own_last_decision(room: Room) -> None:
    ada, bo = visit(room), visit(room, "Bo")
    key = ada.first()
    ada.post(f"/review/{key}/decide", action="reject")
    assert "nothing to undo" in bo.post("/undo").text
    answer = ada.post("/undo")
    assert shown(answer.text) == key
    assert last(room).action.value == "undo"
    assert last(room).undoes == room.log.all()[0].decision_id


def test_a_correction_keeps_only_what_changes(inside: Visit) -> None:
    item = item_of(inside, "cla_count")
    form = inside.room.corrector.form_of(item.settled) | {"value": "321"}
    answer = inside.post(f"/review/{item.key}/correct", **form)
    assert answer.status_code == 200
    assert last(inside.room).after == {"value": 321}
    again = inside.room.queue.item(item.key)
    assert again is not None
    assert (again.observation.value, again.settled.value) == (312, 321)


def test_accepting_a_corrected_figure_accepts_the_correction(room: Room) -> None:
    ada, bo = visit(room), visit(room, "Bo")
    item = item_of(ada, "cla_count")
    ada.post(f"/review/{item.key}/correct", **room.corrector.form_of(item.settled) | {"value": "321"})
    bo.post(f"/review/{item.key}/decide", action="accept", seen=last(room).decision_id)
    again = room.queue.item(item.key)
    assert again is not None
    assert (again.settled.value, len(again.decisions)) == (321, 2)
    assert not again.disagreement


@pytest.mark.parametrize(
    ("field", "typed"), [("value", "about 20"), ("period", "soonish"), ("indicator_id", "?plans"), ("area", "?Nowhere")]
)
def test_what_cannot_be_read_is_shown_again_beside_its_field(inside: Visit, field: str, typed: str) -> None:
    item = item_of(inside, "cla_count")
    form = inside.room.corrector.form_of(item.settled) | {field: typed}
    answer = inside.post(f"/review/{item.key}/correct", **form)
    assert answer.status_code == 422
    assert 'class="problem"' in answer.text
    assert answer.headers["HX-Retarget"] == "#panel"
    assert not inside.room.log.all()


def test_an_unusual_value_is_kept_once_it_is_confirmed(inside: Visit) -> None:
    item = item_of(inside, "cla_count")
    form = inside.room.corrector.form_of(item.settled) | {"value": "99999"}
    asked = inside.post(f"/review/{item.key}/correct", **form)
    assert asked.status_code == 422
    assert "This is unusual" in asked.text
    assert inside.post(f"/review/{item.key}/correct", sure="1", **form).status_code == 200
    assert last(inside.room).after == {"value": 99999}


def test_a_correction_that_corrects_nothing_is_none(inside: Visit) -> None:
    item = item_of(inside, "cla_count")
    answer = inside.post(f"/review/{item.key}/correct", **inside.room.corrector.form_of(item.settled))
    assert "Nothing was changed" in answer.text
    assert not inside.room.log.all()


def test_searches_answer_with_options(inside: Visit) -> None:
    measures = inside.client.get("/search/indicators", params={"q": "re-referrals"}).text
    assert 'data-value="rereferrals_pct"' in measures
    places = inside.client.get("/search/areas", params={"q": "engl"}).text
    assert 'data-value="england"' in places
    key = inside.first()
    meant = inside.client.get("/search/period", params={"period": "Q2 18/19", "item": key}).text
    assert "2018-19-Q2" in meant
    unread = inside.client.get("/search/period", params={"period": "soonish", "item": key}).text
    assert 'class="warning"' in unread


def test_what_is_selected_must_be_words_of_the_page(inside: Visit) -> None:
    item = item_of(inside, "cla_count")
    path = f"/document/{item.document_id}/page/1/add"
    for start, end in (("", ""), ("5", "5"), ("-3", "4"), ("0", "999999"), ("x", "y")):
        params = {"start": start, "end": end, "item": item.key}
        assert inside.client.get(path, params=params).status_code == 422, (start, end)
    good = {"start": str(item.figure_start), "end": str(item.figure_end), "item": item.key}
    assert "312" in inside.client.get(path, params=good).text
    assert inside.client.get(path, params=good | {"item": "nothing"}).status_code == 422


def test_a_missed_figure_stands_where_it_was_selected(inside: Visit) -> None:
    item = item_of(inside, "cla_count")
    words = inside.client.get(f"/document/{item.document_id}/page/1/words").json()["words"]
    start, end = next((word[0], word[1]) for word in words if word[2] == "44")
    form = inside.room.corrector.form_of(item.settled) | {"value": "44", "label": "lived outside the county"}
    path = f"/document/{item.document_id}/page/1/add"
    answer = inside.post(path, start=str(start), end=str(end), item=item.key, **form)
    assert answer.status_code == 200
    made = last(inside.room)
    assert made.action.value == "add"
    assert (made.figure_start, made.figure_end) == (start, end)
    assert made.after is not None
    assert made.after["evidence"][0]["quote"] == "44"
    assert "44" in inside.client.get("/export/csv").text


def test_a_phrase_needs_an_indicator(inside: Visit) -> None:
    item = item_of(inside, "cla_count")
    path = f"/document/{item.document_id}/page/1/phrase"
    place = {"start": str(item.figure_start), "end": str(item.figure_end), "item": item.key}
    assert inside.post(path, **place).status_code == 422
    assert inside.post(path, indicator_id="cla_count", **place).status_code == 200
    assert last(inside.room).action.value == "phrase"


def test_exports_hold_the_figures_as_decided(inside: Visit) -> None:
    item = item_of(inside, "cla_count")
    inside.post(f"/review/{item.key}/correct", **inside.room.corrector.form_of(item.settled) | {"value": "321"})
    table = inside.client.get("/export/csv").text
    assert "321" in table
    assert "corrected" in table
    assert "now 321" in inside.client.get("/list").text
    only = inside.client.get("/export/jsonl", params={"review": "corrected"}).text
    assert len(only.splitlines()) == 1
    assert len(inside.client.get("/export/decisions.jsonl").text.splitlines()) == 1
    assert inside.client.get("/export/exe").status_code == 404


def test_the_list_holds_every_figure_and_its_filters_narrow_it(inside: Visit) -> None:
    assert inside.client.get("/list").text.count("/review/0") == 5
    assert inside.client.get("/list?indicator=cla_count").text.count("/review/0") == 1
    assert "No figure fits" in inside.client.get("/list?state=rejected").text
    assert inside.client.get("/list?page=x&least=-5&most=abc&state=odd&outcome=odd").status_code == 200


def test_the_overview_draws_what_the_store_holds(inside: Visit) -> None:
    page = inside.client.get("/overview?indicator=rereferrals_pct").text
    assert "<polyline" in page
    assert "Re-referrals within 12 months" in page
    assert inside.client.get("/overview?indicator=nothing").status_code == 200
