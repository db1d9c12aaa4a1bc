"""What ``streamlit run`` serves: the screens, behind headers that keep the browser from fetching anything elsewhere."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from dashboards.security import SecurityHeaders

# the router names the pages; else a server's first address with a page in it would open that page alone
PagesManager.uses_pages_directory = False

app = st.App(Path(__file__).with_name("router.py"), middleware=[Middleware(SecurityHeaders)])
