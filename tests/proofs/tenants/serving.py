"""What many organizations cost each request, and PostgreSQL's memory."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext

from posthub.core.tenancy import HOSTS, TenantMiddleware
from tests.proofs.tenants.clocks import Spent, backend, backend_megabytes, spent
from tests.proofs.tenants.world import Place, in_turn

UNBOUNDED = 10**9


def one_statement(_request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse()


def tenancy(places: list[Place], rounds: int) -> dict[str, Any]:
    """A view of one statement with tenancy around it and without, in turn."""
    around = TenantMiddleware(one_statement)
    bare: list[Spent] = []
    tenant: list[Spent] = []
    requests = [RequestFactory(HTTP_HOST=place.host).get("/") for place in places]
    for request in requests:
        around(request)
    for number in range(rounds):
        request = requests[number % len(requests)]
        tenant.append(spent(lambda asked=request: around(asked)))  # type: ignore[misc]
        one_statement(request)  # goes back to public, which is not the bare view's to pay
        bare.append(spent(lambda asked=request: one_statement(asked)))  # type: ignore[misc]

    def extra(part: Callable[[Spent], float]) -> float:
        return round((median(map(part, tenant)) - median(map(part, bare))) * 1000, 3)

    return {
        "tenancy_cpu_ms": extra(lambda one: one.python),
        "tenancy_backend_cpu_ms": extra(lambda one: one.backend or 0),
        **statements(around, requests),
    }


def statements(around: TenantMiddleware, requests: list[Any]) -> dict[str, Any]:
    """Beyond the view's own one: with the host known to this process, and when it is asked for the first time."""

    def extra(request: Any) -> int:
        one_statement(request)
        with CaptureQueriesContext(connection) as asked:
            around(request)
        return len(asked) - 1

    HOSTS.forget()
    first = [extra(request) for request in requests]
    then = [extra(request) for request in requests]
    return {"extra_statements": max(then), "extra_statements_first_time": max(first)}


def memory(places: list[Place], bound: int | None) -> dict[str, float]:
    """The most a connection's process held while one thread served every organization's dashboard once."""
    connection.close()
    most = (0.0, 0.0)
    with override_settings(**({"SCHEMAS_PER_CONNECTION": bound} if bound else {})):
        for place in places:
            serve(place)
            held = backend_megabytes(backend())
            most = max(most[0], held[0]), max(most[1], held[1])
    connection.close()
    return {"all": round(most[0], 1), "own": round(most[1], 1)}


def serve(place: Place) -> None:
    assert place.get("/") == 200


class Arm:
    """One side of the comparison: a database, the organizations that are asked for, a connection of its own."""

    def __init__(self, database: str, places: list[Place]) -> None:
        self.places = in_turn(places)
        self.connection = connection.copy()
        self.connection.settings_dict["NAME"] = database
        self.spent: list[Spent] = []

    def serve(self, *, note: bool) -> None:
        place = next(self.places)
        with self._connected():
            took = spent(lambda: serve(place))
        if note:
            self.spent.append(took)

    @contextmanager
    def _connected(self) -> Iterator[None]:
        usual = connections[DEFAULT_DB_ALIAS]
        connections[DEFAULT_DB_ALIAS] = self.connection
        try:
            yield
        finally:
            connections[DEFAULT_DB_ALIAS] = usual

    def median(self, part: Callable[[Spent], float]) -> float:
        return median(part(one) for one in self.spent if one.backend is not None)


def dashboard(small: str, few: list[Place], many: list[Place], rounds: int) -> dict[str, Any]:
    """The same page in a database of ten organizations, and in that of all: ten of them in turn, all in turn."""
    whole = str(connection.settings_dict["NAME"])
    ten, ten_of_all, all_of_all = Arm(small, few), Arm(whole, few), Arm(whole, many)
    arms = [ten, ten_of_all, all_of_all]
    chance = random.Random(3)
    warm_up = min(rounds, 2 * len(few))
    for number in range(warm_up + rounds):
        for arm in chance.sample(arms, len(arms)):
            arm.serve(note=number >= warm_up)
    for arm in arms:
        arm.connection.close()

    def ratio(arm: Arm, part: Callable[[Spent], float]) -> float:
        return round(arm.median(part) / ten.median(part), 3)

    return {
        "dashboard_cpu_ms": [round(arm.median(lambda one: one.cpu) * 1000, 2) for arm in arms],
        "dashboard_backend_cpu_ms": [
            round(arm.median(lambda one: one.backend or 0) * 1000, 2) for arm in arms
        ],
        "dashboard_ratio": ratio(ten_of_all, lambda one: one.cpu),
        "dashboard_ratio_all_in_turn": ratio(all_of_all, lambda one: one.cpu),
    }
