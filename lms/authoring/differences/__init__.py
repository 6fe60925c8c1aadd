"""What has changed between two states of a course, by its parts and in words; and, with a third state, what to take over of it.

`trees` reads packs so that they can be compared, `alignment` finds the blocks of a page again, `pieces` compares and merges (pure, all three);
`marking` shows what was changed in a text, `telling` says everything in the reader's language.
"""
