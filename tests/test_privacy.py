"""Contact details are masked, and what only looks like one is not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rfc_analyzer.model import RespondentType
from rfc_analyzer.privacy import Detail, contact_details, masked, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write to ann.lee+rule@mail.example.org.", "Write to [e-mail]."),
        ("Call me: (503) 555-0147", "Call me: [telephone]"),
        ("503-555-0147 or 503.555.0148 x12", "[telephone] or [telephone]"),
        ("+1 503 555 0147, +44 20 7946 0018", "[telephone], [telephone]"),
        ("+49 (0) 30 5550147", "[telephone]"),
        ("Ann Lee\n1412 Old Mill Road, Apt 3\nElm, OR 97035", "Ann Lee\n[street address]\nElm, OR 97035"),
        ("12 N. 4th St.\nElm", "[street address]\nElm"),
        ("I live at 7 Rose Court, near the river", "I live at [street address], near the river"),
        ("PO Box 118, Elm", "[street address], Elm"),
        ("88B Hawthorn Ave #4", "[street address]"),
        ("123 MAIN STREET, PO BOX 44", "[street address], [street address]"),
        ("Ann\n123 main street\nElm", "Ann\n[street address]\nElm"),
        ("687 State Route 322, Elm", "[street address], Elm"),
        ("RR 2 Box 45", "[street address]"),
        ("I moved to 12 Elm Street in May", "I moved to [street address] in May"),
        ("14 rue de Rivoli, 75001 Paris", "[street address], 75001 Paris"),
        ("Hauptstraße 12, Lindenallee 5a, Kerkstraat 3", "[street address], [street address], [street address]"),
        ("Calle Mayor 5; Via Roma 12; ul. Mała 4", "[street address]; [street address]; [street address]"),
        ("jane (at) example (dot) org", "[e-mail]"),
        ("Cell: 5035550147, Tel. 020 7946 0018", "Cell: [telephone], Tel. [telephone]"),
        (
            "Tel.: (+351) 213 555 014 T:+49 30 555 014 22 Fax: +49 30 555014-2",
            "Tel.: [telephone] T:[telephone] Fax: [telephone]",
        ),
        ("1900 Lamp Street Elm City, OR 97035", "[street address] Elm City, OR 97035"),
        ("2024 Lamp Street\nElm City, OR 97035", "[street address]\nElm City, OR 97035"),
        ("+49-30-901820 and +15035550147", "[telephone] and [telephone]"),
    ],
)
def test_contact_details_are_masked(text, expected):
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Docket No. NTIA-2023-0009-0121",
        "RIN 0694-AJ55, 240216-0052",
        "89 Fed. Reg. 16820 (Mar. 12, 2024)",
        "12 C.F.R. § 1026.2(a)(1)",
        "arXiv:2403.07918v1, doi 10.1145/3442188.3445922",
        "https://example.org/a/503-555-0147/b",
        "It costs $503 555 1000 times.",
        "In 2019 Supreme Court judges wrote that",
        "Title 5 United States Code",
        "ISBN 978-0-306-40615-7",
        "from 2020-2024 to 2025-2030",
        "the 9th Circuit Court of Appeals",
        "10 Best Practices Way forward for all",
        "@agency and user @ home",
        "between 100 500 000 and 200 500 000 parameters",
        "89 FR 14059, 14062-63 (Feb. 26, 2024)",
        "Docket ID EPA-HQ-OAR-2021-0317-0845; WC Docket No. 17-108",
        "88 Fed. Reg. 75191, 75200-201; Pub. L. No. 116-283, 134 Stat. 3388",
        "42 U.S.C. 7401-7671q; Case No. 21-16499; OMB Control Number 0648-0212",
        "EU Transparency Register: 523145616037-10",
        "NAICS 541 511 5112",
        "20 Main Street banks failed in Spring 2024",
        "open models were more capable, but\n9 in a predictable way.",
        "we spoke via Zoom 2024 and on the phone 2 100 times",
        "Via Section 230 and Article 5",
    ],
)
def test_what_only_looks_like_one_stays(text):
    assert masked(text) == text


def test_only_private_persons_are_masked():
    text = "Reach us at office@union.example or 503-555-0147."
    assert shown(text, RespondentType.ASSOCIATION) == text
    assert shown(text, RespondentType.INDIVIDUAL) == "Reach us at [e-mail] or [telephone]."
    assert shown(text, RespondentType.ANONYMOUS) == shown(text, RespondentType.INDIVIDUAL)


def test_each_detail_says_where_it_stands():
    text = "ann@example.org, 503-555-0147"
    assert [(f.detail, text[f.start : f.end]) for f in contact_details(text)] == [
        (Detail.EMAIL, "ann@example.org"),
        (Detail.PHONE, "503-555-0147"),
    ]


@given(st.text(alphabet="ab1 2.@-()+\n/#", max_size=200))
def test_details_are_in_order_and_masking_again_changes_nothing(text):
    found = contact_details(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert masked(masked(text)) == masked(text)


def test_a_long_hostile_text_is_masked_at_once():
    assert len(masked("1 A " * 50_000 + "+" + "1 " * 50_000)) > 100_000
