"""The few errors that have a meaning for people. Each says what happened and what to do next."""

from typing import Any


class PostHubError(Exception):
    """`message` is a whole sentence in the reader's language."""

    status = 400

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class WrongState(PostHubError):
    """The object is no longer where this action starts from."""

    status = 409


class Stale(PostHubError):
    """The text changed after it was shown; `subject` is the object as it is now, `seen` the hash of what was shown."""

    status = 409

    def __init__(self, message: str = "", *, subject: Any = None, seen: str = "") -> None:
        super().__init__(message)
        self.subject = subject
        self.seen = seen


class OverAllowance(PostHubError):
    """The plan's allowance of `feature` is used up."""

    status = 403

    def __init__(self, message: str = "", *, feature: str = "", used: int = 0, limit: int = 0) -> None:
        super().__init__(message)
        self.feature = feature
        self.used = used
        self.limit = limit


class Refused(PostHubError):
    """What came in cannot be used; the message says why and what would be. `subject` is what it is about."""

    status = 422

    def __init__(self, message: str = "", *, subject: Any = None) -> None:
        super().__init__(message)
        self.subject = subject


class WorkFailed(PostHubError):
    """Background work that could not be done; `message` is the cause in plain words.

    `permanent` is True where trying again would fail again; `retry_after` is seconds, where the other
    side named them.
    """

    def __init__(self, cause: str, *, permanent: bool, retry_after: float | None = None) -> None:
        super().__init__(cause)
        self.cause = cause
        self.permanent = permanent
        self.retry_after = retry_after
