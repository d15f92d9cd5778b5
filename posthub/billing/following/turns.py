"""Who read last: so that an older answer never stands over a newer one, in whatever order they come in."""

from django.db import connection

BEGIN = (
    "INSERT INTO billing_reading (about, begun, written) VALUES (%s, 1, 0)"
    " ON CONFLICT (about) DO UPDATE SET begun = billing_reading.begun + 1 RETURNING begun"
)
WRITE = "UPDATE billing_reading SET written = %s WHERE about = %s AND written < %s"


def begin_reading(about: str) -> int:
    """The number to read under. Taken before Stripe is asked: a higher one saw at least as much."""
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, [about])
        number: int = cursor.fetchone()[0]
    return number


def may_write(about: str, number: int) -> bool:
    """Whether nothing read later stands written. Holds the object until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [number, about, number])
        return bool(cursor.rowcount == 1)
