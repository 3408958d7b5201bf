"""The node as a WSGI application, for any server; `comity run` uses granian."""

import os

from django.core.wsgi import get_wsgi_application

from comity.node.editions import remember_law

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.node.settings")
application = get_wsgi_application()
remember_law()
