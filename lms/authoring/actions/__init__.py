"""What changes drafts: verbs, one commit each."""
