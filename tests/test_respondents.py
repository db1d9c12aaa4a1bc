"""Who speaks: types from metadata, letters and self-description, each with a reason one can read."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rfc_analyzer.model import (
    FileRole,
    FileStatus,
    Passage,
    PassageKind,
    RespondentType,
    SourceFile,
    Submission,
    TextSource,
    TypeRule,
)
from rfc_analyzer.respondents import attribute


def submission(name="", organization="", title="", declared="", key="s1"):
    return Submission(key, "LAMP-2026-0001", title, None, name, organization, declared_type=declared)


def file(text, key="s1", role=FileRole.FORM, status=FileStatus.OK, name="Web form"):
    return SourceFile(f"{key}:{name}", key, name, "", "text/plain", None, TextSource.TXT, status, "", text, (), role)


def passages(files):
    return [
        Passage(f"{f.file_id}#0", f.submission_id or "", f.file_id, None, 0, len(f.text), f.text, PassageKind.BODY)
        for f in files
        if f.text
    ]


def one(text="", rules=(), files=None, **who):
    files = [file(text)] if files is None else files
    return attribute([submission(**who)], files, passages(files), rules)[0]


LONG = "Lamps should be labelled, because buyers can't tell a safe lamp from an unsafe one. " * 6

NAMES = {
    "Lantern Works LLC": "private_sector",
    "Hargreave Lighting GmbH": "private_sector",
    "National Association of Lamp Makers": "association",
    "Bundesverband der Leuchtenindustrie e.V.": "association",
    "Fédération française de l'éclairage": "association",
    "Chamber of Commerce of Port Elder": "association",
    "Lampworkers' Trade Union": "association",
    "The Candle Foundation": "nonprofit",
    "Stichting Veilig Licht": "nonprofit",
    "Center for Light Policy": "nonprofit",
    "University of Port Elder": "academia",
    "Universidad de Luz": "academia",
    "Technische Universität Lampstadt": "academia",
    "Ministry of Light": "government",
    "City of Port Elder": "government",
    "Ministerstwo Oświetlenia": "government",
    "Elder County, Minnesota": "government",
    "Learning Initiative": "nonprofit",
    "Alliance for Open Knowledge": "nonprofit",
    "Alliance of Lamp Insurers": "association",
    "American Institute of Lamp Auditors": "association",
    "Insurance Europe": "association",
    "Lampex Australia": "private_sector",
    "National Bank of Lampland": "private_sector",
    "Bright Robotics for Lighting Institute": "nonprofit",
    "Lampland Institute of Company Directors": "nonprofit",
    "America's Lamp Insurance Plans": "association",
    "Trust and Ethics Research, University of Elder": "academia",
    "Lamp Innovation Organization": "nonprofit",
    "League of Lampland Universities": "academia",
    "Federation of Lamp Foundations": "nonprofit",
    "Associação para a Promoção da Luz": "nonprofit",
    "Associazione Produttori di Lampade": "association",
    "Magyar Lámpagyártók Szövetsége": "association",
    "Lambikodade Ühing": "association",
    "Norsk Lampetilsynet": "government",
    "Kancelaria Lampowa": "private_sector",
    "Fundația Lumina": "nonprofit",
    "Eurolampen": "association",
    "Lampworks Lampland": "private_sector",
    "Robert Lamp GmbH": "private_sector",
    "Elder Fund and Lamp Management Association": "association",
    "Association of Families": "nonprofit",
    "Association of Women Lawyers": "association",
    "Médecins sans frontières": "nonprofit",
    "Elder Disability Rights Alliance": "nonprofit",
    "Lampland Consumers": "nonprofit",
    "Lampen zonder Grenzen": "nonprofit",
    "Lampwatch": "nonprofit",
    "Alliance against Dark Streets": "nonprofit",
    "Ligue de la Lumière": "nonprofit",
    "Unione Industriali Lampada": "association",
    "Assolampade": "association",
    "Lampen-Arbeitgebervereinigung": "association",
    "Anwaltskammer Lampstadt": "association",
    "Lampy Odborových Svazů": "association",
    "Elder Center for Artificial Intelligence": "academia",
    "Lampenforschungsinstitut": "academia",
    "Consejo Superior de Investigaciones Científicas de la Luz": "academia",
    "Lamp Data Protection Supervisor": "government",
    "Bundesagentur für Licht": "government",
    "Lampland Standards Association": "other",
    "Berufsgenossenschaft Licht": "other",
    "Lampland People's Party": "other",
}


@pytest.mark.parametrize("name,expected", NAMES.items())
def test_organisations_by_the_words_of_their_names(name, expected):
    found = one(LONG, organization=name)
    assert found.respondent_type == expected
    assert name in found.reason and 0.3 < found.score <= 1


@pytest.mark.parametrize(
    "name",
    ["Maria Santos", "Smith, John", "K. Okafor", "Dr. Ines Weber", "Jean-Paul van der Berg", "Clayton B.", "Norwood"],
)
def test_people_by_their_names(name):
    assert one(LONG, name=name).respondent_type is RespondentType.INDIVIDUAL


PEOPLE = ["Ada Reed", "Bo Stone", "Cal Ford", "Dee Hill", "Eve Lane", "Flo Park", "Gil West", "Hal Wood", "Ida Bell"]


def listed(*names):
    """The types of ``names``, by id, in a docket of names alone."""
    submissions = [submission(name=n, key=f"s{i}") for i, n in enumerate(names)]
    return [found.respondent_type for found in attribute(submissions, [], [])]


def test_a_coined_word_alone_is_a_firm_where_people_give_their_full_names():
    full = [f"{first} {last.split()[1]}" for first in ("Ann", "Ben", "Cara", "Dan") for last in PEOPLE]
    assert listed("Lumotrix", "Sanders", "AnnaReed", "McBride", *full)[:4] == [
        "private_sector", "individual", "individual", "individual",
    ]  # fmt: skip


def test_where_a_docket_gives_only_surnames_a_rare_one_is_a_persons():
    surnames = [p.split()[1] for p in PEOPLE] * 4
    assert listed("Lumotrix", *surnames)[0] == "individual"


@pytest.mark.parametrize("name", ["Robert Chambers", "River Phillips", "Maria Bishop", "R. Sheh and K. Geary"])
def test_people_called_like_a_body_or_a_thing_stay_people(name):
    assert listed(name) == ["individual"]


@pytest.mark.parametrize("name", ["Stirling & Rose", "Digital Rights Watch", "Hollow Images"])
def test_firms_and_bodies_in_the_shape_of_a_persons_name(name):
    assert listed(name)[0] not in ("individual", "anonymous")


@pytest.mark.parametrize("name", ["", "Anonymous", "Anonymous Anonymous", "N/A", "name withheld"])
def test_no_name_is_anonymous(name):
    found = one(LONG, name=name)
    assert found.respondent_type is RespondentType.ANONYMOUS
    assert found.reason == "no name is given" and found.respondent_name == ""


@pytest.mark.parametrize(
    "text",
    [
        f"As a night nurse and mother of two, I want lamps. {LONG}",
        f"I am a software engineer. {LONG} I know lamps.",
        f"{LONG}\n\nSincerely,\nLampfriend",
    ],
)
def test_someone_without_a_name_who_tells_of_himself_is_an_individual(text):
    assert one(text, name="Anonymous").respondent_type is RespondentType.INDIVIDUAL


LETTERHEAD = "National Association of Lamp Makers\n12 Light Street"
LETTERS = [
    (f"I currently teach at Port Elder Law School. {LONG}", "academia"),
    (f"We are two professors of lighting. {LONG}", "academia"),
    (f"I am a professor of lighting, but these views are my own and not those of my employer. {LONG}", "individual"),
    (f"{LETTERHEAD}\n\nMay 3, 2026\n\nDear Sir or Madam:\n\n{LONG}", "association"),
    (f"On behalf of the Candle Foundation, I write to you. {LONG}", "nonprofit"),
    (f"{LONG}\n\nRespectfully submitted,\nJane Roe\nGeneral Counsel\nLantern Works LLC", "private_sector"),
]  # fmt: skip


@pytest.mark.parametrize("text,expected", LETTERS)
def test_the_letter_tells_for_whom_a_person_writes(text, expected):
    assert one(text, name="Jane Roe").respondent_type == expected


def test_an_organisation_in_the_letter_is_given_back_with_its_place():
    found = one(LETTERS[3][0], name="Jane Roe")
    assert found.organization == "National Association of Lamp Makers"
    assert "letterhead: 'National Association of Lamp Makers'" in found.reason


def test_self_description_decides_where_the_name_does_not():
    text = f"Lumina is a nonprofit organization that teaches children about light. {LONG}"
    assert one(text, organization="Lumina").respondent_type is RespondentType.NONPROFIT
    assert one(LONG, organization="Lumina").respondent_type is RespondentType.PRIVATE_SECTOR


@pytest.mark.parametrize(
    "declared,expected",
    [
        ("EU_CITIZEN", "individual"),
        ("NGO", "nonprofit"),
        ("Business Association", "association"),
        ("Public authority", "government"),
        ("Company/business", "private_sector"),
        ("Academic/research Institution", "academia"),
        ("Trade union", "association"),
        ("State", "government"),
        ("Individual", "individual"),
        ("Congressional", "government"),
        ("Civil Rights", "nonprofit"),
        ("Association - Device", "association"),
        ("Private Industry - PI001", "private_sector"),
    ],
)
def test_declared_types_of_docket_systems(declared, expected):
    found = one(LONG, organization="" if expected == "individual" else "Lumina", name="Jo Lee", declared=declared)
    assert found.respondent_type == expected and f"declared as '{declared}'" in found.reason


@pytest.mark.parametrize("declared", ["Health Care Professional/Association - Nurse", "Health Plan or Association"])
def test_one_word_for_people_and_their_associations_says_neither(declared):
    assert "declared" not in one(LONG, name="Jo Lee", declared=declared).reason


def test_a_declared_other_says_nothing():
    assert one(LONG, organization="Lantern Works LLC", declared="Other").respondent_type == "private_sector"


def test_the_title_names_the_respondent_where_the_metadata_does_not():
    found = one(LONG, title="Comment from Santos, Maria")
    assert (found.respondent_type, found.respondent_name) == (RespondentType.INDIVIDUAL, "Maria Santos")
    assert one(LONG, title="Comment from Lantern Works LLC").organization == "Lantern Works LLC"


def test_a_codebook_rule_wins():
    found = one(LONG, organization="Lantern Works LLC", rules=[TypeRule("lantern", RespondentType.GOVERNMENT)])
    assert (found.respondent_type, found.score) == (RespondentType.GOVERNMENT, 1.0)
    assert "codebook rule" in found.reason


SUBSTANCE = [
    ("", False, "empty"),
    ("https://example.org/lamps", False, "a bare link"),
    ("See attached file(s)", False, "only points to an attachment"),
    ("asdfgh jkl qwrtz xcvbn", False, "no readable sentence"),
    ("I oppose this!", False, "a bare one-liner"),
    (LONG, True, ""),
    ("Please don't ban lamps, because my shop would close.", True, "with a reason"),
    ("Lamps should not be banned. Furthermore, they are keeping our shops open at night.", True, "with a reason"),
    ("Lamps should be banned now and for all time to come, everywhere in the country.", False, "a bare one-liner"),
    ("Please see my attached letter", False, "only points to an attachment"),
    ("!!!! ???? ....", False, "empty"),
]


@pytest.mark.parametrize("text,substantive,reason", SUBSTANCE)
def test_substance(text, substantive, reason):
    found = one(text, name="Maria Santos")
    assert found.substantive is substantive and reason in found.substantive_reason


def test_see_attached_with_the_attachment_read_is_substantive():
    files = [file("See attached file(s)"), file(LONG, role=FileRole.ATTACHMENT, name="letter.pdf")]
    assert one(files=files, name="Maria Santos").substantive


def test_an_exhibit_does_not_speak():
    files = [file("See attached"), file(LONG, role=FileRole.EXHIBIT, name="paper.pdf")]
    assert not one(files=files, name="Maria Santos").substantive


def test_a_text_off_the_subject():
    files = [file(LONG, key=f"s{i}") for i in range(30)] + [file("Bring back my favourite pizza, it would help!", "x")]
    submissions = [submission("Maria Santos", key=f"s{i}") for i in range(30)] + [submission("Jo Lee", key="x")]
    found = attribute(submissions, files, passages(files))
    assert all(a.substantive for a in found[:-1])
    assert not found[-1].substantive and "subject" in found[-1].substantive_reason


SIGNERS = ["Maria Santos", "John Smith", "Anna Weber", "Peter Okafor", "Emma Lopez"]


@pytest.mark.parametrize(
    "below,count",
    [
        ("Sincerely,\n" + "\n".join(f"{n}, Port Elder" for n in SIGNERS), 5),
        ("Signatories\n" + "\n".join(f"{n} Professor of Light" for n in SIGNERS[:3]), 3),
        ("Signed,\n" + "\n".join([*SIGNERS[:2], "Sunniva Holt", *SIGNERS[2:]]), 6),
        ("Signed,\n" + "\n".join(f"{n}\nVice President" for n in SIGNERS), 5),
        ("Signed by:\nThe Candle Foundation\nPort Elder Lamp Association\nCenter for Light Policy", 3),
        ("Sincerely,\nMaria Santos\nPresident\nJohn Smith\nCounsel", 1),
        ("Sincerely,\nMaria Santos", 1),
    ],
)
def test_signers_are_counted_where_a_letter_lists_them(below, count):
    assert one(f"{LONG}\n\n{below}", name="Maria Santos").signatories == count


def test_language():
    assert one(LONG, name="Maria Santos").language == "en"
    german = "Lampen sollten gekennzeichnet werden, weil die Käufer sonst nicht wissen, welche davon sicher sind."
    assert one(german, name="Anna Weber").language == "de"
    assert one("", name="Anna Weber").language == ""


DEFINITIONS = [
    ("Lumina", "Lumina, the European association of lamp makers, welcomes the rule.", "association"),
    ("Lumina", "As the voice of the lamp industry, Lumina welcomes the rule.", "association"),
    ("Lumina", "Lumina represents 40 companies that make lamps.", "association"),
    ("LMA", "The Lamp Makers Association (LMA) welcomes the rule.", "association"),
    ("Lumina", "Lumina is a nonprofit membership organization representing lamp makers.", "association"),
    ("Lumina", "Lumina is a U.S. 501(c)(3) organization.", "nonprofit"),
    ("Lumina", "The think tank Lumina welcomes the rule. See www.lumina.org for more.", "nonprofit"),
    ("Lumina", "Lumina is a research center at Port Elder University. Lumina welcomes the rule.", "academia"),
    ("Lumina", "Lumina is one of the leading makers of lamps, and our customers like them.", "private_sector"),
    ("Lumina", "Lumina -which represents shops and makers of lamps- welcomes the rule.", "association"),
    ("Lumina", "We are the Elderish, Portish and Lampish makers' associations.", "association"),
    ("Lumina e.V.", "As an independent testing, inspection and certification company, we agree.", "private_sector"),
    ("Institute for Light Research", "The institute welcomes the rule.", "academia"),
    ("Lumina", "Lumina represents people with disabilities who read by lamps.", "nonprofit"),
    ("Lumina", "Lumina brings together universities that study lamps.", "academia"),
    ("Eurolumen", "Eurolumen is a not-for-profit organisation representing national lamp and lens authorities.",
     "other"),
    ("Eurolumen", "Eurolumen is an organisation representing firms before regulators and national authorities.",
     "association"),
    ("Lumen Alliance", "As a not-for-profit organisation, Lumen is ready. Lumen, whose members are leaders, agrees.",
     "association"),
    ("LUMOS", "LUMOS is a Horizon 2020 funded project that looks into fair lamps.", "other"),
    ("Luma Europa", "Social partners, works councils and collective bargaining matter. Workers' representatives agree.",
     "association"),
    ("Lumina", "Lumina is the network of charities and women's shelters. Our members agree.", "nonprofit"),
    ("Lumina", "As a leader in responsible light, Lumina welcomes the rule. Our customers like our lamps.",
     "private_sector"),
]  # fmt: skip


@pytest.mark.parametrize("name,text,expected", DEFINITIONS)
def test_what_a_body_says_of_itself(name, text, expected):
    found = one(f"{text} {LONG}", organization=name)
    assert found.respondent_type == expected, found.reason


def test_what_a_body_writes_about_tells_a_little():
    civic = "Lumina asks that fundamental rights of citizens be kept. Civil society and consumers fear surveillance. "
    trade = "Our market is competitive. Burdens on manufacturers and vendors hurt innovation, investments and SMEs. "
    cared, traded = one(civic * 3, organization="Lumina"), one(trade * 3, organization="Lumina")
    assert (cared.respondent_type, traded.respondent_type) == (RespondentType.NONPROFIT, RespondentType.PRIVATE_SECTOR)
    assert "writes of 'fundamental rights'" in cared.reason
    assert one(civic * 3, organization="Lantern Works LLC").respondent_type is RespondentType.PRIVATE_SECTOR


def test_a_short_text_of_rights_alone_is_hardly_a_firms():
    text = "Lumina cares for equality, dignity, fundamental rights and democracy. "
    assert one(text, organization="Lumina").respondent_type is RespondentType.NONPROFIT


def test_firms_speak_of_their_business_and_associations_of_their_members():
    firm = one(f"Our platform is safe, and we develop it with care. {LONG}", organization="LUMEN")
    assert firm.respondent_type is RespondentType.PRIVATE_SECTOR and "speaks of 'our platform'" in firm.reason
    body = one(f"Members report losses, and the membership has voted for the rule. {LONG}", organization="LUMEN")
    assert body.respondent_type is RespondentType.ASSOCIATION and "speaks of 'members'" in body.reason
    states = one(f"Member States and members of Parliament have a say. {LONG}", organization="LUMEN")
    assert "speaks of" not in states.reason


def test_a_disclaimer_does_not_make_a_scholar_private():
    text = f"We are researchers at Port Elder University. The views expressed are our own. {LONG}"
    assert one(text, name="Jane Roe").respondent_type is RespondentType.ACADEMIA
    assert one(f"I write as a private citizen. {text}", name="Jane Roe").respondent_type is RespondentType.INDIVIDUAL


def test_the_agency_at_the_head_of_a_letter_is_not_its_writer():
    text = f"Lamp Agency of Modern Power\nNational Center for Lamps\n\n{LONG}"
    submissions = [submission("Jane Roe", key=f"s{i}") for i in range(4)]
    files = [file(text, key=f"s{i}") for i in range(4)]
    assert {a.organization for a in attribute(submissions, files, passages(files))} == {""}


def test_one_spelling_for_one_organisation():
    names = ["Lantern Works, Inc.", "Lantern Works, Inc.", "The Lantern Works", "LANTERN WORKS INC"]
    submissions = [submission(organization=name, key=f"s{i}") for i, name in enumerate(names)]
    assert {a.organization for a in attribute(submissions, [], [])} == {"Lantern Works, Inc."}


def test_a_country_behind_the_name_and_no_real_organisation():
    assert one(LONG, name="Jo Lee", organization="Jo Lee (Sweden)").respondent_type is RespondentType.INDIVIDUAL
    assert one(LONG, name="Jo Lee", organization="self-employed").respondent_type is RespondentType.INDIVIDUAL


def test_a_name_withheld_by_a_docket_that_knows_the_country_is_a_persons():
    withheld = one(LONG, organization="Anonymous (France)")
    assert withheld.respondent_type is RespondentType.INDIVIDUAL and "'Anonymous (France)'" in withheld.reason
    assert one(LONG, name="Anonymous").respondent_type is RespondentType.ANONYMOUS


@given(st.text(max_size=300), st.text(max_size=40), st.text(max_size=40))
def test_any_text_gives_one_type_with_a_score_and_a_reason(text, name, organization):
    found = one(text, name=name, organization=organization)
    assert 0 < found.score <= 1 and found.reason and found.substantive_reason and found.signatories >= 1


def test_order_is_kept_and_every_submission_has_one_row():
    submissions = [submission("Maria Santos", key=f"s{i}") for i in (3, 1, 2)]
    assert [a.submission_id for a in attribute(submissions, [], [])] == ["s3", "s1", "s2"]


def test_letters_that_only_their_receipts_tell_apart_are_looked_at_once(monkeypatch):
    from rfc_analyzer.respondents import attribution

    looked_at = []
    look = attribution._attribution
    monkeypatch.setattr(attribution, "_attribution", lambda *what: looked_at.append(what) or look(*what))
    keys = [f"s{n}" for n in range(20)]
    who = [
        replace(
            submission("Ann Lee", key=key),
            link=f"https://agency.gov/{key}",
            tracking_number=key,
            submitted_at=datetime(2026, 3, n + 1, tzinfo=UTC),
        )
        for n, key in enumerate(keys)
    ]
    files = [file(LONG, key=key) for key in keys]
    found = attribute(who, files, passages(files))
    assert [a.submission_id for a in found] == keys and len(looked_at) == 1
    assert {a.respondent_type for a in found} == {RespondentType.INDIVIDUAL}
