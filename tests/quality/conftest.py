from tests.content.conftest import work

__all__ = ["work"]
