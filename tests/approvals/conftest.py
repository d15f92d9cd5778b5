from tests.shelf import back, shelf

__all__ = ["back", "shelf"]
