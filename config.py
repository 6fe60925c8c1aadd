"""Every setting, read from the environment; each has a default that works on a laptop.

Production (`ENVIRONMENT=production`) refuses to start without SECRET_KEY.
"""

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent


class SettingMissing(RuntimeError):
    """A setting that production cannot do without is not there."""


def settings(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Flask's configuration from `environment`. Raises SettingMissing in production without SECRET_KEY."""
    production = environment.get("ENVIRONMENT", "development") == "production"
    data = Path(environment.get("DATA_DIR", ROOT / "instance")).resolve()
    secret = environment.get("SECRET_KEY", "")
    if production and len(secret) < 32:
        raise SettingMissing("SECRET_KEY must be set to at least 32 random characters in production.")
    return {
        "PRODUCTION": production,
        "SECRET_KEY": secret or "development-only-secret-not-for-production",
        "DATA_DIR": data,
        "KEYS_DIR": Path(environment.get("KEYS_DIR", data / "keys")).resolve(),
        "UPLOADS_DIR": data / "uploads",
        "COURSES_DIR": Path(environment.get("COURSES_DIR", ROOT / "courses")).resolve(),
        "SQLALCHEMY_DATABASE_URI": environment.get("DATABASE_URL", f"sqlite:///{data / 'lokalni-timovi.db'}"),
        # Where people reach this server; used in QR codes, certificates and mail. Empty: as the request came in.
        "PUBLIC_URL": environment.get("PUBLIC_URL", "").rstrip("/"),
        "TRUSTED_PROXIES": int(environment.get("TRUSTED_PROXIES", "0")),
        "MAX_CONTENT_LENGTH": 8 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "MAX_FORM_PARTS": 1000,
        "SESSION_COOKIE_NAME": "__Host-session" if production else "session",
        "SESSION_COOKIE_SECURE": production,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "SESSION_REFRESH_EACH_REQUEST": False,  # a sign-in ends after its hours, used or not
        "DEVICE_COOKIE_NAME": "__Host-device" if production else "device",
        "DEVICE_LIFETIME": timedelta(days=400),
        "WTF_CSRF_TIME_LIMIT": None,
        "MAIL_SERVER": environment.get("MAIL_SERVER", ""),
        "MAIL_PORT": int(environment.get("MAIL_PORT", "587")),
        "MAIL_USERNAME": environment.get("MAIL_USERNAME", ""),
        "MAIL_PASSWORD": environment.get("MAIL_PASSWORD", ""),
        "MAIL_SENDER": environment.get("MAIL_SENDER", ""),
        "SUPPORT_CONTACT": environment.get("SUPPORT_CONTACT", ""),
    }
