"""Courses as zips: written out, and read in by a process of its own that can neither grow nor open anything.

`archive` takes a zip apart (pure), `reading` makes a checked pack of it (pure), `child` does both under limits, `sandbox` starts the
child and waits for it, `told` carries faults from one to the other, `writing` makes the zip of a course. Nothing of an upload is
unpacked or decoded in the process that serves pages; what it gets is a pack that has passed every check. Nothing is written to disk.
"""
