"""Letters that are filled in from lists are told apart from those that people wrote, and their lists are shown."""

import random

from test_campaigns import OTHER, OWN, TEMPLATE, letter, roles, run

from rfc_analyzer.campaigns import find_campaigns
from rfc_analyzer.campaigns.slots import slots
from rfc_analyzer.model import CampaignKind, CampaignRole
from rfc_analyzer.settings import CampaignSettings

OPENINGS = ("As somebody who rides the last ferry every night of the working week",
            "Speaking as a neighbour of the old south pier and its waiting room",
            "Because my whole family depends on the harbour in one way or another",
            "After forty years on the water and two on the harbour committee")  # fmt: skip
PLEAS = ("I ask the board to leave the timetable exactly as it stands today",
         "please do not touch the late sailings that so many of us rely on",
         "I would urge you to withdraw the draft before the summer begins",
         "my one request is that the night boat be kept for good")  # fmt: skip
REASONS = ("Nurses coming off the evening shift have no other way to get home",
           "A taxi round the bay costs more than most of us earn in an hour",
           "The road floods every spring and closes for days without warning",
           "Students at the night school would have to leave before the lesson ends")  # fmt: skip
CLOSINGS = ("Thank you for reading letters from people you will never meet",
            "I trust that you will do what is right for this small town",
            "We are watching how you vote and we will remember it",
            "Kindly put my name down among those who object to the plan")  # fmt: skip
LISTS = (OPENINGS, PLEAS, REASONS, CLOSINGS)


def filled_in(count, seed=1):
    """Letters, no two the same, with a wording of each list."""
    rng = random.Random(seed)
    combinations = [(a, b, c, d) for a in OPENINGS for b in PLEAS for c in REASONS for d in CLOSINGS]
    return [(f"{a}, {b}.", f"{c}.", f"{d}.") for a, b, c, d in rng.sample(combinations, count)]


def families(result):
    return [c for c in result.campaigns if c.kind in (CampaignKind.SUSPECTED, CampaignKind.SLOT_FILLED)]


def apart(count):
    """Letters of the family that no chance made near-copies of each other: three lists in four never agree."""
    chosen, left = [], filled_in(256)
    for one in left:
        if all(sum(x == y for x, y in zip(parts(one), parts(other), strict=True)) < 3 for other in chosen):
            chosen.append(one)
    return chosen[:count]


def parts(lines):
    return (*lines[0].rsplit(", ", 1), *lines[1:])


def docket(count=20):
    family = [letter(n, lines) for n, lines in enumerate(apart(count), start=1)]
    return [*family, letter(91, OWN + OTHER), letter(92, TEMPLATE + OWN)]


def test_a_family_is_reported_apart_and_not_counted():
    result = run(docket())
    (family,) = families(result)
    assert (family.kind, family.submissions) == (CampaignKind.SUSPECTED, 0)
    found = roles(result)
    assert len(found) == 20
    assert set(found.values()) == {CampaignRole.POSSIBLE}
    assert result.repeated == frozenset()


def test_a_few_letters_are_no_family():
    assert run(docket(count=3)).campaigns == ()


def test_letters_on_one_subject_with_the_same_stock_phrases_are_no_family():
    stock = "I write to ask the harbour board to keep the night ferry running."
    own = [
        "My daughter learned to swim beside it and waves to the captain still.",
        "Cold winters make the crossing the only warm place on the whole quay for us.",
        "Engines like hers can be mended in our own yard by people who need the work.",
        "Tourists ask me for the late boat before they even ask me for a room.",
        "Fish landed after nine must reach the market hall while it is still fresh.",
        "Our choir rehearses over there on Mondays, and nobody wants it to end early.",
        "Every lamp on that pier was paid for by the town, not by the company.",
    ]
    more = " Whoever drew up the draft has {} seen {} at {} o'clock in {}, when {} wait in the {}."
    words = [("never", "us", "ten", "May", "cooks", "rain"), ("hardly", "it", "two", "June", "boys", "fog"),
             ("not", "her", "six", "fall", "crews", "dark"), ("once", "them", "one", "July", "girls", "hall"),
             ("seldom", "me", "four", "March", "many", "cold"), ("rarely", "you", "five", "April", "some", "snow"),
             ("surely", "him", "nine", "spring", "clerks", "wind")]  # fmt: skip
    letters = [letter(n, (stock, line, more.format(*w))) for n, (line, w) in enumerate(zip(own, words, strict=True))]
    assert families(run(letters)) == []


def test_a_confirmed_family_is_one_campaign():
    made = docket()
    submissions, passages = [s for s, _ in made], [p for _, ps in made for p in ps]
    result = find_campaigns(submissions, passages, CampaignSettings(), 0, confirmed={"S003"})
    (family,) = families(result)
    assert (family.kind, family.submissions) == (CampaignKind.SLOT_FILLED, 20)
    found = roles(result)
    assert found["S001"] is CampaignRole.ORIGINAL
    assert {found[f"S{n:03}"] for n in range(2, 21)} == {CampaignRole.NEAR}


def test_the_order_of_submissions_changes_no_family():
    made = docket()
    assert run(made[::-1]) == run(made)


def test_the_lists_are_found_with_their_wordings_and_places():
    texts = ["\n".join(lines) for lines in filled_in(60)]
    found = [[w.text.casefold() for w in slot] for slot in slots(texts)]
    for wordings in LISTS:
        assert {w.casefold() for w in wordings} in [set(slot) for slot in found]
    firsts = [next(i for i, slot in enumerate(found) if wordings[0].casefold() in slot) for wordings in LISTS]
    assert firsts == sorted(firsts)


def test_wordings_are_verbatim_and_counted():
    texts = ["\n".join(lines) for lines in filled_in(60)]
    for slot in slots(texts):
        for wording in slot:
            assert wording.text in texts[min(wording.letters)]
            assert len(wording.letters) == sum(wording.text.casefold() in text.casefold() for text in texts)


def test_texts_without_words_have_no_lists():
    assert slots([]) == []
    assert slots(["", "—", "..."]) == []
