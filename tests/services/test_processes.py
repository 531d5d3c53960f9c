"""A real installation as compose describes it: web, worker and beat against PostgreSQL and Redis, and without Redis."""

import http.client
import re
import signal
import time
from urllib.parse import urlencode

import pytest

from tests.services.compose import Stack
from tests.services.servers import own_postgres, own_redis

LIMIT_SECONDS = 300

PROJECT_IN_USE = """
from datetime import date
from django.conf import settings
from django.test import Client
from django.urls import reverse
from journal.actions import mark_installation
from saman import clock
from projects.roles import Role
from tests import factories

mark_installation(mode="real", now=clock.now())
project = factories.project(slug="meraker")
target = factories.target(project, is_main=True)
leader = factories.user("Lise Leder")
factories.role(leader, Role.LEADER, project)
client = Client()
client.force_login(leader)
answer = {
    "cookie": f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}",
    "target": reverse("target", args=[project.slug, target.number]),
    "new": reverse("measurement_new", args=[project.slug, target.number]),
}
"""

STATE = """
from benefits.models import Assessment, Measurement
from journal.models import Heartbeat
from projects.models import Project

project = Project.objects.get(slug="meraker")
assessment = Assessment.objects.filter(project=project).first()
answer = {
    "revision": project.revision,
    "assessed_revision": assessment.revision if assessment else None,
    "values": [str(value) for value in Measurement.objects.live().values_list("value", flat=True)],
    "beats": {beat.name: beat.at.isoformat() for beat in Heartbeat.objects.all()},
}
"""


@pytest.fixture(scope="module")
def redis():
    """A Redis that may be stopped."""
    with own_redis() as server:
        yield server


@pytest.fixture(scope="module")
def stack(redis, tmp_path_factory):
    """The installation: migrated, and with all three processes started."""
    with own_postgres() as postgres:
        made = Stack(postgres, redis, tmp_path_factory.mktemp("stack"))
        made.run("migrate")
        for name in ("web", "worker", "beat"):
            made.start(name)
        yield made
        for name in list(made.processes):
            made.kill(name, signal.SIGTERM)


@pytest.fixture(scope="module")
def visitor(stack):
    """A project in use, and its leader's cookie."""
    return stack.ask(PROJECT_IN_USE)


def test_web_is_ready_and_serves_by_https_only(stack):
    until(lambda: answer_of(stack, "/helse/klar")[0] == 200, stack, "web")
    assert stack.healthy("web")
    assert answer_of(stack, "/")[0] == 200
    status, headers, _ = answer_of(stack, "/", {"X-Forwarded-Proto": "http"})
    assert (status, headers["Location"]) == (301, "https://saman.example.org/")


def test_static_files_are_there_for_ever(stack):
    _, _, page = answer_of(stack, "/")
    path = page.split('rel="stylesheet" href="', 1)[1].split('"', 1)[0]
    status, headers, _ = answer_of(stack, path)
    assert status == 200
    assert "immutable" in headers["Cache-Control"]


def test_what_is_due_is_assessed_by_the_worker(stack, visitor):
    until(lambda: stack.ask(STATE)["assessed_revision"] == 1, stack, "worker")
    until(lambda: {"worker", "sweeper"} <= set(stack.ask(STATE)["beats"]), stack, "beat")
    assert stack.healthy("worker")
    assert stack.healthy("beat")


def test_without_redis_and_worker_people_work_on_and_nothing_is_lost(stack, redis, visitor):
    redis.stop()
    stack.kill("worker", signal.SIGKILL)
    try:
        status, headers, page = answer_of(stack, visitor["target"], {"Cookie": visitor["cookie"]})
        assert status == 200
        form = {"measured_on": "31.03.2014", "value": "10,1", "source": "Fraværssystemet"}
        status, _, page = submit(stack, visitor, headers, page, form)
        assert status in (200, 302, 303), page
        after = stack.ask(STATE)
        assert after["values"] == ["10.1000"]
        assert after["assessed_revision"] == after["revision"] > 1
        assert answer_of(stack, "/helse/klar")[0] == 200
    finally:
        redis.start()
        stack.start("worker")
    back = after["beats"]["worker"]
    until(lambda: stack.ask(STATE)["beats"]["worker"] > back, stack, "worker")
    assert "1 assessed" in (said := stack.manage("assess", "--all"))
    assert "0 changed" in said


def submit(stack, visitor, headers, page, fields):
    """Post the target page's form as a browser without JavaScript would."""
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    cookie = headers["Set-Cookie"].split(";", 1)[0]
    sent = {
        "Cookie": f"{visitor['cookie']}; {cookie}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": "https://saman.example.org",
        "Referer": f"https://saman.example.org{visitor['target']}",
    }
    body = urlencode({**fields, "csrfmiddlewaretoken": token})
    return answer_of(stack, visitor["new"], sent, "POST", body)


def answer_of(stack, path, headers=None, method="GET", body=None):
    """Status, headers and text of web's answer, as the proxy in front would ask."""
    connection = http.client.HTTPConnection("127.0.0.1", stack.port, timeout=20)
    sent = {"Host": "saman.example.org", "X-Forwarded-Proto": "https", **(headers or {})}
    try:
        connection.request(method, path, body, sent)
        response = connection.getresponse()
        return response.status, response.headers, response.read().decode(errors="replace")
    except OSError:
        return 0, {}, ""
    finally:
        connection.close()


def until(condition, stack, name):
    """Wait until it is so; say what the process has written when it never is."""
    deadline = time.monotonic() + LIMIT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, stack.log(name)
        time.sleep(0.5)
