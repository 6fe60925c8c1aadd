"""Questions asked in a training, answers kept. Knows trainings and content.

Two regimes that no table joins (docs/privacy.md): *tests and follow-ups* are pseudonymous – HMAC of the participant under
a key that lives outside the database and is destroyed later; the *evaluation* is anonymous – no key, no time, no order.
Words: *opening* – a survey is open in a training; *response* – one person's pseudonymous answers; *ballot* – one anonymous
evaluation; *receipt* – the fact that a participant has sent an evaluation, and nothing else.
"""
