"""Who is named as organiser, with the verbatim words that say so; and who is not."""

import pytest
from test_campaigns import OTHER, OWN, TEMPLATE, letter, run

from rfc_analyzer.campaigns.organisers import mentions_in

NAMED = {
    "Sent via HarbourAction.org": "HarbourAction.org",
    "This message was sent through the Harbour Action Network.": "Harbour Action Network",
    "I write on behalf of the members of Friends of the Night Ferry.": "Friends of the Night Ferry",
    "We write on behalf of our 3,200 members and supporters of the Pier Society": "Pier Society",
    "We comment on behalf of Bay Watch Alliance and its 12,000 members.": "Bay Watch Alliance",
    "I am a proud supporter of the Ferry Riders Union and I ask you to stop.": "Ferry Riders Union",
    "As a member of the Night Workers League, I object.": "Night Workers League",
    "As a long-time member of FRU I object.": "FRU",
    "I stand with the Clean Harbour Coalition in asking for a hearing.": "Clean Harbour Coalition",
    "This letter was organized by Riders for Ferries and nobody else.": "Riders for Ferries",
    "https://act.riders.p2a.co/xyz": "act.riders.p2a.co",
}
NOT_NAMED = (
    "I am a supporter of Title IX and of Congress.",
    "As a member of the LGBTQ community I object.",
    "As a member of Congress once said, no.",
    "I am a supporter of women and girls everywhere.",
    "The report was sent by the Environmental Protection Agency.",
    "On behalf of my family I ask you to stop.",
    "I stand with women.",
    "I am a member of the public.",
    "Fees are provided by law. See www.ferry-timetables.com for more.",
    "On behalf of all Americans, please withdraw it.",
)


@pytest.mark.parametrize(("text", "name"), NAMED.items())
def test_an_organiser_is_named_with_the_words_that_say_so(text, name):
    (found,) = list(mentions_in(text))
    assert found[0] == name
    start, end = found[2:]
    assert text[start:end].endswith(name) or name in text[start:end]


@pytest.mark.parametrize("text", NOT_NAMED)
def test_other_names_are_no_organisers(text):
    assert list(mentions_in(text)) == []


def test_an_organiser_is_counted_over_the_letters_of_the_campaign_and_quoted():
    signed = "Sent via HarbourAction.org"
    letters = [letter(n, (*TEMPLATE, signed)) for n in (1, 2, 3)] + [
        letter(4, TEMPLATE),
        letter(5, OWN),
        letter(6, OTHER),
    ]
    result = run(letters)
    (one,) = result.organisers
    assert (one.campaign_id, one.name, one.submissions, one.submission_id) == ("C1", "HarbourAction.org", 3, "S001")
    text = "\n".join((*TEMPLATE, signed))
    assert text[one.start : one.end] == one.quote == signed


def test_a_name_in_a_letter_of_ones_own_organises_nothing():
    assert run([letter(1, (*OWN, "Sent via HarbourAction.org")), letter(2, OTHER)]).organisers == ()
