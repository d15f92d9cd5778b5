"""The pages Stripe would show: checkout, customer portal, an invoice. They work without scripts."""
