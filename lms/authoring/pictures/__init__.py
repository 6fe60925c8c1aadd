"""A case as pictures: the map of its story, who knows what when, where each step can be done, what one role sees. Pure.

All are drawn from the document as it stands in a draft: any part may be missing, empty or wrong, and is then left out or shown as
missing. Checking is somebody else's work (lms.content.checks); here everything that can be shown is shown.
"""
