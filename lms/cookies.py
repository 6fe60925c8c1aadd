"""The signed session cookie: a browser sends the same one with every request, so its signature is checked once a process."""

from copy import deepcopy
from functools import lru_cache
from typing import Any

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature, TimestampSigner, URLSafeTimedSerializer

REMEMBERED = 4096  # cookies


class Cookies(SecureCookieSessionInterface):
    """Flask's own sessions; what a good cookie holds is remembered with the moment at which it was signed."""

    def __init__(self, app: Flask) -> None:
        serializer = super().get_signing_serializer(app)
        assert serializer is not None
        self._serializer: URLSafeTimedSerializer = serializer
        signer = serializer.make_signer()
        assert isinstance(signer, TimestampSigner)
        self._signer = signer  # it says what time its signatures go by
        self._read = lru_cache(maxsize=REMEMBERED)(self._check)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer:
        """The serializer, made once."""
        return self._serializer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """What the browser's cookie holds, if its signature is good and not too old; else nothing."""
        value = request.cookies.get(self.get_cookie_name(app))
        if not value:
            return self.session_class()
        try:
            held, signed = self._read(value)
        except BadSignature:
            return self.session_class()
        if not 0 <= self._signer.get_timestamp() - signed <= app.permanent_session_lifetime.total_seconds():
            return self.session_class()
        return self.session_class(deepcopy(held))

    def _check(self, value: str) -> tuple[Any, int]:
        held, signed = self._serializer.loads(value, return_timestamp=True)
        return held, int(signed.timestamp())
