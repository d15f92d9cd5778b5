"""Sessions in the database, each of one host: signed for the schema it was begun in, and elsewhere no session."""

from typing import Any

from django.contrib.sessions.backends import db

from posthub.core.database import connection


class SessionStore(db.SessionStore):
    @property
    def key_salt(self) -> str:
        return f"posthub.sessions.{connection.schema_name}"

    @classmethod
    def get_model_class(cls) -> Any:
        return db.SessionStore.get_model_class()

    def load(self) -> dict[str, Any]:
        """Another host's session is not read, and not written over: what begins here gets a key of its own."""
        found: dict[str, Any] = super().load()
        if not found:
            self._session_key = None
        return found
