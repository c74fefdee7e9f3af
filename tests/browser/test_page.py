"""The phones in a real browser: pressing what can be seen, at two widths, in both languages, by keyboard alone."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, ViewportSize, expect

from simulator.page import files as page_files
from tests.browser.conftest import ANI, Stand
from tests.browser.visitor import DESK, POCKET
from tests.simulator.callers import PNG

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FOLDER = Path(page_files.__file__).parent / "static" / "texts"
TEXTS: dict[str, dict[str, str]] = {
    one: json.loads((FOLDER / f"{one}.json").read_text("utf-8")) for one in ("id", "en")
}


def phone(page: Page, slot: str) -> Locator:
    return page.locator(f"#phone-{slot}")


async def press(page: Page, slot: str, label: str) -> None:
    await phone(page, slot).get_by_role("button", name=label, exact=True).last.click()


async def started(stand: Stand, size: ViewportSize = DESK, **how: Any) -> Page:
    """The page with Rina's first card on it."""
    page = await stand.open(size, **how)
    await stand.sim.start(stand.rina)
    await expect(phone(page, "left").get_by_text("F-118")).to_be_visible()
    return page


async def test_a_broken_promise_from_the_button_to_the_escalation(stand: Stand) -> None:
    page = await stand.open()
    await expect(page.get_by_text("tidak ada yang keluar dari mesin ini")).to_be_visible()
    await page.get_by_role("button", name="Janji ingkar").first.click()
    await expect(page.get_by_text("Toko Maju berjanji, lalu tidak membayar")).to_be_visible()
    await press(page, "left", "Janji bayar")
    await press(page, "left", "Besok")
    await expect(phone(page, "left").get_by_text("Janji dicatat")).to_be_visible()
    await page.get_by_role("button", name="+1 hari").click()
    await expect(page.locator(".face")).to_contain_text("24 Nov")
    await page.get_by_role("button", name="Kejadian berikut").click()
    group = phone(page, "middle")
    await expect(group.get_by_text("janji ingkar")).to_be_visible()
    await expect(page.locator(".face")).to_contain_text("25 Nov")

    await page.get_by_role("button", name="Matikan bot").click()
    await expect(page.locator("#strip")).to_contain_text("Bot mati")
    await press(page, "middle", "Ambil alih")
    await expect(group.locator(".key.waiting")).to_be_visible()
    await page.get_by_role("button", name="Hidupkan bot").click()
    await expect(group.get_by_text("Diambil alih Budi")).to_be_visible()


async def test_short_answers_and_alerts(stand: Stand) -> None:
    page = await started(stand)
    await press(page, "left", "Sudah bayar")
    await expect(phone(page, "left").locator(".toast")).to_have_text("Terima kasih, diperiksa finance")
    await press(page, "left", "Penting")
    await expect(page.get_by_role("dialog")).to_contain_text("minta tidak ditelepon")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_question_opens_the_reply_line_and_the_answer_goes_back(stand: Stand) -> None:
    page = await started(stand)
    await press(page, "left", "Catatan")
    left = phone(page, "left")
    await expect(left.locator(".compose-note")).to_contain_text("Apa yang dicatat?")
    await expect(left.get_by_placeholder("Tulis catatan")).to_be_visible()
    await left.get_by_role("textbox").fill("Titip salam")
    await page.keyboard.press("Enter")
    await expect(left.get_by_text("Tercatat: Titip salam")).to_be_visible()
    await expect(left.locator(".compose-note")).to_be_hidden()
    await expect(left.locator(".quoted", has_text="Apa yang dicatat?")).to_be_visible()


async def test_replying_to_any_message(stand: Stand) -> None:
    page = await started(stand)
    left = phone(page, "left")
    await left.locator(".row.theirs").last.hover()
    await left.get_by_role("button", name="Balas pesan ini").last.click()
    await left.get_by_role("textbox").fill("ini")
    await left.get_by_role("button", name="Kirim", exact=True).click()
    await expect(left.get_by_text("Tercatat: ini")).to_be_visible()


async def test_quotes_open_and_files_open(stand: Stand) -> None:
    page = await started(stand)
    left = phone(page, "left")
    quote = left.locator(".quote")
    folded = await quote.bounding_box()
    await left.get_by_role("button", name="Tampilkan semua").click()
    opened = await quote.bounding_box()
    assert folded and opened and opened["height"] > folded["height"]
    await press(page, "left", "Faktur")
    await left.get_by_role("button", name="Buka faktur.txt").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Faktur F-118")
    await page.keyboard.press("Escape")
    await expect(left.get_by_role("button", name="Buka faktur.txt")).to_be_focused()


async def test_photos_places_and_slips_are_sent(stand: Stand) -> None:
    page = await started(stand)
    left = phone(page, "left")
    await left.locator("input[type=file]").set_input_files({"name": "toko.png", "mimeType": "image/png", "buffer": PNG})
    await expect(left.get_by_role("button", name="Buka foto")).to_have_count(1)
    await left.get_by_role("button", name="Lampirkan").click()
    await page.get_by_role("button", name="Contoh bukti transfer").click()
    await expect(left.get_by_role("button", name="Buka foto")).to_have_count(2)
    await left.get_by_role("button", name="Buka foto").last.click()
    await expect(page.get_by_role("dialog").locator("img")).to_have_js_property("naturalWidth", 480)
    await page.get_by_role("button", name="Tutup").click()
    await left.get_by_role("button", name="Lampirkan").click()
    await page.get_by_role("button", name="Lokasi…").click()
    await page.get_by_role("dialog").get_by_label("Tempat").select_option(label="Makassar, Pasar Sentral")
    await page.get_by_role("dialog").get_by_role("button", name="Kirim").click()
    await expect(left.get_by_text("-5.1313")).to_be_visible()


async def test_a_wa_me_link_fills_the_composer_of_that_customer(stand: Stand) -> None:
    page = await started(stand)
    right = phone(page, "right")
    await right.get_by_label("Pelanggan").select_option(label="UD Abadi · +6281200000002")
    await press(page, "left", "Kirim WA")
    await expect(right.get_by_label("Pelanggan")).to_have_value(ANI)
    await expect(right.locator(".compose-note")).to_contain_text("Draf dari Rina untuk Toko Maju")
    await expect(right.get_by_role("textbox")).to_have_value("Yth. Ibu Ani, mohon kabarnya")
    await right.get_by_role("button", name="Kirim", exact=True).click()
    await expect(right.locator(".row.theirs")).to_contain_text("dari WhatsApp pribadi Rina")


async def test_ticks_follow_the_message_and_the_window_counts_down(stand: Stand) -> None:
    page = await started(stand)
    right = phone(page, "right")
    await expect(right.locator(".window")).to_contain_text("tertutup")
    await press(page, "left", "Ingatkan")
    await expect(right.locator(".ghost")).to_contain_text("antre")
    await page.get_by_role("button", name="Kejadian berikut").click()
    await expect(right.get_by_role("img", name="dibaca")).to_be_visible()
    await right.get_by_role("button", name="Sudah bayar").click()
    await expect(right.locator(".row.mine")).to_contain_text("Sudah bayar")
    await expect(right.locator(".window")).to_contain_text("24:00:00")
    await page.get_by_role("button", name="+1 jam").click()
    await expect(right.locator(".window")).to_contain_text("23:00:00")
    await page.get_by_role("button", name="Putar pelan").click()
    await expect(right.locator(".window")).to_contain_text(re.compile("22:5"))
    await page.get_by_role("button", name="Jeda").click()


async def test_faults_are_ordered_struck_and_survived(stand: Stand) -> None:
    page = await started(stand)
    await page.get_by_role("button", name="WhatsApp 500").click()
    log = page.locator(".fault-log")
    await expect(log).to_contain_text("menunggu panggilan yang cocok")
    await press(page, "left", "Ingatkan")
    await expect(log).to_contain_text("bertahan: messages.create")
    await page.get_by_role("button", name="63016").click()
    await press(page, "left", "Ingatkan")
    await page.get_by_role("button", name="+1 jam").click()
    await expect(phone(page, "right").get_by_text("gagal, kode 63016")).to_be_visible()
    await page.get_by_role("button", name="Telegram 429").click()
    await page.get_by_role("button", name="Cabut semua").click()
    await expect(log.get_by_text("Telegram 429")).to_have_count(0)


async def test_the_timeline_ties_a_press_to_what_it_caused_and_shows_the_json(stand: Stand) -> None:
    page = await started(stand)
    await press(page, "left", "Janji bayar")
    story = page.locator(".story", has_text="Rina menekan “Janji bayar”")
    await expect(story.locator(".story-step")).to_have_text(
        [
            re.compile("masuk"),
            re.compile("press"),
            re.compile("answerCallbackQuery 200"),
            re.compile("editMessageText 200"),
        ]
    )
    await story.get_by_role("button", name="editMessageText 200").click()
    await expect(page.get_by_role("dialog")).to_contain_text('"text": "Kapan?"')
    await page.keyboard.press("Escape")


async def test_anybody_can_be_looked_at_and_blocking_stops_the_bot(stand: Stand) -> None:
    page = await started(stand)
    left = phone(page, "left")
    await left.get_by_label("Orang").select_option(label="Orang baru…")
    await left.get_by_role("button", name="Mulai", exact=True).click()
    await expect(left.get_by_text("F-118")).to_be_visible()
    await left.get_by_role("button", name="Menu").click()
    await left.get_by_role("button", name="Blokir bot").click()
    await expect(left.get_by_text("Bot diblokir.")).to_be_visible()
    await expect(left.get_by_role("textbox")).to_be_hidden()
    await left.get_by_role("button", name="Buka blokir").click()
    await expect(left.get_by_role("textbox")).to_be_visible()


async def test_news_on_other_phones_is_announced(stand: Stand) -> None:
    page = await started(stand)
    left = phone(page, "left")
    await left.get_by_label("Orang").select_option(label="Budi")
    await stand.sim.start(stand.rina)
    await page.get_by_role("button", name="Buka Rina, 1 pesan baru").click()
    await expect(left.get_by_label("Orang")).to_have_value(str(stand.rina))
    await expect(page.locator("#unread")).to_be_hidden()


async def test_a_reset_is_survived(stand: Stand) -> None:
    page = await started(stand)
    await stand.sim.reset()
    await stand.sim.add_user("Dewi", role="collector")
    await expect(phone(page, "left").get_by_label("Orang").locator("option", has_text="Dewi")).to_have_count(1)
    await expect(page.locator(".story")).to_have_count(0)


async def test_news_disturb_nobody_at_work(stand: Stand) -> None:
    page = await started(stand)
    left = phone(page, "left")
    await left.get_by_label("Orang").focus()
    await left.get_by_label("Orang").select_option(label="Budi")
    await expect(left.get_by_label("Orang")).to_be_focused()
    await left.get_by_label("Orang").select_option(label="Rina")
    await left.get_by_role("button", name="Menu").click()
    await left.get_by_role("textbox").fill("setengah jadi", force=True)
    await stand.sim.start(stand.rina)
    await expect(left.get_by_text("F-118")).to_have_count(2)
    await expect(left.get_by_role("textbox")).to_have_value("setengah jadi")


async def test_by_keyboard_alone(stand: Stand) -> None:
    page = await started(stand)
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Langsung ke ponsel")).to_be_focused()
    await page.keyboard.press("Enter")
    for _ in range(30):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.textContent") == "Janji bayar":
            break
    await page.keyboard.press("Enter")
    await expect(phone(page, "left").get_by_role("button", name="Besok")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(phone(page, "left").get_by_text("Janji dicatat")).to_be_visible()
    await expect(phone(page, "left").get_by_role("button", name="Kembali")).to_be_focused()


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, POCKET], ids=["desk", "pocket"])
async def test_nothing_overflows_and_axe_is_content(stand: Stand, size: ViewportSize, theme: str, lang: str) -> None:
    page = await started(stand, size, theme=theme, lang=lang)
    await press(page, "left", "Ingatkan")
    await stand.sim.customer_says(ANI, "*besok* ya, Bu")
    await stand.sim.travel(seconds=60)
    await page.get_by_role("button", name="Telegram 500").click()
    if size is POCKET:
        await expect(phone(page, "right")).to_be_hidden()
        await page.locator("[data-slot=right]").click()
    await expect(phone(page, "right").locator(".row.mine")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == size["width"]
    assert await axe(page) == []
    words = await page.evaluate("document.body.innerText")
    assert [key for key in TEXTS[lang] if "." in key and key in words] == []


async def axe(page: Page) -> list[str]:
    """What axe-core finds: rule, and the elements that break it."""
    await page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found = await page.evaluate("axe.run({resultTypes: ['violations']})")
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes']][:3]}" for one in found["violations"]]
