"""What goes with the letters: the metadata table, one API answer, and the labels that tests hold an analysis to."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from html import escape
from typing import Any

from sources import DOCKET, Source

TITLE = "Automated Delivery Devices on Public Sidewalks"
_COLUMNS = ("commentOrDocument", "modifyDate", "docketId", "commentOnDocumentId", "id", "organization", "firstName",
            "lastName", "title", "comment", "attachments", "link")  # fmt: skip
_NOTICE = f"{DOCKET}-0001"


def metadata(sources: Sequence[Source]) -> bytes:
    """The table as bulk exports have it: newest first, one row twice, line breaks as HTML."""
    listed = [source for source in sources if not source.head.get("api")]
    listed.sort(key=lambda source: (str(source.head["posted"]), source.id), reverse=True)
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(_COLUMNS)
    notice = [(TITLE, f"https://downloads.invalid/{_NOTICE}/content.pdf")]
    table.writerow(("document", "2026-03-12T12:45:00Z", DOCKET, "", _NOTICE, "", "", "", TITLE, "", notice,
                    f"https://api.invalid/v4/documents/{_NOTICE}"))  # fmt: skip
    for source in listed:
        table.writerow(_row(source))
    table.writerow(_row(next(source for source in listed if source.head.get("listed_twice"))))
    return out.getvalue().encode()


def _row(source: Source) -> tuple[str, ...]:
    head = source.head
    return ("comment", f"{head['posted']}T14:00:00Z", DOCKET, _NOTICE, source.id, head.get("organization", ""),
            head.get("firstName", ""), head.get("lastName", ""), title(source), form_as_exported(source.form),
            str(_attachments(source) or ""), f"https://api.invalid/v4/comments/{source.id}")  # fmt: skip


def title(source: Source) -> str:
    """A submission's title, as portals make it."""
    head = source.head
    if head.get("organization"):
        return f"Comment from {head['organization']}"
    name = ", ".join(filter(None, (head.get("lastName", ""), head.get("firstName", ""))))
    return "Anonymous public comment" if head["type"] == "anonymous" else f"Comment from {name}"


def form_as_exported(text: str) -> str:
    """Web-form text with the line breaks and entities that exports have; hostile text stays as it was typed."""
    if "<script" in text or text.startswith("="):
        return text.replace("\n", "<br/>")
    escaped = escape(text).replace("&#x27;", "&#39;")
    return escaped.replace("“", "&ldquo;").replace("”", "&rdquo;").replace("\n", "<br/>")


def _attachments(source: Source) -> list[tuple[str, str]]:
    names = dict.fromkeys(part.name.split("/")[0] for part in source.attachments)
    names |= dict.fromkeys(source.head.get("missing", ()))
    return [
        (name.rsplit(".", 1)[0], f"https://downloads.invalid/{source.id}/attachment_{number}.{name.rsplit('.', 1)[-1]}")
        for number, name in enumerate(names, 1)
    ]


def api_answer(source: Source) -> bytes:
    """One comment as version 4 of the API gives it."""
    head = source.head
    address = f"https://api.invalid/v4/comments/{source.id}"
    attributes = {
        "agencyId": "FSMA", "category": None, "comment": form_as_exported(source.form),
        "commentOnDocumentId": _NOTICE, "docketId": DOCKET, "documentType": "Public Submission",
        "duplicateComments": 0, "firstName": head.get("firstName"), "lastName": head.get("lastName"),
        "modifyDate": f"{head['posted']}T14:00:00Z", "openForComment": False,
        "organization": head.get("organization"), "postedDate": f"{head['posted']}T04:00:00Z",
        "receiveDate": f"{head['posted']}T04:00:00Z", "title": title(source), "withdrawn": False,
    }  # fmt: skip
    data = {"attributes": attributes, "id": source.id, "links": {"self": address}, "type": "comments"}
    return (json.dumps({"data": data}, indent=1, ensure_ascii=False) + "\n").encode()


def expected(sources: Sequence[Source]) -> dict[str, Any]:
    """The labels, and the counts that follow from them."""
    campaigns = {source.head["campaign"] for source in sources if source.head.get("campaign")}
    apart = sum(not source.head.get("campaign") for source in sources)
    return {
        "docket_id": DOCKET,
        "title": TITLE,
        "counts": {
            "submissions": len(sources),
            "signatories": sum(source.head.get("signatories", 1) for source in sources),
            "distinct_texts": apart + len(campaigns),
        },
        "submissions": [_labels(source) for source in sources],
        "skipped": [
            {"name": f"{source.id}/{part.name}", "reason": part.kind}
            for source in sources
            for part in source.attachments
            if part.kind in ("corrupt", "encrypted", "empty", "unknown")
        ],
        "missing_attachments": [source.id for source in sources if source.head.get("missing")],
        "repeated_ids": [source.id for source in sources if source.head.get("listed_twice")],
        "form_repeats_attachment": [source.id for source in sources if source.head.get("duplicate")],
    }


def _labels(source: Source) -> dict[str, Any]:
    head = source.head
    return {
        "id": source.id,
        "respondent_type": head["type"],
        "substantive": head.get("substantive", True),
        "language": head.get("language", "en"),
        "signatories": head.get("signatories", 1),
        "positions": {key: {"stance": stance, "quote": quote} for key, (stance, quote) in head["positions"].items()},
        "questions_named": head["questions"],
        "campaign": head.get("campaign"),
        "campaign_role": head.get("role", "unique"),
    }
