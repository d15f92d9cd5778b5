"""Bringing what Stripe says into PostHub's own rows. Whatever a message says, the object itself is read anew."""
