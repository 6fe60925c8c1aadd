"""What the register and the national picture show."""
