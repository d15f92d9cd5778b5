"""Programs that prove a property of the whole on a database of their own; the last line of each is JSON."""
