"""A course held on given days: programme, joining, roster, attendance. Knows teams, accounts and content.

Words: *training* – one two-day event; *participant* – a trainee of one training; *device* – a browser that a participant
uses, remembered by a cookie; *half-day* – the unit of attendance; *lobby* – the hours in which people may join by code.
"""
