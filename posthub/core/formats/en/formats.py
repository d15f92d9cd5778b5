"""English dates as the rest of the product says them (posthub.ui.times): the day first, the month short."""

DATE_FORMAT = "j M Y"
TIME_FORMAT = "G:i"
DATETIME_FORMAT = "j M Y, G:i"
