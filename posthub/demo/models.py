"""The demo's mailbox."""

from django.db import models


class StoredMail(models.Model):
    """One mail that PostHub would have sent; kept in the public schema until 500 newer ones came."""

    sent_at = models.DateTimeField(auto_now_add=True)
    recipients = models.CharField(max_length=500)
    sender = models.CharField(max_length=300)
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.subject
