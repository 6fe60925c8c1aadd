"""Courses written in the browser. Knows content, and rooms that play, ask and evaluate, to try and to show what is written.

Words: *draft* – the files of a pack that is being written, with a version number that grows by one each step; *step* – one saving:
who, when, which values before and after; *address* – where a value stands in a document, `stages[first].decisions[where].title.sr`;
*edit* – a new value for an address, with the print of the value that the editor had seen; *conflict* – an edit of something that
somebody else has changed meanwhile: both are shown, the editor chooses.

The document of a draft is the one of a pack and of `courses/` (docs/courses.md): one format, one checker. A draft may be unfinished;
publishing asks everything that is asked of a pack and makes an immutable version.
"""
