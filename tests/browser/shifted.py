"""The application with a clock that a test can put forward: seconds in the file named by CLOCK_FILE are added to the time."""

import os
from datetime import timedelta
from pathlib import Path

from lms import clock
from lms.app import create_app

_file = Path(os.environ["CLOCK_FILE"])
_real = clock.now


def _shifted():
    return _real() + timedelta(seconds=float(_file.read_text()))


clock.now = _shifted
app = create_app()
