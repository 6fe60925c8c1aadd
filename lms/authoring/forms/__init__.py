"""Forms made from the shapes of documents: what may be typed in, how it is called, and what was typed."""
