import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from posthub.core import postgres_binaries
from posthub.core.embedded import EmbeddedPostgres, database_url, serving, socket_directory
from posthub.core.env import parse_database_url
from posthub.core.postgres_binaries import EmbeddedError, Installation, Privileges

ROOT = Path(__file__).resolve().parents[2]
BUSY = """
import sys, psycopg
with psycopg.connect(sys.argv[1]) as session:
    print("busy", flush=True)
    session.execute("SELECT count(*) FROM generate_series(1, 100000000000) n WHERE n % 7 = 8")
"""


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    directory = tmp_path_factory.mktemp("cluster")
    yield directory
    EmbeddedPostgres(directory).stop()


@pytest.fixture
def server(data_dir: Path) -> EmbeddedPostgres:
    server = EmbeddedPostgres(data_dir, durable=False)
    server.start()
    return server


def ask(server: EmbeddedPostgres, query: str) -> object:
    with psycopg.connect(server.url, autocommit=True) as session:
        row = session.execute(query).fetchone()
        return row[0] if row else None


def wait_until_gone(server: EmbeddedPostgres) -> None:
    end = time.monotonic() + 10
    while server.pid() is not None and time.monotonic() < end:
        time.sleep(0.02)
    assert server.pid() is None


def launch(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "posthub.core.embedded", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_it_serves_the_database_posthub_to_the_role_posthub(server: EmbeddedPostgres) -> None:
    assert ask(server, "SELECT current_user || '@' || current_database()") == "posthub@posthub"
    assert ask(server, "SELECT rolsuper FROM pg_roles WHERE rolname = 'posthub'") is False


def test_it_listens_on_a_private_socket_only(server: EmbeddedPostgres) -> None:
    assert ask(server, "SHOW listen_addresses") == ""
    assert socket_directory(server.data_dir).stat().st_mode & 0o777 == 0o700


def test_the_socket_path_is_short_however_deep_the_data_lies(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a-rather-long-directory-name"] * 9)
    assert len(str(socket_directory(deep) / ".s.PGSQL.5432")) < 107


def test_two_data_directories_have_two_sockets(tmp_path: Path) -> None:
    assert database_url(tmp_path / "one") != database_url(tmp_path / "two")


def test_a_running_server_is_not_started_again(server: EmbeddedPostgres) -> None:
    pid = server.pid()
    assert server.start() is False
    assert server.pid() == pid


def test_settings_can_read_its_address(server: EmbeddedPostgres) -> None:
    parsed = parse_database_url(server.url)
    assert parsed["HOST"] == str(server.socket_dir)
    assert (parsed["NAME"], parsed["USER"], parsed["PORT"]) == ("posthub", "posthub", "5432")


def test_committed_rows_survive_a_killed_server(server: EmbeddedPostgres) -> None:
    server.stop()
    server = EmbeddedPostgres(server.data_dir)
    server.start()
    with psycopg.connect(server.url, autocommit=True) as session:
        session.execute("CREATE TABLE kept (word text)")
        session.execute("INSERT INTO kept VALUES ('still here')")
    pid = server.pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    wait_until_gone(server)
    assert server.start() is True
    assert ask(server, "SELECT word FROM kept") == "still here"


def test_a_session_that_outlives_a_killed_server_is_ended_first(server: EmbeddedPostgres) -> None:
    loop = subprocess.Popen(
        [sys.executable, "-c", BUSY, server.url], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert loop.stdout is not None
    assert loop.stdout.readline() == "busy\n"
    pid = server.pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    wait_until_gone(server)
    assert server.start() is True
    assert ask(server, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%generate_series%'") == 1
    assert loop.wait(timeout=10) != 0


def test_a_stale_pid_file_naming_a_living_process_is_no_obstacle(server: EmbeddedPostgres) -> None:
    server.stop()
    (server.cluster / "postmaster.pid").write_text(f"{os.getpid()}\n{server.cluster}\n")
    assert server.pid() is None
    assert server.start() is True


def test_a_server_whose_socket_was_swept_away_is_replaced(server: EmbeddedPostgres) -> None:
    for left in socket_directory(server.data_dir).iterdir():
        left.unlink()
    socket_directory(server.data_dir).rmdir()
    assert server.start() is True
    assert ask(server, "SELECT 1") == 1


def test_serving_leaves_a_server_alone_that_was_running_before(server: EmbeddedPostgres) -> None:
    with serving(server.data_dir) as url:
        assert url == server.url
    assert server.pid() is not None


def test_a_stopped_server_is_gone(server: EmbeddedPostgres) -> None:
    assert server.stop() is True
    assert server.pid() is None
    assert server.stop() is False


def test_run_keeps_the_exit_code_and_stops_what_it_started(data_dir: Path) -> None:
    EmbeddedPostgres(data_dir).stop()
    probe = "import os,psycopg; psycopg.connect(os.environ['DATABASE_URL']); raise SystemExit(7)"
    child = launch("run", "--fast", "--data-dir", str(data_dir), "--", sys.executable, "-c", probe)
    child.communicate(timeout=60)
    assert child.returncode == 7
    assert EmbeddedPostgres(data_dir).pid() is None


def test_run_hands_signals_on(data_dir: Path) -> None:
    script = "trap 'exit 9' TERM; echo up; while :; do sleep 0.1; done"
    child = launch("run", "--fast", "--data-dir", str(data_dir), "--", "sh", "-c", script)
    assert child.stdout is not None
    assert child.stdout.readline() == "up\n"
    child.terminate()
    assert child.wait(timeout=30) == 9
    assert EmbeddedPostgres(data_dir).pid() is None


def test_a_server_ends_with_the_process_it_is_tied_to(data_dir: Path) -> None:
    child = launch("run", "--fast", "--data-dir", str(data_dir), "--", "sh", "-c", "echo up; read _")
    assert child.stdout is not None
    assert child.stdout.readline() == "up\n"
    server = EmbeddedPostgres(data_dir)
    assert server.pid() is not None
    child.kill()
    child.wait(timeout=10)
    wait_until_gone(server)


def test_status_tells_by_its_exit_code(data_dir: Path) -> None:
    child = launch("status", "--data-dir", str(data_dir))
    assert child.communicate(timeout=30)[0] == "not running\n"
    assert child.returncode == 3


def test_a_cluster_of_a_missing_version_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "PG_VERSION").write_text("9\n")
    with pytest.raises(EmbeddedError, match="made by PostgreSQL 9"):
        postgres_binaries.installation_for(tmp_path)


def test_a_socket_directory_of_somebody_else_is_refused(tmp_path: Path) -> None:
    directory = socket_directory(tmp_path)
    directory.symlink_to("/")
    try:
        with pytest.raises(EmbeddedError, match="belongs to somebody else"):
            EmbeddedPostgres(tmp_path, durable=False).start()
    finally:
        directory.unlink()


@pytest.mark.parametrize("kind", ["own", "namespace", "nobody"])
def test_each_way_of_running_wraps_the_command_its_own_way(kind: str) -> None:
    wrapped = Privileges(kind).wrap(["postgres"], tied=True)  # type: ignore[arg-type]
    expected = {"own": "setpriv", "namespace": "unshare", "nobody": "setpriv"}
    assert (wrapped[0], wrapped[-1]) == (expected[kind], "postgres")


def test_nobody_gets_a_place_that_everybody_can_reach(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    public = tmp_path / "public"
    assert Privileges("nobody", public).place_for(closed, "abc") == public / "abc"
    assert Privileges("own", public).place_for(closed, "abc") == closed


def test_a_refused_connection_is_not_taken_for_a_server(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path)
    server.socket_dir.mkdir(mode=0o700)
    listener = socket.socket(socket.AF_UNIX)
    try:
        listener.bind(str(server.socket_dir / ".s.PGSQL.5432"))
        assert server.accepts_connections() is False
    finally:
        listener.close()
        (server.socket_dir / ".s.PGSQL.5432").unlink()
        server.socket_dir.rmdir()


def test_started_by_hand_it_outlives_the_command(tmp_path: Path) -> None:
    started = launch("start", "--fast", "--data-dir", str(tmp_path))
    assert started.communicate(timeout=60)[0] == f"{database_url(tmp_path)}\n"
    server = EmbeddedPostgres(tmp_path)
    try:
        assert server.pid() is not None
        assert launch("status", "--data-dir", str(tmp_path)).wait(timeout=30) == 0
    finally:
        launch("stop", "--data-dir", str(tmp_path)).wait(timeout=30)
    assert server.pid() is None


def test_nobody_reaches_a_copy_where_the_programs_lie_behind_a_closed_door(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    (closed / "bin").mkdir(parents=True)
    closed.chmod(0o700)
    (closed / "bin" / "postgres").write_text("program")
    public = tmp_path / "public"
    moved = Privileges("nobody", public).prepare(Installation(closed / "bin", 18), public / "abc")
    assert (moved.bin / "postgres").read_text() == "program"
    assert (
        Privileges("own", public).prepare(Installation(closed / "bin", 18), public / "abc").bin
        == closed / "bin"
    )
