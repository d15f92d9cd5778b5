"""People. A user is global: one row in the public schema, the e-mail address is the login."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from posthub.accounts.devices import device_in_words
from posthub.core.models import Row


class StaffRole(models.TextChoices):
    NONE = "", _("Not staff")
    MARKETER = "MARKETER", _("Marketer")
    MANAGER = "MANAGER", _("Manager")
    ADMIN = "ADMIN", _("Administrator")


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, staff_role=StaffRole.ADMIN, is_superuser=True, **fields)


class User(Row, AbstractBaseUser, PermissionsMixin):
    """`manager` is whom a marketer reports to; supervisors (clients) have no staff role, only memberships."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    staff_role = models.CharField(
        _("staff role"), max_length=10, choices=StaffRole, default=StaffRole.NONE, blank=True
    )
    manager = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="marketers"
    )
    language = models.CharField(
        _("language"), max_length=5, choices=[("cs", "Čeština"), ("en", "English")], blank=True
    )
    is_active = models.BooleanField(_("active"), default=True)
    # Of staff: on working days, which clients need something.
    morning_mail = models.BooleanField(
        _("a mail in the morning about your clients"), default=True, db_default=True
    )
    terms_accepted_at = models.DateTimeField(null=True, blank=True)
    # How often the person signed out everywhere else: sessions of before are none any more.
    sign_outs = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    def __str__(self) -> str:
        return self.name or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must know to be one: it goes by the password, and by how often one signed out elsewhere."""
        whole: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]
        if not self.sign_outs:
            return whole
        return salted_hmac(f"posthub.sign_outs.{self.sign_outs}", whole, secret=secret).hexdigest()

    @property
    def is_staff(self) -> bool:
        """What the Django admin asks: only an administrator may open it."""
        return self.staff_role == StaffRole.ADMIN


class SignIn(Row):
    """One session of a person: where it was last used, and from what. Its host's key opens it, nobody else's."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    # What the session must know to be one (`User.get_session_auth_hash`): another one today, and it is over.
    standing = models.CharField(max_length=64)
    host = models.CharField(max_length=253, blank=True)
    agent = models.CharField(max_length=300, blank=True)
    ip = models.GenericIPAddressField(null=True)
    used_at = models.DateTimeField()

    @property
    def device(self) -> str:
        return device_in_words(self.agent)


class Consent(Row):
    """That somebody agreed to one version of a document, and when (`created_at`)."""

    class Document(models.TextChoices):
        TERMS = "terms", _("Terms of service")
        PRIVACY = "privacy", _("Privacy notice")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="consents")
    document = models.CharField(max_length=10, choices=Document)
    version = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "document", "version"], name="consent_once")]
