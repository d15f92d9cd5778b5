import pytest
from django.conf import settings
from django.template.loader import get_template

OURS = ["account", "mfa", "organizations", "backoffice", "demo", "mail"]
NAMES = sorted(
    str(path.relative_to(settings.ROOT / "templates"))
    for app in OURS
    for path in (settings.ROOT / "templates" / app).rglob("*.html")
)


@pytest.mark.parametrize("name", NAMES)
def test_template_compiles(name: str) -> None:
    get_template(name)
