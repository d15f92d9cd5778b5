"""Every screen as everybody sees it, in each state, language, theme and width: a picture, and what is wrong with it."""
