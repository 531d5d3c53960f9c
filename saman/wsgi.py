"""The web server's entry."""

import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saman.settings")
application = get_wsgi_application()
import_string("journal.installation.refuse_other_kind")()
