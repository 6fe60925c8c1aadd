"""Courses as documents: reads, checks and versions packs. Knows no other room.

Words: *pack* – a folder of documents (docs/courses.md); *course* – what a pack says, as frozen dataclasses; *version* – a
checked course, stored once, immutable, named by its hash. `lms.content` imports neither Flask nor SQLAlchemy, except in
`models.py` and `actions.py`, which store versions.
"""
