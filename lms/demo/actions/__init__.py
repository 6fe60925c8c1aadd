"""What the demo does: verbs."""
