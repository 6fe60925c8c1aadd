"""What is printed for an exercise: debrief, seat cards, and the paper twin. Data for two templates, made of blocks.

Texts are in the language in force; names of people stand on none of these papers.
"""
