"""What ``streamlit run`` serves: the screens, behind headers that keep the browser from fetching anything elsewhere."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from dashboards.security import SecurityHeaders

app = st.App(Path(__file__).with_name("router.py"), middleware=[Middleware(SecurityHeaders)])
