"""The throwaway servers are real, private and gone afterwards; a missing one is said, not skipped."""

from urllib.parse import urlsplit

import psycopg2
import pytest
import redis

from tests.services import servers


def test_postgresql_is_real_and_goes_away():
    with servers.postgresql() as url:
        connection = psycopg2.connect(url)
        with connection.cursor() as cursor:
            cursor.execute("SELECT version(), current_database(), current_setting('fsync')")
            version, name, fsync = cursor.fetchone()
        connection.close()
        port = urlsplit(url).port
    assert version.startswith("PostgreSQL")
    assert (name, fsync) == ("spring", "off")
    assert not servers.listens(port)


def test_postgresql_stops_while_a_client_is_still_there():
    with servers.postgresql() as url:
        connection = psycopg2.connect(url)
    assert not servers.listens(urlsplit(url).port)
    connection.close()


def test_redis_is_real_and_goes_away():
    with servers.redis() as url:
        client = redis.Redis.from_url(url)
        client.set("kettle", "on")
        assert client.get("kettle") == b"on"
        client.close()
    assert not servers.listens(urlsplit(url).port)


def test_a_missing_redis_is_said_with_the_line_to_type(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(servers.Missing, match=r"apt-get install .* redis-server"), servers.redis():
        pass


def test_a_missing_postgresql_is_said_with_the_line_to_type(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(servers, "DEBIAN_POSTGRESQL", tmp_path)
    with pytest.raises(servers.Missing, match=r"apt-get install .* postgresql"):
        servers.postgresql_programs()


def test_waiting_gives_up_and_says_what_for():
    with pytest.raises(AssertionError, match="the kettle"):
        servers.wait_until(lambda: False, 0.2, "the kettle")
