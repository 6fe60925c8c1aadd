"""What the web server imports: `gunicorn --config python:lms.server wsgi:app`."""

import gc

gc.disable()  # what is loaded here stays for good: to look for waste in it would cost a fifth of the start

from lms.app import create_app  # noqa: E402

app = create_app()
gc.freeze()  # nor is it looked through later, which also keeps it shared between workers (--preload)
gc.set_threshold(
    700, 10, 100
)  # documents that are kept are looked through ten times less often: it stops everybody for 50 ms
gc.enable()
