"""What changes about surveys: verbs, one commit each."""
