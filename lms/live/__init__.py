"""Waking: pages that wait are told that something has a new version, and nothing else; each then fetches its own screen.

Knows no room: a room names its *topics* (numbers, such as runs), says where they stand, who may still listen and what the clock
brings (`hub.Room`). A *stream* is one connected page. `changes` hears of commits of all processes, `hub` wakes the streams of
this one, `stream` is the answer that stays open. Nothing is kept: whoever connects is told the present version first.
"""
