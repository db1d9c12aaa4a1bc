"""Signing in: a real provider's signed tokens, an allow-list, and analyses that belong to people."""

import json

import pytest
from browsing import PATIENCE_MS, Tab, browser, chromium, serve
from make_analysis import make_analysis
from playwright.sync_api import expect
from provide_identity import CLIENT_ID, CLIENT_SECRET, Provider

from dashboards.access import Person, give, is_allowed, owners_of

pytestmark = pytest.mark.browser
needs_browser = pytest.mark.skipif(chromium() is None, reason="no Chromium here: sh scripts/install_chromium.sh")


@pytest.mark.parametrize(
    ("email", "rules", "may"),
    [
        ("ann@agency.gov", ["ann@agency.gov"], True),
        ("ann@agency.gov", ["Ann@Agency.gov "], True),
        ("ann@agency.gov", ["@agency.gov"], True),
        ("ann@sub.agency.gov", ["@agency.gov"], False),
        ("ann@agency.gov.evil.example", ["@agency.gov"], False),
        ("ann@evilagency.gov", ["@agency.gov"], False),
        ("ann@agency.gov@evil.example", ["@agency.gov"], False),
        ("@agency.gov", ["@agency.gov"], False),
        ("ann@agency.gov", [], False),
        ("", [""], False),
    ],
)
def test_only_named_addresses_and_domains_may_come_in(email, rules, may):
    assert is_allowed(email, rules) is may


def test_what_belongs_to_somebody_is_open_to_them_alone(tmp_path):
    mine, nobodys = tmp_path / "mine", tmp_path / "nobodys"
    nobodys.mkdir()
    give(mine, ["Ann@Agency.gov"])
    ann, bob, head = Person("ann@agency.gov", False), Person("bob@agency.gov", False), Person("eve@agency.gov", True)
    assert owners_of(mine) == ("ann@agency.gov",)
    assert [p.may_open(mine) for p in (ann, bob, head)] == [True, False, True]
    assert [p.may_change(mine) for p in (ann, bob, head)] == [True, False, True]
    assert bob.may_open(nobodys) and not bob.may_change(nobodys)
    (mine / "owners.json").write_text(json.dumps("damaged"))
    assert not bob.may_change(mine)


@pytest.fixture(scope="module")
def provider():
    started = Provider()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def server(tmp_path_factory, provider):
    tmp_path = tmp_path_factory.mktemp("served")
    home = tmp_path / "home"
    make_analysis(home / "shared")
    give(make_analysis(home / "anns").folder, ["ann@agency.gov"])

    def secrets(port):
        path = tmp_path / "secrets.toml"
        path.write_text(
            f'[auth]\nredirect_uri = "http://127.0.0.1:{port}/oauth2callback"\ncookie_secret = "{"x" * 40}"\n'
            f'client_id = "{CLIENT_ID}"\nclient_secret = "{CLIENT_SECRET}"\n'
            f'server_metadata_url = "{provider.url}/.well-known/openid-configuration"\n'
            '[access]\nallow = ["@agency.gov"]\nadmins = ["head@agency.gov"]\n'
        )
        return ["--secrets.files", str(path)]

    started = serve(home, secrets)
    yield started
    started.stop()


def sign_in(chrome, server, provider, **claims):
    """A browser of one's own in which a person has signed in, or tried to."""
    provider.person = claims
    tab = Tab.open(chrome, server.url)
    expect(tab.page.get_by_role("heading", name="Sign in")).to_be_visible(timeout=PATIENCE_MS)
    assert not tab.page.get_by_test_id("stTopNavLink").count()
    tab.page.get_by_role("button", name="Sign in").click()
    tab.page.wait_for_url(f"{server.url}/**", timeout=PATIENCE_MS)
    tab.page.wait_for_timeout(1500)
    tab.settle()
    return tab


@needs_browser
def test_people_sign_in_and_open_what_is_theirs(server, provider):
    with browser() as chrome:
        ann = sign_in(chrome, server, provider, email="ann@agency.gov", email_verified=True)
        expect(ann.page.get_by_text("Signed in as ann@agency.gov")).to_be_visible(timeout=PATIENCE_MS)
        ann.go("Start")
        expect(ann.page.get_by_test_id("stSidebar").get_by_role("button", name="Open")).to_have_count(2)
        # those who come from elsewhere can't name folders of this machine
        assert not ann.page.get_by_role("tab", name="A folder on this machine").count()
        assert ann.elsewhere == [u for u in ann.elsewhere if u.startswith(provider.url)]

    with browser() as chrome:
        bob = sign_in(chrome, server, provider, email="bob@agency.gov", email_verified=True)
        bob.go("Start")
        expect(bob.page.get_by_test_id("stSidebar").get_by_role("button", name="Open")).to_have_count(1)
        bob.page.goto(f"{server.url}/?analysis=anns")
        bob.settle()
        assert "analysis=anns" not in bob.page.url


@needs_browser
@pytest.mark.parametrize(
    ("claims", "forged"),
    [
        ({"email": "mallory@elsewhere.example", "email_verified": True}, False),
        ({"email": "ann@agency.gov", "email_verified": False}, False),
        ({"email": "ann@agency.gov", "email_verified": True}, True),
    ],
    ids=["not on the list", "an address nobody has checked", "a token signed by somebody else"],
)
def test_others_stay_out(server, provider, claims, forged):
    provider.forged = forged
    try:
        with browser() as chrome:
            tab = sign_in(chrome, server, provider, **claims)
            assert not tab.page.get_by_test_id("stTopNavLink").count()
            tab.says("Sign in" if forged else "No access")
            tab.page.goto(f"{server.url}/submissions?analysis=shared")
            tab.settle()
            assert "Electronic Shelf" not in tab.page.content()
    finally:
        provider.forged = False
