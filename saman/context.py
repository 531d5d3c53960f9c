"""What every template may ask for."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from saman.words import EXAMPLE_DATA


def installation(request: HttpRequest) -> dict[str, Any]:
    """`demo`: what a page of a demonstration must say; "" on any other."""
    return {"demo": EXAMPLE_DATA if settings.DEMO else ""}
