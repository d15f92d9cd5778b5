"""A stand-in for Stripe on loopback, for the demo and for tests: no card is charged, no money moves."""
