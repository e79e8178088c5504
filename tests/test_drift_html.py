"""The page of drift, as a person has it: in a real browser, with its filters, keys, colours and a narrow window.

Where no browser is found these tests are skipped, and say so; `CLIENTSMITH_BROWSER=required` makes that a failure.
"""

from __future__ import annotations

import copy
import itertools
import os
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from drift_mutations import MUTATIONS
from selenium.webdriver import Chrome, ChromeOptions, ChromeService, Keys
from selenium.webdriver.common.by import By
from test_drift_rules import BASE, compared

from clientsmith.cli import main
from clientsmith.cli.drift_html import html_report

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")
HOSTILE = "</script><script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>\" onfocus=x {{ 7 * 7 }}"
OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
)  # fmt: skip


def changed() -> dict[str, Any]:
    """A document that was changed in many ways."""
    root, chance = copy.deepcopy(BASE), random.Random(5)
    for name in ("remove an operation", "give a property another type", "add a property", "limit a text", "add a value",
                 "add a required parameter", "rename a property", "add an optional parameter"):  # fmt: skip
        assert MUTATIONS[name](root, chance)
    root["paths"]["/v1/hostile"] = {"get": {"operationId": HOSTILE, "summary": HOSTILE, "responses": {"204": {}}}}
    root["components"]["schemas"]["Job"]["properties"][HOSTILE] = {"type": "string", "enum": [HOSTILE]}
    return root


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    file = folder / "drift.html"
    file.write_text(html_report(compared(folder, BASE, changed())), encoding="utf-8")
    return file


def test_the_page_is_whole_without_its_script(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    articles = re.findall(r"<article class=\"(\w+)\"[^>]*>", text)
    assert set(articles) == {"break", "risk", "safe"}
    assert len(re.findall(r"<[^>]* hidden[^>]*>", text.partition("<script>")[0])) == 2, "keys and theme need the script"
    assert "<script>window" not in text
    assert "<img" not in text
    assert "{{" not in text.replace("{{ 7 * 7 }}", "")
    assert not re.search(r"(src|href)=(?!\"#)", text.replace("src=x", ""))


def test_the_command_prints_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, paths in (("old.yaml", "{/a: {get: {responses: {'204': {description: x}}}}}"), ("new.yaml", "{}")):
        (tmp_path / name).write_text(f"openapi: 3.1.0\ninfo: {{title: A, version: '1'}}\npaths: {paths}\n")
    assert main(["drift", str(tmp_path / "old.yaml"), str(tmp_path / "new.yaml"), "--format", "html"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("<!doctype html>")
    assert "GET /a is gone" in out
    assert main(["drift", str(tmp_path / "old.yaml"), str(tmp_path / "old.yaml"), "--format", "html"]) == 0
    assert "Nothing changed that a caller could notice." in capsys.readouterr().out


@pytest.fixture(scope="module")
def browser(page: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if CHROMIUM is None or DRIVER is None:
        message = "NO BROWSER: chromium and chromedriver are not installed, so the page of drift was not looked at"
        if os.environ.get("CLIENTSMITH_BROWSER") == "required":
            pytest.fail(message)
        pytest.skip(message)
    options = ChromeOptions()
    options.binary_location = CHROMIUM
    for option in (*OPTIONS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver: Any = Chrome(options=options, service=ChromeService(DRIVER))
    driver.set_window_size(1200, 900)
    yield driver
    driver.quit()


@pytest.fixture
def opened(browser: Any, page: Path) -> Any:
    browser.get(page.as_uri())
    return browser


def shown(browser: Any) -> list[str]:
    """The levels of the differences that can be seen, in their order."""
    found = browser.find_elements(By.TAG_NAME, "article")
    return [str(one.get_attribute("data-level")) for one in found if one.is_displayed()]


def press(browser: Any, key: str) -> None:
    browser.switch_to.active_element.send_keys(key)


def status(browser: Any) -> str:
    return str(browser.find_element(By.CSS_SELECTOR, "[role=status]").text)


def test_it_asks_for_nothing_and_runs_nothing_of_a_document(opened: Any) -> None:
    assert opened.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert opened.execute_script("return window.hacked === undefined")
    assert [entry for entry in opened.get_log("browser") if entry["level"] == "SEVERE"] == []
    assert HOSTILE[:20] in opened.find_element(By.TAG_NAME, "main").text


def test_levels_are_filtered(opened: Any) -> None:
    every = shown(opened)
    assert status(opened) == f"{len(every)} of {len(every)} differences"
    for level in ("safe", "risk"):
        opened.find_element(By.CSS_SELECTOR, f"input[value={level}]").click()
        assert level not in shown(opened)
    assert shown(opened) == [level for level in every if level == "break"]
    assert status(opened) == f"{every.count('break')} of {len(every)} differences"
    for section in opened.find_elements(By.CSS_SELECTOR, "main > section"):
        assert section.is_displayed() == bool(section.find_elements(By.CSS_SELECTOR, "article:not([hidden])"))


def test_words_are_searched(opened: Any) -> None:
    every = shown(opened)
    press(opened, "/")
    search = opened.find_element(By.NAME, "text")
    assert opened.switch_to.active_element == search
    search.send_keys("D101")
    assert 0 < len(shown(opened)) < len(every)
    assert all("D101" in one.text for one in opened.find_elements(By.TAG_NAME, "article") if one.is_displayed())
    search.send_keys(" nothing-is-called-so")
    assert shown(opened) == []
    search.send_keys(Keys.ESCAPE)
    assert shown(opened) == every


def test_keys_go_through_the_differences(opened: Any) -> None:
    articles = opened.find_elements(By.TAG_NAME, "article")
    for key, at in (("j", 0), ("j", 1), ("k", 0), ("k", 0)):
        press(opened, key)
        assert opened.switch_to.active_element == articles[at]
    assert opened.execute_script("return getComputedStyle(document.activeElement).outlineStyle") != "none"


CONTRASTS = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read(opened: Any, scheme: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    for switched in (False, True):
        contrasts: list[tuple[str, float]] = opened.execute_script(CONTRASTS)
        assert len(contrasts) > 40
        assert [(name, ratio) for name, ratio in contrasts if ratio < 4.5] == []
        background = opened.execute_script("return getComputedStyle(document.body).backgroundColor")
        assert (background == "rgb(255, 255, 255)") is ((scheme == "light") is not switched)
        opened.find_element(By.NAME, "theme").click()


def test_a_narrow_window_needs_no_scrolling_sideways(opened: Any) -> None:
    size = {"width": 360, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    opened.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        assert opened.execute_script("return document.documentElement.scrollWidth") == 360
    finally:
        opened.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_headings_and_landmarks(opened: Any) -> None:
    levels = [int(one.tag_name[1]) for one in opened.find_elements(By.CSS_SELECTOR, "h1, h2, h3, h4")]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in itertools.pairwise(levels))
    for landmark in ("header", "main", "form[role=search]"):
        assert len(opened.find_elements(By.CSS_SELECTOR, landmark)) == 1
