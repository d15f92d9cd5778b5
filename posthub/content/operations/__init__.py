"""The human side of content: one function per verb a person can do."""

from posthub.content.operations.topics import (
    approve_topic,
    edit_topic,
    propose_another,
    propose_month,
    reject_topic,
)

__all__ = ["approve_topic", "edit_topic", "propose_another", "propose_month", "reject_topic"]
