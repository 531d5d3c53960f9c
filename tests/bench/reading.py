"""Goals 7 and 10: how many pages a server with one worker answers, beside a bare answer and Django's admin."""

from django.urls import reverse

from tests.bench import web
from tests.bench.measure import tell
from tests.bench.world import WATCHED, adviser_cookie


def run(repeats: int = 3, seconds: float = 2) -> None:
    """Ask everything in turn, over connections that are kept."""
    cookie, page = adviser_cookie(), reverse("dashboard", args=[WATCHED])
    front, signed_in = reverse("front"), (f"Cookie: {cookie}",)
    asked = {
        "hello": ("/hello",),
        "anew": ("/bench/anew/", *signed_in),
        "kept": (page, *signed_in),
        "on read": ("/bench/on-read/", *signed_in),
        "admin": ("/bench/admin/projects/project/", *signed_in),
    }
    with web.served() as port:
        _, head = web.answered(port, front)
        tag = next((line for line in head.decode().split("\r\n") if line.lower().startswith("etag:")), "")
        if tag:
            asked["304"] = (front, f"If-None-Match: {tag.partition(':')[2].strip()}")
        found = web.rates(port, asked, repeats, seconds)
    print("\nAnswers each second: " + ", ".join(f"{name} {rate:.1f}" for name, rate in found.items()))
    tell("7", "dashboard made anew / the same judged on read", found["anew"] / found["on read"], "at least", 100)
    share = {name: 100 * found[name] / found["hello"] for name in found}
    tell("7", "dashboard made anew, signed in / a bare answer", share["anew"], "at least", 5, "%")
    tell("7", "dashboard that is kept, signed in / a bare answer", share["kept"], "at least", 15, "%")
    if tag:
        tell("7", "304 without sign-in / a bare answer", share["304"], "at least", 50, "%")
    else:
        print("  7  304 without sign-in: public pages have no ETag, NOT MET")
    for name in ("anew", "kept"):
        tell(
            "10", f"dashboard ({name}) / Django's admin with the same rows", found[name] / found["admin"], "at least", 3
        )
