"""Settings: one typed line each, and every default runs on the embedded parts."""

import re
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from posthub.ai import catalogue
from posthub.core import embedded
from posthub.core.content_policy import content_policy
from posthub.core.env import Environment, parse_database_url, parse_media_storage
from posthub.core.logging import lines_to_stderr
from posthub.core.secret_key import secret_key
from posthub.core.static_version import version_of
from posthub.installed import MIDDLEWARE, SHARED_APPS, TENANT_APPS

env = Environment()
ROOT = Path(__file__).resolve().parent.parent

# -- Where it runs ------------------------------------------------------------------------------
DEBUG = env.flag("DEBUG")
DEMO = env.flag("DEMO")  # the mailbox page, the demo's own website, no TLS
TESTING = env.flag("TESTING")
DATA_DIR = env.path("DATA_DIR", ROOT / ".posthub")
BASE_HOST = env.text("BASE_HOST", "posthub.localhost").lower()
PORT = env.whole("PORT", 8000, least=1, most=65535)
LOCAL = DEBUG or DEMO or TESTING or BASE_HOST.endswith(".localhost")
BASE_SCHEME = "http" if LOCAL else "https"
BASE_PORT = PORT if LOCAL else None  # behind a TLS proxy addresses carry no port
SECRET_KEY = env.secret("SECRET_KEY", least_length=32) or secret_key(DATA_DIR)
ALLOWED_HOSTS = [BASE_HOST, f".{BASE_HOST}"]
_origin = f"{BASE_HOST}:{BASE_PORT}" if BASE_PORT else BASE_HOST
CSRF_TRUSTED_ORIGINS = [f"{BASE_SCHEME}://{_origin}", f"{BASE_SCHEME}://*.{_origin}"]
READER_ALLOW = env.endpoints("READER_ALLOW")  # host:port pairs the website reader may reach although private
if READER_ALLOW and not LOCAL:
    raise ImproperlyConfigured(
        "READER_ALLOW opens private addresses to the website reader: unset it in production."
    )

ARES_URL = env.text("ARES_URL")  # the register of companies; empty: the sample that comes with PostHub

# -- Applications -------------------------------------------------------------------------------
INSTALLED_APPS = [*SHARED_APPS, *TENANT_APPS]
if TESTING:
    # Inside the tenant's, whose look-up is kept over requests.
    MIDDLEWARE.insert(
        MIDDLEWARE.index("posthub.core.tenancy.TenantMiddleware") + 1,
        "posthub.core.statements.StatementsMiddleware",
    )
ROOT_URLCONF = "posthub.urls.tenant"
PUBLIC_SCHEMA_URLCONF = "posthub.urls.public"
WSGI_APPLICATION = "posthub.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["django_tenants.W003"]

# -- Tenancy ------------------------------------------------------------------------------------
TENANT_MODEL = "organizations.Organization"
TENANT_DOMAIN_MODEL = "organizations.Domain"
TENANT_LIMIT_SET_CALLS = True
ROLE_PROBLEM = "posthub.organizations.roles.problem"
ORGANIZATION_ROLES = env.text("ORGANIZATION_ROLES", "auto", choices=("auto", "on", "off"))
TENANT_OF_HOST = "posthub.organizations.queries.tenant_of_host"
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter", "posthub.core.belonging.BelongingRouter"]
MIGRATION_LOCK_TIMEOUT_MS = 2000
SCHEMAS_PER_CONNECTION = env.whole("SCHEMAS_PER_CONNECTION", 100, least=1)

# -- Database, cache, files ---------------------------------------------------------------------
DATABASE_URL = env.secret("DATABASE_URL") or embedded.database_url(DATA_DIR)
DATABASES = {"default": parse_database_url(DATABASE_URL)}
DATABASE_POOL = env.whole("DATABASE_POOL", 0, most=1000)
if DATABASE_POOL:
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": DATABASE_POOL, "timeout": 30}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
REDIS_URL = env.secret("REDIS_URL") or ""
_cache = "redis.RedisCache" if REDIS_URL else "locmem.LocMemCache"
CACHES = {
    "default": {
        "BACKEND": f"django.core.cache.backends.{_cache}",
        "LOCATION": REDIS_URL,
        "KEY_FUNCTION": "django_tenants.cache.make_key",
    }
}
MEDIA_ROOT = DATA_DIR / "media"
EXPORT_ROOT = DATA_DIR / "exports"  # of erased organizations; never served
STORAGES = {
    "default": parse_media_storage(
        env.text("MEDIA_STORAGE"),
        key=env.secret("MEDIA_STORAGE_KEY"),
        secret=env.secret("MEDIA_STORAGE_SECRET"),
    ),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_URL = "/static/" if DEBUG else f"/static/{version_of(ROOT / 'static')}/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [ROOT / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DOCUMENT_MAX_BYTES = env.whole("DOCUMENT_MAX_BYTES", 10 * 1024 * 1024, least=1024)

# -- Templates ----------------------------------------------------------------------------------
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "posthub.ui.loader.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "posthub.ui.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "posthub.ui.context.shell",
                "posthub.backoffice.context.places",
            ],
        },
    }
]
FORM_RENDERER = "posthub.ui.renderer.FormRenderer"

# -- People -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "posthub.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "posthub.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = BASE_SCHEME
ACCOUNT_USER_DISPLAY = "posthub.accounts.adapter.display_name"
STAFF_SECOND_FACTOR = env.flag("STAFF_SECOND_FACTOR", not (DEBUG or DEMO or TESTING))
MFA_ADAPTER = "posthub.accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL  # plain http on *.localhost, which browsers count as safe
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "posthub.accounts.tokens.PasswordResetTokens"  # noqa: S105 (a class)
SESSION_ENGINE = "posthub.core.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
# Cookies are host-only: no SESSION_COOKIE_DOMAIN, so a fault on one organization's host stays there.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True

# -- Payments -----------------------------------------------------------------------------------
STRIPE_SECRET_KEY = env.secret("STRIPE_SECRET_KEY") or ""  # none: everybody stays on the trial
if not re.fullmatch(r"((sk|rk)_(test|live)_[a-zA-Z0-9]{24,})?", STRIPE_SECRET_KEY):
    raise ImproperlyConfigured("STRIPE_SECRET_KEY: expected a key that begins with sk_ or rk_.")
STRIPE_LIVE_MODE = "_live_" in STRIPE_SECRET_KEY[:8]
STRIPE_WEBHOOK_SECRET = env.secret("STRIPE_WEBHOOK_SECRET") or ""  # two, while one replaces another
STRIPE_API_VERSION = "2026-05-27.dahlia"  # the one dj-stripe 2.11 was made for; objects change with it
STRIPE_API_HOST = env.url("STRIPE_API_HOST", "https://api.stripe.com")
_pay_at = ["https://checkout.stripe.com", "https://billing.stripe.com"]
if STRIPE_API_HOST != "https://api.stripe.com":
    _pay_at = [STRIPE_API_HOST]
if _pay_at == [STRIPE_API_HOST] and not LOCAL:
    raise ImproperlyConfigured("STRIPE_API_HOST is for a stand-in on this machine: unset it in production.")
STRIPE_SECONDS = env.whole("STRIPE_SECONDS", 4, least=1, most=60)  # one question

# -- Security headers ---------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 0 if LOCAL else 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not LOCAL
SECURE_SSL_REDIRECT = False  # the TLS proxy redirects; health checks come in plain
SECURE_PROXY_SSL_HEADER = None if LOCAL else ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = content_policy(BASE_SCHEME, _origin, pay_at=_pay_at)

# -- Languages and time -------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("cs", "Čeština"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = "posthub.core.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Prague"

# -- Mail ---------------------------------------------------------------------------------------
EMAIL_BACKEND = env.text(
    "EMAIL_BACKEND",
    "posthub.demo.mail.MailboxBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.whole("EMAIL_PORT", 25, least=1, most=65535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"PostHub <noreply@{BASE_HOST}>")

# -- Background work ----------------------------------------------------------------------------
# queue: (jobs at a time, seconds one may take)
QUEUES = {
    "default": (4, 120),
    "quick": (4, 10),
    "ai_jobs": (2, 180),
    "ai_priority": (2, 240),
    "scheduled": (1, 300),
}
# name in the health report → what fills it
HEALTH_REPORTS = {
    "queues": "posthub.jobs.queries.queue_health",
    "in_maintenance": "posthub.organizations.queries.count_in_maintenance",
}
ORGANIZATION_WORK = "posthub.jobs.closing.call_off"  # what ends an organization's work when it is deleted
JOB_LEASE_SECONDS = env.whole("JOB_LEASE_SECONDS", 20, least=2)
JOB_MAX_ATTEMPTS = env.whole("JOB_MAX_ATTEMPTS", 5, least=1)
WORKER_STOP_SECONDS = env.whole("WORKER_STOP_SECONDS", 20, least=1)
SWEEP_SECONDS = env.whole("SWEEP_SECONDS", 2, least=1)
# Follow-on work waits, so that undo is free; in the demo as long as undo stands in place.
GRACE_SECONDS = env.whole("GRACE_SECONDS", 0 if TESTING else 10 if DEMO else 60)

# -- AI -----------------------------------------------------------------------------------------
AI_PROVIDERS = catalogue.PROVIDERS
# Whom to ask, first to last, "provider" or "provider:model"; routes in the admin go before these.
AI_CHAINS = {
    "text": catalogue.known("AI_CHAIN", env.words("AI_CHAIN", ("offline",))),
    "image": catalogue.known("AI_IMAGE_CHAIN", env.words("AI_IMAGE_CHAIN", ("offline",))),
    "video": catalogue.known("AI_VIDEO_CHAIN", env.words("AI_VIDEO_CHAIN")),
}
AI_ACCESS: dict[str, dict[str, Any]] = {
    "gemini": {
        "base_url": env.url("GEMINI_BASE_URL", "https://generativelanguage.googleapis.com"),
        "key": env.secret("GEMINI_API_KEY") or "",
    },
    "perplexity": {
        "base_url": env.url("PERPLEXITY_BASE_URL", "https://api.perplexity.ai"),
        "key": env.secret("PERPLEXITY_API_KEY") or "",
    },
    "openai_compatible": {
        "base_url": env.url("OPENAI_BASE_URL", "http://127.0.0.1:11434/v1"),
        "key": env.secret("OPENAI_API_KEY") or "",
        "answers": env.text("OPENAI_ANSWERS", "json_schema", choices=("json_schema", "json_object", "none")),
    },
}
AI_MODELS = {
    "gemini": {
        "text": env.text("GEMINI_MODEL", "gemini-3.8-flash"),
        "image": env.text("GEMINI_IMAGE_MODEL", "gemini-3.1-flash-image"),
    },
    "perplexity": {"text": env.text("PERPLEXITY_MODEL", "sonar")},
    "openai_compatible": {"text": env.text("OPENAI_MODEL", "llama3.3")},
    "omni": {"video": env.text("OMNI_MODEL", "gemini-omni-1.2-flash")},
    "veo": {"video": env.text("VEO_MODEL", "veo-3.1-generate-preview")},
}
AI_CONNECT_SECONDS = env.whole("AI_CONNECT_SECONDS", 5, least=1, most=30)
AI_READ_SECONDS = env.whole("AI_READ_SECONDS", 60, least=1, most=160)
# One question with all its tries; below the shortest of the queues that ask, so that the job can still say why.
AI_CALL_SECONDS = env.whole("AI_CALL_SECONDS", 110, least=1, most=QUEUES["ai_jobs"][1] - 10)
AI_BUDGET_USD = env.whole("AI_BUDGET_USD", 25)
AI_ATTEMPTS = 3
AI_FILM_POLL_SECONDS = 0.01 if TESTING else 5
AI_FILM_SECONDS = 200  # of polling in one go, below the limit of its queue; then the queue asks again
AI_FAILURES = 5  # in a row, and a provider is left alone for half a minute
AI_BACKOFF_SECONDS = 0.01 if TESTING else 0.5
AI_LONGEST_PAUSE_SECONDS = 15  # longer pauses are the queue's, which does not hold a worker for them
AI_ANSWERS = catalogue.ANSWERS
AI_LANGUAGE_GUESS = "posthub.content.languages.guess"

# -- Plans ---------------------------------------------------------------------------------------
DJSTRIPE_SUBSCRIBER_MODEL = "organizations.Organization"
DJSTRIPE_FOREIGN_KEY_TO_FIELD = "id"
MIGRATION_MODULES = {"djstripe": "posthub.billing.mirror.migrations"}
# What plans limit belongs to other apps: who counts it (organization → an expression of a statement about it), who
# gives some of it up when a smaller plan begins ((organization, what was chosen) → None), and what a bought one brings.
PLAN_GAUGES = {
    "personas": "posthub.personas.queries.count_active",
    "networks": "posthub.billing.queries.count_networks",
    "seats": "posthub.organizations.queries.count_seats",
    "companies": "posthub.company.queries.count_companies",
}
PLAN_ROOM = "posthub.billing.operations.require_room"
PLAN_LEAVING = {
    "personas": "posthub.personas.operations.give_up",
    "networks": "posthub.billing.operations.give_up_networks",
}
PLAN_CHOICES = {
    "personas": "posthub.personas.queries.active_choices",
    "networks": "posthub.billing.queries.network_choices",
}
PLAN_STARTED = "posthub.content.operations.topics.propose_first_month"

# What an organization's log is about is known elsewhere too: ("kind:id", …) → their titles and pages.
ACTIVITY_NAMES = "posthub.content.log_names.named"

# -- Logs ---------------------------------------------------------------------------------------
LOG_LEVEL = env.text("LOG_LEVEL", "INFO", choices=("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = lines_to_stderr(LOG_LEVEL)
