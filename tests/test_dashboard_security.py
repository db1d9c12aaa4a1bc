"""What the server lets the browser do, and that comment text stays text on every page."""

import asyncio
import json
import tomllib
from pathlib import Path

import pytest
from make_hostile import ELSEWHERE, make_hostile
from streamlit.file_util import get_static_dir
from streamlit.testing.v1 import AppTest

from dashboards.security import SecurityHeaders, policy
from rfc_analyzer.serving import ANALYSIS_VARIABLE, HOME_VARIABLE

DASHBOARDS = Path(__file__).resolve().parents[1] / "dashboards"
SCREENS = sorted(path.stem for path in (DASHBOARDS / "screens").glob("[a-z]*.py"))
# what Streamlit reads as Markdown or HTML, as the names of protocol messages and of their fields
MARKED_UP = {"markdown": ("body",), "heading": ("body",), "alert": ("body",), "html": ("body",), "toast": ("body",)}
LABELS = ("label", "help")


def response_headers(host="127.0.0.1:8501"):
    """Headers of a response that passes the middleware."""
    sent = []

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x-frame-options", b"ALLOWALL")]})

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "headers": [(b"host", host.encode())]}
    asyncio.run(SecurityHeaders(app)(scope, None, send))
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def directives(text):
    return {name: sources.split() for name, _, sources in (part.partition(" ") for part in text.split("; "))}


def test_scripts_come_from_the_server_only_and_are_not_made_of_text():
    scripts = directives(policy())["script-src"]
    assert scripts[0] == "'self'"
    assert all(source.startswith("'sha256-") for source in scripts[1:])
    inline = (Path(get_static_dir()) / "index.html").read_text(encoding="utf-8").count("<script>")
    assert len(scripts) == 1 + inline


def test_nothing_is_fetched_or_framed_from_elsewhere():
    found = directives(policy())
    assert found["default-src"] == ["'none'"]
    assert found["img-src"] == ["'self'", "data:", "blob:"]
    for name in ("frame-src", "object-src", "base-uri", "form-action", "frame-ancestors"):
        assert found[name] == ["'none'"]


def test_every_response_carries_the_headers_once():
    headers = response_headers()
    assert headers["content-security-policy"] == policy("127.0.0.1:8501")
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("host", ["evil.invalid; script-src *", "a b", "x\u00e9", "", "a,b", "host:80/x"])
def test_a_strange_host_does_not_widen_the_policy(host):
    assert directives(policy(host))["connect-src"] == ["'self'"]


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost", "[::1]:8501", "dockets.example.org"])
def test_sockets_go_to_the_same_host(host):
    assert directives(policy(host))["connect-src"] == ["'self'", f"ws://{host}", f"wss://{host}"]


def test_the_server_is_local_and_tells_nobody():
    settings = tomllib.loads((DASHBOARDS / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    server = settings["server"]
    assert server["address"] == "127.0.0.1"
    assert server["enableXsrfProtection"]
    assert server["enableCORS"]
    assert server["allowedHosts"] == ["127.0.0.1", "localhost"]
    assert not settings["browser"]["gatherUsageStats"]
    assert settings["client"]["showErrorDetails"] == "none"


def elements(block):
    for child in block.children.values():
        if hasattr(child, "children"):
            yield child
            yield from elements(child)
        else:
            yield child


def rendered(app):
    """(kind, text) of everything on the screen that Streamlit reads as Markdown or HTML."""
    for element in elements(app._tree):
        message = getattr(element, "proto", None)
        if message is None:
            continue
        kind = type(message).__name__.lower()
        if kind == "block":
            kind = message.WhichOneof("type") or ""
            message = getattr(message, kind) if kind else message
        for field in (*MARKED_UP.get(kind, ()), *LABELS):
            text = getattr(message, field, "")
            if isinstance(text, str) and text:
                yield kind, text


@pytest.fixture(scope="module")
def hostile_home(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    make_hostile(home / "hostile")
    return home


@pytest.mark.parametrize("screen", SCREENS)
def test_comment_text_is_never_markup(screen, hostile_home, monkeypatch):
    monkeypatch.setenv(HOME_VARIABLE, str(hostile_home))
    monkeypatch.delenv(ANALYSIS_VARIABLE, raising=False)
    app = AppTest.from_file(str(DASHBOARDS / "router.py"), default_timeout=60)
    app.query_params.update({"type": "individual", "theme": "T01", "proposition": "P1"})
    app.run()
    app.switch_page(f"screens/{screen}.py").run()
    assert not app.exception
    seen = list(rendered(app))
    assert seen, "nothing was looked at"
    for kind, text in seen:
        assert f"](http://{ELSEWHERE}" not in text, (kind, text)
        assert "**bold**" not in text, (kind, text)
        if kind == "html":
            assert not any(tag in text for tag in ("<script", "<img", "<iframe")), text


def test_the_net_catches_markup(hostile_home, tmp_path):
    """The check above can fail: a page that writes a title as Markdown is caught."""
    title = json.loads((hostile_home / "hostile" / "manifest.json").read_text())["docket"]["title"]
    page = tmp_path / "page.py"
    page.write_text(f"import streamlit as st\nst.caption({title!r})\nst.button({title!r})\n")
    app = AppTest.from_file(str(page)).run()
    caught = [kind for kind, text in rendered(app) if f"](http://{ELSEWHERE}" in text]
    assert caught == ["markdown", "button"]
