"""Who may see the national picture."""

from lms.access import staff

national_reader = staff("office", "administrator")
