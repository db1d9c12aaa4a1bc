"""Filters go into the address and come back; what the docket doesn't have is left out and named."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dashboards.address import KEYS, Known, to_address, to_filters, to_unit
from rfc_analyzer.comparison import CampaignFilter, Filters, Unit
from rfc_analyzer.model import RespondentType, Stance

KNOWN = Known(
    types=tuple(RespondentType),
    themes={"T01": "Notice", "T02": "Cost"},
    questions={"Q1": "1. How?", "Q2": "2. Why?"},
    propositions={"P1": "Shops should tell."},
    first_day=date(2026, 4, 1),
    last_day=date(2026, 4, 30),
)
DAYS = st.none() | st.dates(date(2026, 4, 1), date(2026, 4, 30))
FILTERS = st.builds(
    Filters,
    respondent_types=st.lists(st.sampled_from(RespondentType), unique=True).map(tuple),
    theme_ids=st.lists(st.sampled_from(sorted(KNOWN.themes)), unique=True).map(tuple),
    question_ids=st.lists(st.sampled_from(sorted(KNOWN.questions)), unique=True).map(tuple),
    proposition_id=st.sampled_from([None, "P1"]),
    stances=st.lists(st.sampled_from(Stance), unique=True).map(tuple),
    campaign=st.sampled_from(CampaignFilter),
    text=st.text().filter(lambda text: text == "" or text.strip()),
    submitted_from=DAYS,
    submitted_to=DAYS,
)


@given(FILTERS, st.sampled_from(Unit))
def test_an_address_gives_back_what_made_it(filters, unit):
    address = to_address("docket", unit, filters)
    assert to_filters(address, KNOWN) == (filters, ())
    assert to_unit(address) is unit
    assert set(address) <= set(KEYS)
    assert all(values for values in address.values())


def test_an_address_can_be_read_by_people():
    filters = Filters(respondent_types=(RespondentType.INDIVIDUAL,), theme_ids=("T02",), submitted_to=date(2026, 4, 9))
    address = to_address("docket", Unit.DISTINCT_TEXTS, filters)
    assert address == {"analysis": ["docket"], "type": ["individual"], "theme": ["T02"], "to": ["2026-04-09"]}


def test_what_the_docket_does_not_have_is_left_out_and_named():
    asked = {
        "type": ["individual", "robots"],
        "theme": ["T02", "T99"],
        "proposition": ["P7"],
        "stance": ["oppose", "furious"],
        "campaign": ["none"],
        "from": ["2020-01-01"],
        "to": ["soon"],
        "unit": ["votes"],
    }
    filters, lost = to_filters(asked, KNOWN)
    assert filters == Filters(
        respondent_types=(RespondentType.INDIVIDUAL,), theme_ids=("T02",), stances=(Stance.OPPOSE,)
    )
    assert lost == ("robots", "T99", "P7", "furious", "none", "2020-01-01", "soon")
    assert to_unit(asked) is Unit.DISTINCT_TEXTS


def test_types_that_nobody_is_of_are_not_asked():
    known = Known(types=(RespondentType.ACADEMIA,))
    filters, lost = to_filters({"type": ["academia", "individual"], "stance": ["oppose"]}, known)
    assert filters.respondent_types == (RespondentType.ACADEMIA,)
    assert lost == ("individual", "oppose")
