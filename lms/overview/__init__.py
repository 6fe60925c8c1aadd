"""The national picture for the coordinator's office: teams, coverage by sector, recommendations. Owns nothing."""
