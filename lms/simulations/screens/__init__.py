"""What is shown, as frozen data; what a screen does not hold cannot be printed."""
