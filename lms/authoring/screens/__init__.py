"""What the editor shows, as frozen data."""
