"""Who has earned a certificate; the PDF; the public check. Knows trainings, content and accounts."""
