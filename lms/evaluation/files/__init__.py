"""Reports as files: each writer takes the same tables as the page."""
