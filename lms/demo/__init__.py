"""Invented data to try everything with: a published series of trainings and one that goes on now. Knows every room, is known by none.

Refuses to be in production and beside real trainings. All it makes carries a demo flag, or an address of `STAFF_DOMAIN`.
"""
