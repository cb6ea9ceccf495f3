"""The review room in a real browser: what an analyst does, from the first page to the export."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.review.web.browsing import AXE, CHROMIUM, served, served_by_command
from tests.review.web.rooms import make_archive
from townclerk.review.web.reviewers import add_reviewer
from townclerk.store.database import open_store
from townclerk.store.decisions.log import DecisionLog
from townclerk.store.decisions.model import Decision

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = [
    pytest.mark.network,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]

SLOW = 30_000
"""Milliseconds a page may take on a busy machine."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with api.sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


class Desk:
    """A store under review, and the pages open before it."""

    def __init__(self, browser: Browser, address: str, store: Path) -> None:
        self.browser = browser
        self.address = address
        self.store = store
        self.complaints: list[str] = []

    def page(self, path: str = "", **context: Any) -> Page:
        """A new browser that opened the printed address, on the first figure."""
        made = self.browser.new_context(viewport={"width": 1280, "height": 800}, **context)
        page = made.new_page()
        page.set_default_timeout(SLOW)
        # A policy that a page of ours breaks is told on the console.
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        page.goto(self.address)
        if path:
            page.goto(self.address.partition("/open")[0] + path)
        page.wait_for_load_state("networkidle")
        return page

    def first_decisions(self, page: Page) -> list[Decision]:
        """What is in the log, as soon as anything is; nothing after ten seconds."""
        for _ in range(100):
            if found := self.decisions():
                page.wait_for_load_state("networkidle")
                return found
            page.wait_for_timeout(100)
        return []

    def decisions(self) -> list[Decision]:
        """What is in the log."""
        store = open_store(str(self.store))
        found = list(DecisionLog(store).all())
        store.close()
        return found


@pytest.fixture
def desk(browser: Browser, tmp_path: Path) -> Iterator[Desk]:
    store, _, _ = make_archive(tmp_path)
    with served(store) as address:
        made = Desk(browser, address, tmp_path / "archive.db")
        yield made
        for context in browser.contexts:
            context.close()
        # Conflicts answer 409 and forms that must be mended 422; browsers write both to the console.
        store.close()
        assert [said for said in made.complaints if not re.search(r"status of (409|422)", said)] == []


def value(page: Page) -> str:
    """The figure that is shown."""
    return str(page.locator(".value").inner_text().split()[0])


def press(page: Page, key: str) -> None:
    """Press a key and wait until the next figure stands."""
    before = page.locator("#workspace").element_handle()
    page.keyboard.press(key)
    page.wait_for_function("old => !old.isConnected", arg=before)
    page.wait_for_load_state("networkidle")


def test_the_opening_address_leaves_the_address_bar_at_once(desk: Desk) -> None:
    page = desk.page()
    assert "token" not in page.url
    assert page.evaluate("document.cookie") == ""
    assert "token" not in page.evaluate("document.referrer")


def test_the_most_doubtful_comes_first_with_its_page_and_its_marks(desk: Desk) -> None:
    page = desk.page()
    assert value(page) == "21.4%"
    page.wait_for_selector(".mark.label")
    shown = page.locator("img.picture").evaluate("one => [one.naturalWidth, one.clientWidth]")
    assert shown[0] >= shown[1], "the picture is at least as fine as it is shown"
    figure = page.locator(".mark.figure").bounding_box()
    frame = page.locator(".viewer").bounding_box()
    assert figure is not None
    assert frame is not None
    assert frame["y"] < figure["y"] < frame["y"] + frame["height"]
    assert page.get_by_text("page 2 has 24.1%").is_visible()


def test_accepting_by_key_goes_on_to_the_next_figure_of_the_page(desk: Desk) -> None:
    page = desk.page()
    press(page, "a")
    assert value(page) in {"18%", "312"}
    (made,) = desk.decisions()
    assert (made.action.value, made.reviewer) == ("accept", "Ada")
    assert made.seconds is not None
    assert made.seconds > 0
    assert made.figure_start is not None


def test_the_queue_can_be_worked_through_without_a_mouse(desk: Desk) -> None:
    page = desk.page()
    for key in ("a", "r", "s", "a", "a"):
        press(page, key)
    assert page.get_by_role("heading", name="Nothing waits here").is_visible()
    assert [made.action.value for made in desk.decisions()] == ["accept", "reject", "skip", "accept", "accept"]


def test_filters_narrow_the_queue_and_stand_in_the_address(desk: Desk) -> None:
    page = desk.page()
    page.keyboard.press("f")
    page.get_by_label("Indicator").select_option("cpp_count")
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url("**indicator=cpp_count**")
    assert value(page) == "214"
    page.wait_for_selector(".mark.row")
    assert page.locator(".mark.column").count() > 0


def test_a_period_is_corrected_as_analysts_write_it(desk: Desk) -> None:
    page = desk.page()
    page.keyboard.press("c")
    page.get_by_role("textbox", name="Period").fill("Q1 18/19")
    page.get_by_text("2018-19-Q1").wait_for()
    page.get_by_role("button", name="Keep the correction").click()
    (made,) = desk.first_decisions(page)
    assert made.action.value == "correct"
    assert made.after is not None
    assert made.after["period"]["code"] == "2018-19-Q1"


def test_what_cannot_be_read_is_told_beside_its_field_and_nothing_is_kept(desk: Desk) -> None:
    page = desk.page()
    page.keyboard.press("c")
    page.get_by_label("Value").fill("twenty-ish")
    page.get_by_role("button", name="Keep the correction").click()
    page.wait_for_selector("#x-value[aria-invalid=true]")
    assert page.get_by_label("Value").input_value() == "twenty-ish"
    page.keyboard.press("Escape")
    page.get_by_role("heading", name="Re-referrals within 12 months").wait_for()
    assert desk.decisions() == []


def test_an_indicator_is_searched_as_it_is_typed_and_chosen_by_key(desk: Desk) -> None:
    page = desk.page()
    page.keyboard.press("c")
    field = page.get_by_role("combobox", name="Indicator")
    field.fill("")
    field.press_sequentially("referrals with no further action", delay=15)
    page.wait_for_selector("[role=option][data-value=referrals_nfa_pct]")
    for _ in range(8):
        if page.locator("[role=option][aria-selected=true]").get_attribute("data-value") == "referrals_nfa_pct":
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Keep the correction").click()
    (made,) = desk.first_decisions(page)
    assert made.after is not None
    assert made.after["indicator_id"] == "referrals_nfa_pct"


def test_another_reading_is_taken_by_its_number(desk: Desk) -> None:
    page = desk.page()
    press(page, "1")
    (made,) = desk.decisions()
    assert made.after is not None
    assert made.after["indicator_id"] == "rereferrals_count"


def test_a_missed_figure_is_added_by_selecting_it(desk: Desk) -> None:
    page = desk.page()
    page.keyboard.press("m")
    page.wait_for_selector(".overlay.words rect")
    box = page.locator(".overlay.words rect").nth(_word(page, "44")).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Add a figure").wait_for()
    assert "44" in page.get_by_label("Value").input_value()
    field = page.get_by_role("combobox", name="Indicator")
    field.fill("")
    field.press_sequentially("children looked after at period end", delay=15)
    page.wait_for_selector("[role=option][data-value=cla_count]")
    page.locator("[role=option][data-value=cla_count]").click()
    page.get_by_label("Unit").select_option("count")
    page.get_by_role("button", name="Add the figure").click()
    page.get_by_text("Added: 44").first.wait_for()
    (made,) = desk.decisions()
    assert made.action.value == "add"
    assert made.after is not None
    assert (made.after["value"], made.after["indicator_id"]) == (44, "cla_count")
    assert made.after["evidence"][0]["boxes"]


def _word(page: Page, wanted: str) -> int:
    """Which of the page's words it is."""
    address = page.locator(".viewer").get_attribute("data-words")
    words = page.evaluate("async path => (await (await fetch(path)).json()).words", address)
    return next(number for number, word in enumerate(words) if wanted in word[2])


def test_a_phrase_is_selected_with_the_arrow_keys_and_kept(desk: Desk) -> None:
    page = desk.page("/review?authority=Harlowshire&indicator=cla_count")
    page.keyboard.press("m")
    page.wait_for_selector(".overlay.words rect")
    for _ in range(_word(page, "looked") + 1):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("p")
    page.get_by_role("heading", name="These words mean an indicator").wait_for()
    page.get_by_role("combobox", name="Indicator").press_sequentially("children looked after at period", delay=15)
    page.locator("[role=option][data-value=cla_count]").click()
    page.get_by_role("button", name="Keep the phrase").click()
    page.get_by_text("Kept: “looked after.”").first.wait_for()
    (made,) = desk.decisions()
    assert made.after is not None
    assert made.after["indicator_id"] == "cla_count"


def test_undo_takes_the_last_decision_back_and_shows_the_figure(desk: Desk) -> None:
    page = desk.page()
    press(page, "r")
    press(page, "u")
    assert value(page) == "21.4%"
    assert page.locator(".why").get_by_text("undecided").is_visible()
    assert [made.action.value for made in desk.decisions()] == ["reject", "undo"]


def test_two_browsers_on_one_figure_never_overwrite_each_other(desk: Desk) -> None:
    ada, bo = desk.page(), desk.page()
    bo.locator("#who summary").click()
    bo.get_by_label("Decisions are entered under").fill("Bo")
    bo.get_by_role("button", name="Use this name").click()
    bo.wait_for_load_state("networkidle")
    assert value(ada) == value(bo) == "21.4%"
    press(ada, "a")
    press(bo, "r")
    assert value(bo) == "21.4%"
    assert bo.get_by_role("alert").get_by_text("Ada accepted this figure").is_visible()
    assert [made.action.value for made in desk.decisions()] == ["accept"]
    press(bo, "r")
    assert [(made.reviewer, made.action.value) for made in desk.decisions()] == [("Ada", "accept"), ("Bo", "reject")]
    bo.goto(desk.address.partition("/open")[0] + "/disagreements")
    assert bo.get_by_role("link", name="21.4%").is_visible()


def test_the_export_holds_what_was_decided(desk: Desk) -> None:
    page = desk.page()
    press(page, "a")
    page.get_by_role("link", name="Export").click()
    with page.expect_download() as waited:
        page.get_by_role("link", name="Decisions as JSON Lines").click()
    (line,) = Path(waited.value.path()).read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["action"] == "accept"
    with page.expect_download() as waited:
        page.get_by_role("button", name=re.compile("CSV")).click()
    rows = Path(waited.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 6
    assert sum("accepted" in row for row in rows) == 1


def test_neighbouring_pages_and_sizes_are_a_key_away(desk: Desk) -> None:
    page = desk.page()
    page.keyboard.press("]")
    page.get_by_text("page 2 of 2").wait_for()
    page.keyboard.press("[")
    page.get_by_text("page 1 of 2").wait_for()
    before = page.locator("img.picture").evaluate("one => one.clientWidth")
    page.keyboard.press("+")
    assert page.locator("img.picture").evaluate("one => one.clientWidth") > before * 1.2
    page.keyboard.press("0")
    assert page.locator("img.picture").evaluate("one => one.clientWidth") == before


def test_a_key_counts_from_the_moment_the_new_page_stands(desk: Desk) -> None:
    page = desk.page()
    page.evaluate(
        """() => {
            window.turned = [];
            new MutationObserver(() => {
                const [now] = document.body.textContent.match(/page \\d of 2/);
                if (window.turned.at(-1) === now) return;
                window.turned.push(now);
                if (now !== "page 2 of 2") return;
                document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "[", bubbles: true, cancelable: true}));
            }).observe(document.querySelector(".page-pane"), {childList: true, subtree: true});
        }"""
    )
    page.keyboard.press("]")
    page.wait_for_function("() => window.turned.join() === 'page 2 of 2,page 1 of 2'", timeout=SLOW)


def test_single_keys_can_be_switched_off(desk: Desk) -> None:
    page = desk.page()
    page.keyboard.press("?")
    page.get_by_label(re.compile("Single keys decide")).uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.wait_for_timeout(500)
    assert value(page) == "21.4%"
    assert desk.decisions() == []


SCREENS = ("/review", "/list", "/disagreements", "/overview", "/export")
VIEWS = {"at 1280 px": (1280, 800), "at 150%": (853, 533)}


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed (TOWNCLERK_AXE names its script)")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_screen_has_a_serious_finding_of_accessibility(desk: Desk, theme: str) -> None:
    page = desk.page(color_scheme=theme, bypass_csp=True)
    home = desk.address.partition("/open")[0]
    found = []
    for screen in SCREENS:
        for name, (width, height) in VIEWS.items():
            page.set_viewport_size({"width": width, "height": height})
            page.goto(home + screen)
            page.wait_for_load_state("networkidle")
            found += _findings(page, f"{screen} {name}")
    page.goto(home + "/review")
    for key, heading in (("c", "Correct the reading"), ("Escape", "Re-referrals"), ("?", "Keys")):
        page.keyboard.press(key)
        page.get_by_role("heading", name=re.compile(heading)).wait_for()
        found += _findings(page, heading)
    assert found == []


def _findings(page: Page, where: str) -> list[str]:
    """What axe holds against a page under WCAG 2.2 AA."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    result = page.evaluate("rules => axe.run({runOnly: rules})", rules)
    return [
        f"{where}: {one['id']}: {one['help']}: {one['nodes'][0]['html'][:150]}"
        for one in result["violations"]
        if one["impact"] in {"serious", "critical"} or "best-practice" not in one["tags"]
    ]


@pytest.mark.parametrize("size", VIEWS.values(), ids=VIEWS)
def test_nothing_has_to_be_scrolled_sideways(desk: Desk, size: tuple[int, int]) -> None:
    page = desk.page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for screen in SCREENS:
        page.goto(desk.address.partition("/open")[0] + screen)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, screen


def test_words_of_a_text_are_selected_as_well(desk: Desk) -> None:
    page = desk.page("/review?indicator=care_leavers_accommodation_pct")
    page.keyboard.press("m")
    page.get_by_text("90%.", exact=True).click()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Add a figure").wait_for()
    page.get_by_label("Role").select_option("target")
    page.get_by_role("button", name="Add the figure").click()
    page.get_by_text("Added: 90%").first.wait_for()
    (made,) = desk.decisions()
    assert made.after is not None
    assert (made.after["value"], made.after["role"]) == (90, "target")
    assert made.after["evidence"][0]["quote"] == "90%"


def test_reviewers_sign_in_over_tls_and_get_a_cookie_for_it_alone(browser: Browser, tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    make_archive(tmp_path)[0].close()
    key, certificate, names = tmp_path / "key.pem", tmp_path / "cert.pem", tmp_path / "reviewers.json"
    subject = ("-subj", "/CN=127.0.0.1", "-days", "2", "-nodes")
    made = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-keyout", str(key), "-out", str(certificate), *subject]
    subprocess.run(made, check=True, capture_output=True)
    add_reviewer(names, "Ada Quill", "correct horse battery")
    options = ("--certfile", str(certificate), "--keyfile", str(key), "--reviewers", str(names))
    with served_by_command(tmp_path / "archive.db", *options) as address:
        assert address.startswith("https://127.0.0.1:")
        context = browser.new_context(ignore_https_errors=True)
        page = context.new_page()
        page.goto(address)
        page.get_by_label("Name").fill("Ada Quill")
        page.get_by_label("Password").fill("correct horse battery")
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("heading", name="Re-referrals within 12 months").wait_for()
        (cookie,) = context.cookies()
        assert cookie["name"].startswith("__Host-")
        assert cookie["secure"]
        assert cookie["httpOnly"]
        assert cookie["sameSite"] == "Strict"
        context.close()
