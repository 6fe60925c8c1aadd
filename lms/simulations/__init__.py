"""Case simulations, played live, alone or on paper. Knows trainings and content.

Words: *case* – the authored document (lms.content.case); *run* – one play of a case by one group; *role* – a service in the case;
*seat* – a role in a run: held by a person, covered by another seat, or empty; *place* – a municipality, a table of the run.

The way of a move: `routes` → `actions` (one transaction: read the log, judge by `rules`, append) → the log. Everybody else is woken
(`wake`) and fetches their own screen (`screens`), which is computed from the log. `rules` and `log` are pure: no Flask, no database.
Names stand in seats only, and leave them when the training closes; the log knows roles, never people.
"""
