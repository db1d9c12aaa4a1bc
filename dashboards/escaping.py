"""Untrusted words where Streamlit takes Markdown. Where plain text is possible (``st.text``, tables), use that."""

from __future__ import annotations

import re
import unicodedata

_PUNCTUATION = re.compile(r"""([!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])""")
# after these, Streamlit makes links, e-mail links, icons and emoji even of escaped text; a joiner that has no width
# and no meaning stands between them
_STARTS_SOMETHING = re.compile(r"(?<=[:@.<>\-])")
_JOINER = "\u2060"


def one_line(text: str) -> str:
    """``text`` on one line, without control characters and without marks that turn the direction of what follows."""
    kept = (" " if c in "\r\n\t\v\f\u2028\u2029" else c for c in text)
    return " ".join("".join(c for c in kept if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co")).split())


def as_label(text: str) -> str:
    r"""``text`` for a title, caption or label, shown as it is: ``![](http://x)`` reads so and fetches nothing."""
    joined = _STARTS_SOMETHING.sub(_JOINER, one_line(text))
    return _PUNCTUATION.sub(r"\\\1", joined)


def shortened(text: str, length: int) -> str:
    """``text`` on one line of at most ``length`` characters, cut between words and marked where cut."""
    whole = one_line(text)
    if len(whole) <= length:
        return whole
    cut = whole[: length - 1]
    between = cut.rfind(" ")
    return (cut[:between] if between > length // 2 else cut).rstrip(" ,;:.–-") + "…"
