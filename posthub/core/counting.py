from django.db.models import IntegerField, QuerySet, Subquery


class NumberOf(Subquery):
    """How many rows there are, as a part of somebody's statement."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet) -> None:  # type: ignore[type-arg]
        super().__init__(rows.order_by().values("pk"))
