"""What exactly is shown: reports with their figures already protected, and the lists and forms around them."""
