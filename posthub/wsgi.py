import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "posthub.settings")
application = get_wsgi_application()

from posthub.core.tasks import read_definitions  # noqa: E402  the apps have to be ready first

# Here, so that no request waits for it.
read_definitions()
