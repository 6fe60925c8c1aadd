"""Split by audience: see the files."""
