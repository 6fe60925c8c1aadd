"""Lokalni timovi: trainings for Serbia's local anti-trafficking teams.

Empty on purpose: importing a rule must not start the application. Wiring is in `lms.app`; the map is docs/map.md.
"""
