"""What every template may ask for."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def installation(request: HttpRequest) -> dict[str, Any]:
    """`demo`: whether the page must carry the «Eksempeldata» banner."""
    return {"demo": settings.DEMO}
