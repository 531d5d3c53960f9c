"""The product with what it is compared with beside it: Django's admin, and dashboards as they are usually made."""

from saman.settings import *  # noqa: F403
from saman.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]
ROOT_URLCONF = "tests.bench.site"
SILENCED_SYSTEM_CHECKS = ["models.W040", "admin.E408", "admin.E409", "admin.E410"]
