"""What one player may see of a run: made from the case, the state and the seat, and nothing else ever reaches a template."""
