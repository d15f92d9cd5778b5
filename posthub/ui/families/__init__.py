"""The components, one module per family."""
