import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from posthub.core.secret_key import secret_key


def test_a_key_is_made_once_and_kept_to_its_owner(tmp_path: Path) -> None:
    home = tmp_path / "data"
    key = secret_key(home)
    assert (len(key) >= 50, secret_key(home) == key) == (True, True)
    assert stat.S_IMODE((home / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in home.iterdir()] == ["secret-key"]


def test_another_installation_has_another_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(secret_key, (tmp_path / "a", tmp_path / "b"))
    assert first != second
