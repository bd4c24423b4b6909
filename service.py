"""The web service as a WSGI application, for any server that takes one.

python -m flask --app service run    on this machine, to try it
"""

from matcher.web.app import create_app

app = create_app()
