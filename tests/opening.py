"""The dashboard's pages in a test: opened, and what they say."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboards.tabling import opening_key

ROUTER = Path(__file__).resolve().parents[1] / "dashboards" / "router.py"
# what names a place on a page is given once the page is there
_PLACE = ("submission", "file", "at", "part")


def opened(page="", **query):
    """The page at that address."""
    app = AppTest.from_file(str(ROUTER), default_timeout=90)
    app.query_params.update({key: value for key, value in query.items() if key not in _PLACE})
    app.run()
    if page:
        app.switch_page(f"screens/{page}.py")
        # a change of page empties the address
        app.query_params.update(query)
        app.run()
    assert not app.exception
    return app


def with_table(app, name):
    """The same page with one of its tables opened."""
    app.session_state[opening_key(name)] = True
    return app.run()


def said(app):
    """Every text on the page, by kind."""
    kinds = (app.title, app.header, app.subheader, app.caption, app.text, app.info, app.warning, app.error,
             app.success, app.markdown)  # fmt: skip
    return [str(element.value) for kind in kinds for element in kind]
