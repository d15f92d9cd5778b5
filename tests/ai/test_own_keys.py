"""An organization's own key: in, used, never out again."""

from typing import Any

from django.test import Client

from posthub.ai.models import ProviderAccount
from posthub.ai.routes import chain
from posthub.audit.models import AuditEntry
from posthub.core.tenancy import in_schema

KEY = "AIzaSyOwnKeyOfAcme-0123456789"
PAGE = "/settings/ai/"


def test_a_key_is_saved_used_and_taken_back(browser_of: Any, tenant: Any, settings: Any) -> None:
    settings.AI_CHAINS = {**settings.AI_CHAINS, "text": ["gemini", "offline"]}
    sofia: Client = browser_of("sofia")
    assert sofia.post(PAGE, {"provider": "gemini", "key": KEY}).status_code == 303
    with in_schema(tenant.schema_name):
        asked = chain("section")[0]
    assert (asked.access.key, asked.own_key) == (KEY, True)
    page = sofia.get(PAGE).content.decode()
    assert "Google Gemini" in page
    assert KEY not in page
    assert KEY not in ProviderAccount.objects.get().sealed_key
    assert sofia.get(f"{PAGE}gemini/take-back/").status_code == 405
    assert sofia.post(f"{PAGE}gemini/take-back/").status_code == 303
    assert sofia.post(f"{PAGE}gemini/take-back/").status_code == 404
    with in_schema(tenant.schema_name):
        assert not chain("section")[0].own_key
    actions = AuditEntry.objects.filter(action__startswith="ai.").order_by("number")
    assert [entry.action for entry in actions] == ["ai.key_brought", "ai.key_taken_back"]
    assert KEY not in str([entry.detail for entry in actions])


def test_what_is_no_key_is_refused_with_a_reason(browser_of: Any, tenant: Any) -> None:
    sofia: Client = browser_of("sofia")
    for wrong in (
        {"key": "short"},
        {"key": "with spaces in the middle of it"},
        {"provider": "offline"},
        {"key": ""},
    ):
        assert sofia.post(PAGE, {"provider": "gemini", "key": KEY, **wrong}).status_code == 422
    assert not ProviderAccount.objects.exists()


def test_staff_look_and_do_not_touch(browser_of: Any, tenant: Any) -> None:
    marek: Client = browser_of("marek")
    assert "Save the key" not in marek.get(PAGE).content.decode()
    assert marek.post(PAGE, {"provider": "gemini", "key": KEY}).status_code == 403
