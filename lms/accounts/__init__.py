"""Staff: accounts, signing in with two steps, invitations, roles, the audit log. Knows no other room.

Words: *account* – a member of staff who can sign in; *role* – what an account may do in the whole system; *sign-in* – one
browser of an account; *invitation* – a single-use link with which a person sets their own password.
"""
