"""In a real browser: Debian's chromium, driven by Playwright."""

import os
import re
import shutil

import pytest
from small_studies import serving, told

from nurie.evaluation.study.ratings import read_ratings

CHROMIUM = shutil.which("chromium")
PHONE, DESK = (390, 844), (1440, 900)

pytestmark = [
    pytest.mark.slow,  # a second or two each
    pytest.mark.skipif(
        CHROMIUM is None and not os.environ.get("CI"), reason="chromium not installed: apt install chromium"
    ),
]


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "chromium not installed: apt install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, address):
    """Opens a page of the study; whatever goes wrong in it, or leaves it, fails the test."""
    contexts, wrong = [], []

    def open_page(path="", size=DESK, **options):
        context = browser.new_context(viewport=dict(zip(("width", "height"), size, strict=True)), **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if "Security" in message.text else None)
        page.on("request", lambda request: request.url.startswith(address) or wrong.append(request.url))
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def start(page):
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/rate/1")
    return page


def rate(page, *keys):
    """Press keys, and wait for the next page."""
    before = page.url
    for key in (*keys, "Enter"):
        page.keyboard.press(key)
    page.wait_for_url(lambda url: url != before)


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESK, "dark")])
def test_a_whole_series(open_page, folder, size, scheme):
    page = start(open_page(size=size, color_scheme=scheme, has_touch=size is PHONE))
    while not page.url.endswith("/finish"):
        number = told(page.content())
        if size is PHONE:
            for group in page.get_by_role("group").all():
                group.locator("label").nth(int(number or 4) - 1).tap()
            before = page.url
            page.locator(".go button").tap()
            page.wait_for_url(lambda url, before=before: url != before)
        else:
            rate(page, number or "4", number or "4")
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    answers = read_ratings(folder).answers
    assert len(answers) == 18
    assert {answer.score for answer in answers if answer.told is None} == {4}
    assert all(answer.score == answer.told for answer in answers if answer.told)


@pytest.mark.parametrize("size", [PHONE, DESK, (320, 568)])
def test_buttons_are_large_and_nothing_is_cut_off(open_page, size):
    page = start(open_page(size=size))
    for target in page.locator(".scale label, .go button").all():
        box = target.bounding_box()
        assert box["height"] >= 44
        assert box["width"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for link in page.locator("[data-zoom]").all():
        inner, outer = link.get_by_role("img").bounding_box(), link.bounding_box()
        assert inner == pytest.approx(outer, abs=1)
    if size is DESK:
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_without_javascript_it_is_a_form(open_page, folder):
    page = start(open_page(java_script_enabled=False))
    page.get_by_role("group", name="Diversity").locator("label").nth(1).click()
    page.get_by_role("group", name="artifacts").locator("label").nth(4).click()
    page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/rate/2")
    page.get_by_role("link", name="Back").click()
    page.wait_for_url("**/rate/1")
    assert page.locator("input:checked").evaluate_all("nodes => nodes.map(node => node.value)") == ["2", "5"]
    page.locator("[data-zoom]").first.click()
    page.wait_for_url("**/picture/*")


def test_everything_has_a_name_that_can_be_read_aloud(open_page):
    page = start(open_page())
    assert page.locator("html").get_attribute("lang") == "en"
    group = page.get_by_role("group", name="Diversity")
    names = [radio.evaluate("node => node.labels[0].textContent.trim()") for radio in group.get_by_role("radio").all()]
    assert [re.sub(r"\s+", " ", name) for name in names] == ["1, poor", "2", "3", "4", "5, excellent"]
    assert page.get_by_role("link", name="Picture 1 of 2").count() == 1
    assert page.get_by_role("link", name="The sketch").count() == 1
    assert page.locator("h1").inner_text() == "1 of 9"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read(open_page, scheme):
    """Contrast of every piece of text against what is behind it: 4.5 at least (WCAG AA)."""
    page = start(open_page(color_scheme=scheme))
    page.keyboard.press("2")
    assert page.evaluate(CONTRASTS) == []


CONTRASTS = r"""() => {
  const numbers = (color) => color.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const color = numbers(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const texts = [...document.querySelectorAll("body *")].filter((node) =>
    node.checkVisibility() && [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()));
  return texts.map((node) => {
    const [a, b] = [light(numbers(getComputedStyle(node).color)), light(behind(node))];
    return [node.textContent.trim(), (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
  }).filter(([, ratio]) => ratio < 4.5);
}"""


def test_keys_answer_the_question_with_the_focus_or_the_first_open_one(open_page, folder):
    page = start(open_page())
    page.keyboard.press("2")
    page.keyboard.press("7")
    page.keyboard.press("5")
    assert page.evaluate("document.activeElement.textContent") == "Next"
    page.get_by_role("group", name="Diversity").get_by_role("radio").nth(1).focus()
    rate(page, "4")
    assert page.url.endswith("/rate/2")
    assert [answer.score for answer in read_ratings(folder).answers] == [4, 5]


def test_an_open_question_is_asked_for_before_anything_is_sent(open_page, folder):
    page = start(open_page())
    page.keyboard.press("2")
    page.get_by_role("button", name="Next").click()
    assert page.evaluate("document.activeElement.name") == "few_artifacts"
    assert page.url.endswith("/rate/1")
    assert read_ratings(folder).answers == ()


def test_pictures_can_be_seen_larger_and_left_again(open_page):
    page = start(open_page())
    page.get_by_role("link", name="Picture 2 of 2").click()
    larger = page.get_by_role("dialog").get_by_role("img")
    assert larger.get_attribute("alt") == "Picture 2 of 2"
    page.keyboard.press("ArrowRight")
    assert larger.get_attribute("alt") == "The sketch"
    page.get_by_role("button", name="Next").last.click()
    assert larger.get_attribute("alt") == "Picture 1 of 2"
    page.keyboard.press("3")  # must not answer what cannot be seen
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()
    assert page.locator("input:checked").count() == 0


def test_a_lost_network_loses_no_answer(open_page, folder):
    page = start(open_page())
    page.keyboard.press("2")
    page.keyboard.press("5")
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    page.get_by_text("No connection. Your answer is kept here").wait_for()
    assert read_ratings(folder).answers == ()
    page.context.set_offline(False)
    page.wait_for_url("**/rate/2")
    assert [answer.score for answer in read_ratings(folder).answers] == [2, 5]


def test_what_was_chosen_is_there_after_loading_again(open_page):
    page = start(open_page())
    page.keyboard.press("3")
    page.reload()
    assert page.locator("input:checked").evaluate_all("nodes => nodes.map(node => node.value)") == ["3"]


def test_sending_twice_is_one_answer(open_page, folder):
    page = start(open_page())
    page.keyboard.press("2")
    page.keyboard.press("5")
    page.get_by_role("button", name="Next").dblclick()
    page.wait_for_url("**/rate/2")
    assert len(read_ratings(folder).answers) == 2


def test_the_back_button_shows_the_answer_and_can_send_another(open_page, folder):
    page = start(open_page())
    rate(page, "2", "5")
    page.go_back()
    page.wait_for_url("**/rate/1")
    assert page.locator("input:checked").count() == 2
    rate(page, "1")
    page.wait_for_url("**/rate/2")
    assert [answer.score for answer in read_ratings(folder).answers] == [1, 5]


def test_a_server_that_was_away_gets_the_answer(browser, folder):
    context = browser.new_context()
    page = context.new_page()
    with serving(folder) as address:
        page.goto(address)
        start(page)
        page.keyboard.press("2")
        page.keyboard.press("5")
    page.keyboard.press("Enter")
    page.get_by_text("No connection").wait_for()
    with serving(folder, int(address.rstrip("/").rsplit(":", 1)[1])):
        page.wait_for_url("**/rate/2")
    context.close()
    assert [answer.score for answer in read_ratings(folder).answers] == [2, 5]
