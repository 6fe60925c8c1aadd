"""Tables: the same ones on the page and in every file, so that screen and file cannot disagree."""
