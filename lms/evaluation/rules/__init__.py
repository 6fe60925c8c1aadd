"""What is true of figures, without web or database: counting, comparing, and what may not be shown."""
