"""A case tried while it is written: played by its author with the real rules, and explored in the background.

A trial is a log like that of a run, but time stands still in it until the author lets it pass, and any move can be taken back.
"""
