"""Courses as documents: reads, checks, versions and prints packs. Knows no other room.

Words: *pack* – a folder of documents (docs/courses.md); *course* – what a pack says, as frozen dataclasses; *version* – a
checked course, stored once, immutable, named by its hash; *fault* – what is wrong with a pack, where, and what to do.

The way of a pack: `files` (read safely) → `yaml` and `pack` (documents with line numbers, their shapes in `formats`) → `checks`
→ `build` (a Course) → `actions` (stored). Then `queries.course_of` reads it and `render` prints its pages, each once.
A case simulation (docs/cases.md) is a document of a pack: `case_formats` is its shape, `checks/cases` what is asked of it,
`case_build` makes a `case.Case`; `cases` reads one file by itself.
None of it imports Flask or SQLAlchemy, except `models`, `actions` and `queries`, which store versions, and `render` and `search`,
which print with the application's templates.
"""
