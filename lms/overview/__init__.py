"""The national picture for the coordinator's office, and the register of local teams as staff see it. Owns nothing.

Knows trainings, evaluation and certificates: a team's profile tells which trainings people from its place have had, so the pages
of the register live here and not in the room `teams`, which keeps the data.
"""
