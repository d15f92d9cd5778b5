"""What a person is told about their own account."""

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from posthub.accounts.models import SignIn, User


def sign_ins_of(user: User) -> QuerySet[SignIn]:
    """Sessions that would be let in today, on whatever host they were begun; used last, first."""
    live = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
    own = SignIn.objects.filter(Exists(live), user=user, standing=user.get_session_auth_hash())
    return own.order_by("-used_at", "pk")
