"""The production settings with the real things: PostgreSQL, Redis, gunicorn, a worker and beat."""

import hashlib
import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import psycopg2
import pytest
import redis
from bs4 import BeautifulSoup

from tests.services.servers import free_port, listens, running, wait_until

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = "spring.example"


class Production:
    """What is running, and how to talk to it as the proxy in front of it would."""

    def __init__(self, folder: Path, database_url: str, broker_url: str) -> None:
        self.database_url = database_url
        self.broker_url = broker_url
        self.mail = folder / "mail"
        self.port = free_port()
        secret = folder / "secret_key"
        secret.write_text("a-long-word-from-a-file-" * 4 + "\n")
        ours = {name: word for name, word in os.environ.items() if not name.startswith("SPRING_")}
        self.environment = {
            **ours,
            "DJANGO_SETTINGS_MODULE": "spring.settings.production",
            "SECRET_KEY_FILE": str(secret),
            "ALLOWED_HOSTS": HOST,
            "DATABASE_URL": database_url,
            "REDIS_URL": broker_url,
            "EMAIL_URL": f"filemail:///{self.mail}",
            "SPRING_BASE_URL": f"https://{HOST}",
            "SPRING_VAR": str(folder / "var"),
        }

    def manage(self, *words: str) -> str:
        asked = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert asked.returncode == 0, asked.stderr
        return asked.stdout

    def ask(
        self, method: str, path: str, body: str = "", **headers: str
    ) -> tuple[http.client.HTTPResponse, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        proxied = {"Host": HOST, "X-Forwarded-Proto": "https", **headers}
        connection.request(method, path, body or None, proxied)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer, text

    def worker_state(self) -> str:
        return json.loads(self.ask("GET", "/readyz")[1]).get("worker", "")

    def query(self, statement: str, *values: object) -> list[tuple]:
        with psycopg2.connect(self.database_url) as connection, connection.cursor() as cursor:
            cursor.execute(statement, values)
            found = cursor.fetchall() if cursor.description else []
        connection.close()
        return found

    def letters_to(self, address: str) -> list[str]:
        texts = [path.read_text() for path in self.mail.glob("*")] if self.mail.exists() else []
        return [text for text in texts if f"To: {address}" in text]

    def forget_password(self, address: str) -> None:
        """Ask for a new password as a person would: open the form, send it."""
        answer, page = self.ask("GET", "/password/forgotten/")
        assert answer.status == 200, page
        jar = SimpleCookie()
        for line in answer.headers.get_all("Set-Cookie") or []:
            jar.load(line)
        cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())
        token = BeautifulSoup(page, "html5lib").find(attrs={"name": "csrfmiddlewaretoken"})
        fields = {"csrfmiddlewaretoken": token["value"], "email": address}
        sent, page = self.ask(
            "POST",
            "/password/forgotten/",
            urlencode(fields),
            **{
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": cookie,
                "Origin": f"https://{HOST}",
            },
        )
        assert sent.status == 302, page


@pytest.fixture(scope="module")
def production(tmp_path_factory, database_url, broker_url) -> Iterator[Production]:
    folder = tmp_path_factory.mktemp("production")
    spring = Production(folder, database_url, broker_url)
    spring.manage("migrate", "--noinput")
    spring.manage("createcachetable")
    spring.manage("collectstatic", "--noinput", "--verbosity", "0")
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "-A", "spring"]
    schedule = folder / "schedule"
    parts = {
        "web": [*python, "gunicorn", "--bind", f"127.0.0.1:{spring.port}", "--worker-class",
                "gthread", "--threads", "4", "--no-control-socket", "spring.wsgi:application"],
        "worker": [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO"],
        "beat": [*celery, "beat", "--schedule", schedule, "--pidfile", "", "--loglevel", "INFO"],
    }  # fmt: skip
    with ExitStack() as stack:
        for name, command in parts.items():
            log = folder / f"{name}.log"
            options = {"env": spring.environment, "cwd": ROOT}
            stack.enter_context(running(command, log, **options))
        wait_until(lambda: listens(spring.port), 60, "gunicorn did not start")
        wait_until(lambda: spring.worker_state() == "alive", 90, "no sign of life from the worker")
        yield spring


@pytest.fixture
def somebody(production) -> Iterator[str]:
    """A person with an account, known to production's own database."""
    address = f"somebody-{free_port()}@spring.example"
    production.manage(
        "shell",
        "-c",
        "from django.contrib.auth import get_user_model; "
        f"get_user_model().objects.create_user(email={address!r}, name='Some Body', "
        "password='a long enough pass phrase')",
    )
    return address


def test_a_message_written_by_a_request_is_mailed_once_by_the_worker(production, somebody):
    production.forget_password(somebody)
    wait_until(lambda: production.letters_to(somebody), 30, "no mail was sent")
    [(status, attempts)] = production.query(
        "SELECT status, attempts FROM core_message m JOIN accounts_user u ON u.id = m.recipient_id "
        "WHERE u.email = %s",
        somebody,
    )
    assert (status, attempts) == ("sent", 1)
    assert len(production.letters_to(somebody)) == 1


def test_emptying_redis_loses_nothing(production, somebody):
    broker = redis.Redis.from_url(production.broker_url)
    broker.flushall()
    production.forget_password(somebody)
    broker.flushall()
    broker.close()
    wait_until(lambda: production.letters_to(somebody), 60, "the message was lost with Redis")
    assert len(production.letters_to(somebody)) == 1


def test_plain_http_is_sent_to_https_and_an_unknown_host_is_refused(production):
    answer, _ = production.ask("GET", "/", **{"X-Forwarded-Proto": "http"})
    assert answer.status == 301
    assert answer.headers["Location"] == f"https://{HOST}/"
    answer, _ = production.ask("GET", "/", Host="elsewhere.example")
    assert answer.status == 400


def test_the_public_home_and_its_style_sheet_are_served(production):
    answer, page = production.ask("GET", "/")
    assert answer.status == 200
    sheets = [link["href"] for link in BeautifulSoup(page, "html5lib").find_all(rel="stylesheet")]
    assert sheets
    for sheet in sheets:
        answer, _ = production.ask("GET", sheet)
        assert answer.status == 200
        assert "immutable" in answer.headers["Cache-Control"]


def test_a_report_that_was_asked_for_is_made_whole_by_the_worker(production):
    production.manage(
        "shell",
        "-c",
        "from reports.actions import request_report; from reports.periods import Month; "
        "request_report(by=None, month=Month(2026, 9))",
    )

    def status() -> str:
        return production.query("SELECT status FROM reports_report WHERE month = '2026-09'")[0][0]

    wait_until(lambda: status() in ("ready", "failed"), 120, "the worker made no report")
    assert status() == "ready"
    [(content, digest)] = production.query(
        "SELECT f.content, f.sha256 FROM reports_reportfile f JOIN reports_report r "
        "ON r.id = f.report_id WHERE r.month = '2026-09'"
    )
    assert bytes(content).startswith(b"%PDF-1.7")
    assert hashlib.sha256(content).hexdigest() == digest
