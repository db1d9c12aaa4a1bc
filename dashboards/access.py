"""Who may see what: nobody has to sign in on one's own machine; served to others, people sign in and own analyses.

Sign-in is on where Streamlit's ``secrets.toml`` has an ``[auth]`` section (any OpenID Connect provider). ``[access]``
beside it says who may come in. See docs/user-guide.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from dashboards import jobs, library
from dashboards.jobs import Run
from dashboards.library import Entry
from rfc_analyzer.store import write_json

_OWNERS_FILE = "owners.json"
_AUTH, _ACCESS, _ALLOW, _ADMINS = "auth", "access", "allow", "admins"


@dataclass(frozen=True, slots=True)
class Person:
    """Who looks at the page. ``email`` is lower case and empty where nobody has to sign in."""

    email: str = ""
    admin: bool = True

    def may_open(self, folder: Path) -> bool:
        """True for one's own analyses and those that belong to nobody, such as the sample."""
        owners = owners_of(folder)
        return self.admin or not owners or self.email in owners

    def may_change(self, folder: Path) -> bool:
        """True where the person may rename, share or delete: what belongs to nobody is the administrators'."""
        return self.admin or self.email in owners_of(folder)


def sign_in_is_on() -> bool:
    """True where a provider is configured."""
    return bool(_section(_AUTH))


def person() -> Person:
    """Who looks at the page now; the page ends here with a way to sign in where that is asked and not done."""
    if not sign_in_is_on():
        return Person()
    # Streamlit checks the provider's signature, and signs the cookie that holds what it said
    said: Mapping[str, Any] = st.user.to_dict()
    if not said.get("is_logged_in"):
        _ask_to_sign_in()
    email = str(said.get("email") or "").strip().lower()
    access = _section(_ACCESS)
    if not _is_verified(said) or not is_allowed(email, [*access.get(_ALLOW, ()), *access.get(_ADMINS, ())]):
        _refuse(email)
    return Person(email, is_allowed(email, access.get(_ADMINS, ())))


def is_allowed(email: str, allowed: Iterable[str]) -> bool:
    """Whether an address, or its domain written as ``@agency.gov``, is among ``allowed``; nobody is where it is empty.

    A domain stands for itself alone, not for those below it.
    """
    name, at, domain = email.partition("@")
    rules = {rule.strip().lower() for rule in allowed}
    return bool(name and at and domain) and (email in rules or f"@{domain}" in rules)


def entries() -> list[Entry]:
    """The analyses that the person at the page may open."""
    who = person()
    return [entry for entry in library.entries() if who.may_open(entry.folder)]


def runs() -> list[Run]:
    """The runs of the person at the page; how many stand before them counts everybody's."""
    who = person()
    return [run for run in jobs.runs() if who.may_open(run.folder)]


def owners_of(folder: Path) -> tuple[str, ...]:
    """Addresses of those to whom an analysis belongs; nobody where it was made without signing in."""
    try:
        return tuple(str(owner).lower() for owner in json.loads((folder / _OWNERS_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return ()


def give(folder: Path, owners: Sequence[str]) -> None:
    """Let an analysis belong to ``owners``; what belongs to nobody is open to all who may sign in."""
    kept = sorted({owner.strip().lower() for owner in owners if owner.strip()})
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / _OWNERS_FILE, kept)


def _is_verified(said: Mapping[str, Any]) -> bool:
    # some providers leave the claim out; one that says no means that anybody could have typed the address
    return said.get("email_verified", True) in (True, "true")


def _section(name: str) -> Mapping[str, Any]:
    try:
        found: Mapping[str, Any] = st.secrets.get(name, {})
        return found
    except FileNotFoundError:
        return {}


def _ask_to_sign_in() -> None:
    st.title("Sign in", anchor=False)
    st.write("This dashboard is open to people whom its owner has named. Sign in with your organization's account.")
    st.button("Sign in", type="primary", icon=":material/login:", on_click=st.login)
    st.stop()


def _refuse(email: str) -> None:
    st.title("No access", anchor=False)
    st.write("Your account is not among those that may use this dashboard. Ask its owner to add your address:")
    st.text(email or "(the account has no e-mail address)")
    st.button("Sign out", icon=":material/logout:", on_click=st.logout)
    st.stop()
