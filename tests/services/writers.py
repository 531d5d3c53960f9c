"""People at their browsers: sign in, write, sign and submit over HTTP, and remember what they were told was done."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import cycle
from random import Random
from threading import Event
from typing import Any
from uuid import uuid4

import requests

from tests.services.inside import QUESTION

ROUND = "2014"
SECTION, ANSWER = QUESTION
FIRST, MOST = 2, 6  # saves between signatures


class NotAcknowledged(Exception):
    """The server did not say that it was done; perhaps it was."""


@dataclass
class Told:
    """What one project's people have sent, and what they were told was done. The answer's text is the save's number."""

    slug: str
    leader: int
    owner: int
    sent: int = 0
    saved: int = 0
    last_sent: int = 0
    last_saved: int = 0
    signed: int = 0
    receipts: dict[str, tuple[dict[str, str], str]] = field(default_factory=dict)  # by key: the form sent, the receipt
    unanswered: dict[str, dict[str, str]] = field(default_factory=dict)  # by key: a submission nobody answered
    submitted: dict[str, str] = field(default_factory=dict)  # by receipt: what the answer said


class Person:
    """A signed-in browser without a screen."""

    def __init__(self, url: str, pk: int) -> None:
        self.url, self.http = url, requests.Session()
        self.ask("GET", "/logg-inn/")
        self.ask("POST", "/logg-inn/demo/", {"person": pk})

    def ask(self, method: str, path: str, fields: dict[str, Any] | None = None, **headers: str) -> requests.Response:
        """The answer to a request; raises NotAcknowledged when there is none, or it says that the server is ill."""
        data = {**fields, "csrfmiddlewaretoken": self.http.cookies.get("csrf", "")} if fields is not None else None
        try:
            answer = self.http.request(
                method, self.url + path, data=data, headers=headers, timeout=30, allow_redirects=False
            )
        except requests.RequestException as error:
            raise NotAcknowledged from error
        if answer.status_code >= 500:
            raise NotAcknowledged(answer.status_code)
        assert answer.status_code in (200, 303), f"{method} {path}: {answer.status_code}\n{answer.text[:3000]}"
        return answer

    @property
    def is_signed_in(self) -> bool:
        """Whether the session still counts."""
        return self.http.get(f"{self.url}/arbeid/konto/", timeout=30, allow_redirects=False).status_code == 200


class Writers:
    """The people of some projects, taking one project after the other until they are stopped or not answered."""

    def __init__(self, url: str, projects: list[dict[str, Any]], seed: int) -> None:
        self.url, self.random = url, Random(seed)
        self.told = [Told(**project) for project in projects]
        self.turns = cycle(self.told)
        self.done = 0
        self.people: list[Person] = []

    def work(self, stop: Event, *, only_write: bool = False) -> None:
        """Go through the projects until stopped, or until a request is not answered."""
        try:
            for told in self.turns:
                for step in self.report(told, only_write):
                    self.done += step
                    if stop.is_set():
                        return
        except NotAcknowledged:
            return

    def report(self, told: Told, only_write: bool) -> Iterator[bool]:
        """One project: the leader writes, the owner signs, the leader submits. Each step yields whether it counts."""
        leader = self.sign_in(told.leader)
        page = leader.ask("GET", address(told, f"{SECTION}/"))
        if page.status_code == 303:
            yield False
            return  # submitted; the adviser has not sent it back yet
        form = hidden(page.text)
        for _ in range(self.random.randint(FIRST, MOST)):
            form = save(leader, told, form)
            yield True
        if only_write:
            return
        owner = self.sign_in(told.owner)
        seen = {"seen": hidden(owner.ask("GET", address(told, "se-over/")).text)["seen"]}
        owner.ask("POST", address(told, "signer/"), seen)
        told.signed += 1
        yield True
        form = hidden(leader.ask("GET", address(told, "se-over/")).text)
        submit(leader, told, {"seen": form["seen"], "key": form["key"]})
        yield True

    def sign_in(self, pk: int) -> Person:
        """Someone signed in anew."""
        self.people.append(Person(self.url, pk))
        return self.people[-1]

    def try_again(self) -> list[str]:
        """Send every submission again, answered or not; the keys whose receipt is not the one given before."""
        differing = []
        for told in self.told:
            if not (told.receipts or told.unanswered):
                continue
            leader = self.sign_in(told.leader)
            for form in list(told.unanswered.values()):
                submit(leader, told, form)
            for key, (form, receipt) in told.receipts.items():
                if submit(leader, told, form) != receipt:
                    differing.append(key)
        return differing


def save(leader: Person, told: Told, form: dict[str, str]) -> dict[str, str]:
    """Save while writing; what the next save says it was based on."""
    told.sent, told.last_sent = told.sent + 1, told.last_sent + 1
    fields = {**form, "felt": ANSWER, f"sv-{ANSWER}": str(told.last_sent)}
    said = leader.ask("POST", address(told, f"{SECTION}/"), fields, **{"HX-Request": "true"}).text
    told.saved, told.last_saved = told.saved + 1, told.last_sent
    was = f'{{"{ANSWER}": "{told.last_sent}"}}'
    return {**form, "was": was, "save_id": str(uuid4()), **hidden(said)}


def submit(leader: Person, told: Told, form: dict[str, str]) -> str:
    """Submit what was on the screen; the receipt's number."""
    told.unanswered[form["key"]] = form
    where = leader.ask("POST", address(told, "send-inn/"), form).headers["Location"]
    receipt = where.rstrip("/").rsplit("/", 1)[1]
    assert "/kvittering/" in where
    del told.unanswered[form["key"]]
    told.receipts.setdefault(form["key"], (form, receipt))
    told.submitted.setdefault(receipt, str(told.last_saved))
    return receipt


def address(told: Told, rest: str) -> str:
    """A page of the report."""
    return f"/arbeid/prosjekt/{told.slug}/arsrapport/{ROUND}/{rest}"


def hidden(page: str) -> dict[str, str]:
    """The hidden fields a page would send back, but for the questions it shows and its token."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found if name not in ("felt", "csrfmiddlewaretoken")}
