"""The door for gunicorn: `gunicorn backup_plan_site.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backup_plan_site.settings.production")
application = get_wsgi_application()
