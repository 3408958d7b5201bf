"""Values that templates show, made of the values of the domain."""
