"""A copy of one organization, or of the whole installation, and the way back; every table is compared."""
