"""The apps of the public schema and of each organization's, and the way of a request through them."""

SHARED_APPS = [
    "django.contrib.admin",  # before django_tenants, whose admin templates expect a tenant on the apex host
    "django_tenants",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # the admin draws its fields with these templates
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "posthub.core",
    "posthub.ui",
    "posthub.audit",
    "posthub.accounts",
    "posthub.organizations",
    "posthub.jobs",
    "posthub.worklist",
    "posthub.ai",
    "posthub.billing.mirror.apps.MirrorConfig",  # dj-stripe
    "posthub.billing",
    "posthub.backoffice",
    "posthub.demo",
]
TENANT_APPS = [
    "posthub.lifecycle",
    "posthub.company",
    "posthub.personas",
    "posthub.content",
    "posthub.approvals",
    "posthub.delivery",
    "posthub.notifications",
]

MIDDLEWARE = [
    "posthub.core.health.HealthMiddleware",
    # Before tenancy: what pages look like is nobody's secret, and is there while the database is not.
    "django.middleware.security.SecurityMiddleware",
    "posthub.core.static.StaticMiddleware",
    # Packed here, because not every installation has a proxy in front that does it.
    "django.middleware.gzip.GZipMiddleware",
    "posthub.core.tenancy.TenantMiddleware",
    # Before whatever asks the database for a word of the request.
    "posthub.core.incoming.NullBytesMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "posthub.accounts.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "posthub.accounts.middleware.PersonLanguageMiddleware",
    "posthub.accounts.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "posthub.organizations.access.AccessMiddleware",
    "posthub.billing.freeze.FreezeMiddleware",
    "posthub.core.pages.MethodMiddleware",
    "posthub.core.htmx.ReplyMiddleware",
]
