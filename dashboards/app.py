"""What ``streamlit run`` serves: the screens, behind headers that keep the browser from fetching anything elsewhere."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

import dashboards.charts
import dashboards.figures
import dashboards.filterbar
import dashboards.records  # noqa: F401 (loaded while the server starts, so that the first visitor does not wait)
from dashboards.readingahead import reading_ahead
from dashboards.security import SecurityHeaders

# the server itself asks this of the page's socket only
_hosts = list(st.get_option("server.allowedHosts")) or ["*"]

app = st.App(
    Path(__file__).with_name("router.py"),
    middleware=[Middleware(SecurityHeaders), Middleware(TrustedHostMiddleware, allowed_hosts=_hosts)],
    lifespan=reading_ahead,
)
