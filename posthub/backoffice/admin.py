"""What records and their fields are called in the admin, for those that no page of ours names.

Said here and not in the models: nothing of it is stored, so no migration has to be written for a word.
"""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

APPS: dict[str, Any] = {
    "accounts": _("People"),
    "ai": _("AI"),
    "audit": _("Audit log"),
    "billing": _("Plans and billing"),
    "jobs": _("Background work"),
    "mfa": _("Second factors"),
    "organizations": _("Organizations"),
}
MODELS: dict[str, tuple[Any, Any]] = {
    "accounts.user": (_("person"), _("people")),
    "ai.callrecord": (_("call of an AI"), _("calls of an AI")),
    "audit.auditentry": (_("entry"), _("entries")),
    "billing.addon": (_("add-on"), _("add-ons")),
    "billing.exitsurvey": (_("word of farewell"), _("words of farewell")),
    "billing.invoice": (_("invoice"), _("invoices")),
    "billing.plan": (_("plan"), _("plans")),
    "billing.price": (_("price"), _("prices")),
    "billing.stripeevent": (_("message from Stripe"), _("messages from Stripe")),
    "billing.subscription": (_("subscription"), _("subscriptions")),
    "jobs.job": (_("job"), _("jobs")),
    "mfa.authenticator": (_("second factor"), _("second factors")),
    "organizations.assignment": (_("assigned marketer"), _("assigned marketers")),
    "organizations.domain": (_("address"), _("addresses")),
    "organizations.membership": (_("membership"), _("memberships")),
    "organizations.organization": (_("organization"), _("organizations")),
    "organizations.schemamigration": (_("state of a schema"), _("states of schemas")),
}
FIELDS: dict[str, Any] = {
    "about": _("about"),
    "account": _("account"),
    "action": _("what was done"),
    "actor_id": _("by whom (id)"),
    "add_on": _("add-on"),
    "amount": _("amount"),
    "answer": _("answer"),
    "answers": _("answers kept"),
    "asked_by": _("asked by"),
    "at": _("when"),
    "attempt": _("attempt"),
    "attempts": _("attempts"),
    "body": _("text"),
    "cancel_requested": _("to be cancelled"),
    "cancels_at": _("ends on"),
    "cause": _("cause"),
    "chain": _("log of"),
    "claimed_at": _("taken up"),
    "cost": _("cost"),
    "cost_from": _("cost known from"),
    "created_at": _("created"),
    "currency": _("currency"),
    "data": _("data"),
    "deleted_at": _("deleted"),
    "detail": _("detail"),
    "domain": _("host name"),
    "ended_at": _("ended"),
    "error": _("error"),
    "failures": _("failures in a row"),
    "fallback_by": _("rule switched on by (id)"),
    "fallback_since": _("rule holds since"),
    "fence": _("fence"),
    "fingerprint": _("set of migrations"),
    "finished_at": _("finished"),
    "hash": _("fingerprint"),
    "hinted_at": _("worker told"),
    "hosted_url": _("page at Stripe"),
    "input_tokens": _("tokens asked"),
    "interval": _("how often paid"),
    "is_primary": _("the main one"),
    "issued_at": _("issued"),
    "job_id": _("job (id)"),
    "key": _("key"),
    "kind": _("kind"),
    "last_cause": _("last cause"),
    "last_used_at": _("last used"),
    "lease_until": _("held until"),
    "leaving": _("is leaving"),
    "limit": _("limit"),
    "link_epoch": _("generation of links"),
    "manager": _("manager"),
    "marketer": _("marketer"),
    "max_attempts": _("most attempts"),
    "migrated_at": _("migrated"),
    "milliseconds": _("milliseconds"),
    "model": _("model"),
    "next_attempt_at": _("next attempt"),
    "next_interval": _("how often paid from then on"),
    "next_plan": _("next plan"),
    "number": _("number"),
    "open_until": _("not asked until"),
    "organization": _("organization"),
    "outcome": _("outcome"),
    "output_tokens": _("tokens answered"),
    "own_key": _("own key"),
    "paid_until": _("paid until"),
    "past_due_since": _("overdue since"),
    "payload": _("what was asked"),
    "pdf_url": _("PDF"),
    "period": _("month"),
    "period_end": _("period ends"),
    "period_start": _("period began"),
    "plan": _("plan"),
    "previous_hash": _("fingerprint before"),
    "progress": _("progress"),
    "prompt_name": _("prompt"),
    "prompt_version": _("version of the prompt"),
    "provider": _("provider"),
    "published_by": _("published by"),
    "queue": _("queue"),
    "received_at": _("received"),
    "reserved": _("reserved"),
    "result_url": _("where the result stands"),
    "retry_of": _("repeats"),
    "run_after": _("not before"),
    "schema_name": _("schema"),
    "sealed_key": _("sealed key"),
    "started_at": _("started"),
    "sign_outs": _("signed out elsewhere (times)"),
    "state": _("state"),
    "status": _("state"),
    "step": _("step"),
    "stripe_id": _("id at Stripe"),
    "subject": _("on what"),
    "taken_at": _("taken in"),
    "task": _("task"),
    "tenant": _("organization"),
    "terms_accepted_at": _("agreed to the terms"),
    "thinking_tokens": _("tokens thought"),
    "title": _("title"),
    "total": _("total"),
    "trial_ends": _("trial ends"),
    "type": _("kind"),
    "updated_at": _("changed"),
    "usage_since": _("counted since"),
    "use": _("use"),
    "used": _("used"),
    "user": _("person"),
    "version": _("version"),
}


def name_everything() -> None:
    for label, name in APPS.items():
        apps.get_app_config(label).verbose_name = name
        for model in apps.get_app_config(label).get_models():
            one, many = MODELS.get(model._meta.label_lower, (None, None))
            if one is not None:
                model._meta.verbose_name, model._meta.verbose_name_plural = one, many
            for field in model._meta.local_fields:
                if field.name in FIELDS and not isinstance(field.verbose_name, Promise):
                    field.verbose_name = FIELDS[field.name]


name_everything()
admin.site.site_header = admin.site.site_title = _("PostHub administration")
admin.site.index_title = _("Records")
