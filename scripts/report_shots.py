"""The annual report in its states, for shots.py: whose eyes, the address, and what is done there before the picture.

What is done can be done again in the next look. Someone without a button on the sign-in page is named by role and
project, as leader@sel.
"""

import re
from collections.abc import Callable

from playwright.sync_api import Page

Step = Callable[[Page], None]
ADVISER, ADMINISTRATOR = "Rådgiver · hele programmet", "Administrator · setter opp programmer"
HAMAR, NEWCOMER = "Prosjektleder · Heltid i Hamar", "Prosjektleder · Omdømmebygging i Salangen"
WRITER, SECOND = "Prosjektleder · Kompetanse og rekruttering i Sørum", "Prosjektleder · Heltid i Lister"
QUEUE, ROUNDS = "/arbeid/oversikt/saman/arsrapporter/", "/arbeid/oppsett/program/saman/runder/"
SAVED, TEXT = "#lagret", "#sv-gevinster"
LONG = "Kompetanseutviklingsplanleggingsprosessdokumentasjonsansvarleg og " * 40


def report(project: str, *parts: str) -> str:
    """The address of a page of a project's reports."""
    return "/".join(["/arbeid/prosjekt", project, "arsrapport", *parts, ""])


def follow(*links: str) -> Step:
    """Follow links by their words, one after the other."""

    def step(page: Page) -> None:
        for words in links:
            page.get_by_role("link", name=words).first.click()
            page.wait_for_load_state()

    return step


def press(words: str) -> Step:
    """Press a button, and wait for what it leads to."""

    def step(page: Page) -> None:
        page.get_by_role("button", name=words).first.click()
        page.wait_for_load_state("networkidle")

    return step


def after(*steps: Step) -> Step:
    """One thing after another."""

    def step(page: Page) -> None:
        for each in steps:
            each(page)

    return step


def part(key: str) -> Step:
    """Turn to a part of the report under review."""

    def step(page: Page) -> None:
        page.goto(f"{page.url.split('?')[0]}?del={key}")

    return step


def tell(words: str) -> Step:
    """Write something, and wait for what the page says of it."""

    def step(page: Page) -> None:
        page.locator(TEXT).fill(f"{page.locator(TEXT).input_value()[:200]} Mer.")
        page.locator(SAVED, has_text=re.compile(words)).wait_for()

    return step


def lose_the_net(page: Page) -> None:
    """From now on nothing is saved."""
    page.route("**/arsrapport/**", lambda route: route.abort() if route.request.method == "POST" else route.continue_())


def sign_out(page: Page) -> None:
    """The session ends."""
    page.context.clear_cookies(name="session")


def write_too_much(page: Page) -> None:
    """A text longer than the question takes, with a very long word."""
    page.locator(TEXT).fill(LONG)
    press("Lagre og gå")(page)


def return_it(page: Page) -> None:
    """Send back without saying when or what."""
    page.get_by_label("Send tilbake").check()
    press("Lagre avgjørelsen")(page)


ROUND, QUESTION = follow("Årsrapport 2014"), "Endre spørsmålet: Er det bestemt hvem"
REVIEW = follow("Heltid i Hamar")
# Name of the picture: whose eyes, the address, and what is done there.
PAGES: dict[str, tuple[str, str] | tuple[str, str, Step]] = {
    "report-list": (HAMAR, report("hamar")),
    "report-receipt": (HAMAR, report("hamar"), follow("13. januar 2015")),
    "report-submitted": (HAMAR, report("hamar"), follow("13. januar 2015", "Se rapporten")),
    "report-start": (NEWCOMER, report("salangen", "2014")),
    "report-figures": (WRITER, report("sorum", "2014", "maal")),
    "report-empty": (WRITER, report("sorum", "2014", "videre")),
    "report-errors": (WRITER, report("sorum", "2014", "fallgruver"), press("Lagre og gå")),
    "report-saved": (WRITER, report("sorum", "2014", "gevinster"), tell(r"Lagret kl\.")),
    "report-long": (WRITER, report("sorum", "2014", "gevinster"), write_too_much),
    "report-offline": (WRITER, report("sorum", "2014", "gevinster"), after(lose_the_net, tell("uten nett"))),
    "report-preview-missing": (WRITER, report("sorum", "2014", "se-over")),
    "report-signed-out": (WRITER, report("sorum", "2014", "gevinster"), after(sign_out, tell("logget ut"))),
    "report-conflict": (SECOND, report("listerregionen", "2014", "prosjektet")),
    "report-returned": ("leader@sel", report("sel", "2014", "gevinster")),
    "report-lessons": ("leader@sel", report("sel", "2014", "fallgruver")),
    "report-preview": ("leader@sel", report("sel", "2014", "se-over")),
    "report-preview-owner": ("owner@haugesund", report("haugesund", "2014", "se-over")),
    "report-queue": (ADVISER, QUEUE),
    "report-review": (ADVISER, QUEUE, REVIEW),
    "report-review-figures": (ADVISER, QUEUE, after(REVIEW, part("maal"))),
    "report-review-questions": (ADVISER, QUEUE, after(REVIEW, part("sporsmal"))),
    "report-review-refused": (ADVISER, QUEUE, after(REVIEW, return_it)),
    "report-review-again": (ADVISER, QUEUE, after(follow("Heltid i Rælingen"), part("gevinster&mot=versjon"))),
    "report-review-returned": (ADVISER, QUEUE, after(follow("Nærvær i Sel"), part("gevinster"))),
    "report-review-approved": (ADVISER, QUEUE, follow("Heiltid på Stord")),
    "report-rounds": (ADMINISTRATOR, ROUNDS),
    "report-round": (ADMINISTRATOR, ROUNDS, ROUND),
    "report-round-edit": (ADMINISTRATOR, ROUNDS, after(ROUND, follow("Endre"))),
    "report-round-new": (ADMINISTRATOR, ROUNDS, follow("Ny runde")),
    "report-section-edit": (ADMINISTRATOR, ROUNDS, after(ROUND, follow("Endre teksten"))),
    "report-question": (ADMINISTRATOR, ROUNDS, after(ROUND, follow(QUESTION))),
    "report-question-preview": (ADMINISTRATOR, ROUNDS, after(ROUND, follow(QUESTION), press("Forhåndsvis"))),
    "report-question-types": (ADMINISTRATOR, ROUNDS, after(ROUND, follow("Legg til spørsmål"))),
    "report-question-new": (
        ADMINISTRATOR,
        ROUNDS,
        after(ROUND, follow("Legg til spørsmål", "Ett valg"), press("Lagre")),
    ),
    "report-question-remove": (
        ADMINISTRATOR,
        ROUNDS,
        after(ROUND, follow(QUESTION, "Ta bort"), press("Ta bort")),
    ),
}
