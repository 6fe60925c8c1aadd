"""Places and local teams: municipalities (data), institutions, local teams with members, activities and plans.

Knows accounts. Words: *municipality* – any local government; *local team* – the municipality's anti-trafficking team;
*seat* – an institution's place in a team; *institution* – where people work, typed once and offered again.
"""
