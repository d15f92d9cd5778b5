from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.views.decorators.http import require_POST

from posthub.core.access import Who, declared, supervisor
from posthub.core.errors import OverAllowance, Refused, Stale, WorkFailed, WrongState


@require_POST
@supervisor
def guarded(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def test_a_declaration_is_seen_through_other_decorators() -> None:
    assert (declared(guarded), declared(bare)) == (Who.SUPERVISOR, None)


def test_nobody_in_particular_is_led_to_the_log_in_and_back(db: None) -> None:
    address = f"/jobs/{uuid4()}/"
    client = Client(HTTP_HOST="acme.posthub.localhost")
    plain = client.get(address)
    assert plain["Location"] == "/accounts/login/?next=" + address.replace("/", "%2F")
    page = "http://acme.posthub.localhost:8000/topics/?month=2026-12"
    upgraded = client.get(address, headers={"hx-request": "true", "hx-current-url": page})
    assert upgraded.status_code == 204
    assert upgraded["HX-Redirect"] == "/accounts/login/?next=%2Ftopics%2F%3Fmonth%3D2026-12"


def test_what_only_the_client_may_do_says_so_to_staff(browser_of: Any) -> None:
    answer = browser_of("marek").post(f"/company/versions/{uuid4()}/accept/")
    assert answer.status_code == 403
    assert "Only the client can do this" in answer.content.decode()


def test_each_error_of_ours_has_a_status_of_its_own() -> None:
    statuses = [kind.status for kind in (WrongState, Stale, OverAllowance, Refused)]
    assert statuses == [409, 409, 403, 422]
    failed = WorkFailed("The line broke.", permanent=False, retry_after=3)
    assert (failed.message, failed.permanent, failed.retry_after) == ("The line broke.", False, 3)
