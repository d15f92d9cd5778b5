"""Work on an organization that takes a while."""

from typing import Any

from django.utils.translation import gettext as _

from posthub.organizations import export
from posthub.organizations.queries import current_organization


def export_everything(job: Any) -> None:
    """All data and files of the organization as one ZIP. A second attempt makes it anew."""
    job.step(_("Collecting everything"), 10)
    export.make_export(current_organization())
    with job.effect():
        pass  # the file lies where it belongs already
