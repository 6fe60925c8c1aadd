"""What to do now, for a trainee: reads across trainings and surveys, owns nothing."""
