from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from rfc_analyzer.campaigns import find_campaigns
from rfc_analyzer.campaigns.differences import difference
from rfc_analyzer.model import CampaignKind, CampaignRole, Passage, PassageKind, Submission
from rfc_analyzer.settings import CampaignSettings

TEMPLATE = (
    "I write to ask the harbour board to keep the night ferry running all year round.",
    "Nurses, bakers and students have no other way home after eleven, and a taxi costs a day's wage.",
    "Please withdraw the proposal and publish the passenger counts on which it was based.",
)
OWN = (
    "Our family has fished from the north pier for three generations and we pay our berth fees on time.",
    "The draft says nothing about ice in the channel, which closed the harbour twice last winter.",
    "We would rather see the dredging done first and the timetable discussed afterwards.",
)
OTHER = (
    "Cargo bikes need a ramp at the landing stage, and the plan shows stairs only.",
    "As a wheelchair user I was lifted aboard twice by strangers, which no timetable can mend.",
    "Please let the access committee see the drawings before concrete is poured.",
)


def letter(number: int, lines: tuple[str, ...], counted: bool = True) -> tuple[Submission, list[Passage]]:
    sid = f"S{number:03d}"
    at = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=number)
    passages, start = [], 0
    for line in lines:
        passages.append(
            Passage(f"{sid}:form@{start}", sid, f"{sid}:form", None, start, start + len(line), line, PassageKind.BODY,
                    counted=counted)
        )  # fmt: skip
        start += len(line) + 1
    return Submission(sid, "D", "", at, "", ""), passages


def run(letters):
    submissions = [s for s, _ in letters]
    passages = [p for _, ps in letters for p in ps]
    return find_campaigns(submissions, passages, CampaignSettings(), seed=0)


def roles(result):
    return {m.submission_id: m.role for m in result.members}


def test_tells_exact_near_and_containing_letters_from_unique_ones():
    addition = ("My own daughter cleans wards until midnight and walks home in the dark when the ferry is off.",)
    result = run([
        letter(1, TEMPLATE),
        letter(2, TEMPLATE),
        letter(3, TEMPLATE + addition),
        letter(4, OWN + TEMPLATE + OWN[::-1]),
        letter(5, OWN),
    ])  # fmt: skip
    assert roles(result) == {
        "S001": CampaignRole.ORIGINAL,
        "S002": CampaignRole.EXACT,
        "S003": CampaignRole.NEAR,
        "S004": CampaignRole.CONTAINS,
    }
    (campaign,) = result.campaigns
    assert campaign.kind is CampaignKind.NEAR
    assert campaign.submissions == 4
    assert campaign.template_submission_id == "S001"
    assert campaign.first_submitted_at < campaign.last_submitted_at


def test_only_what_a_signer_added_is_left_to_count():
    addition = "My own daughter cleans wards until midnight and walks home in the dark when the ferry is off."
    result = run([letter(1, TEMPLATE), letter(2, TEMPLATE), letter(3, (*TEMPLATE, addition))])
    start = sum(len(line) + 1 for line in TEMPLATE)
    third = {p for p in result.repeated if p.startswith("S003")}
    assert f"S003:form@{start}" not in third
    assert len(third) == len(TEMPLATE)
    assert not any(p.startswith("S001") for p in result.repeated)
    member = next(m for m in result.members if m.submission_id == "S003")
    assert member.added_text == addition.rstrip(".")
    assert member.removed_text == ""


def test_one_shared_paragraph_is_only_possible_and_not_counted_in():
    padded = tuple(f"{a} {b}" for a, b in zip(TEMPLATE, OWN, strict=True))
    again = run([letter(1, padded), letter(2, padded), letter(3, (*OTHER, padded[1]))])
    assert roles(again)["S003"] is CampaignRole.POSSIBLE
    assert again.campaigns[0].submissions == 2
    assert not any(p.startswith("S003") for p in again.repeated)


def test_one_word_comments_are_grouped_only_when_exact():
    result = run([letter(1, ("Yes.",)), letter(2, ("yes",)), letter(3, ("No.",))])
    assert roles(result) == {"S001": CampaignRole.ORIGINAL, "S002": CampaignRole.EXACT}


def test_text_that_does_not_count_makes_no_campaign():
    result = run([letter(1, TEMPLATE, counted=False), letter(2, TEMPLATE, counted=False)])
    assert result.campaigns == ()


def test_a_large_campaign_of_identical_texts_is_one_campaign():
    result = run([letter(n, TEMPLATE) for n in range(1, 400)])
    assert [c.submissions for c in result.campaigns] == [399]
    assert result.campaigns[0].kind is CampaignKind.EXACT


def test_nothing_in_nothing_out():
    assert find_campaigns([], [], CampaignSettings(), seed=0).campaigns == ()


def test_difference_keeps_the_words_as_they_were_written():
    changed = difference("We ask the board to say no to it.", "We, nurses of WARD 7, ask the board to say No!")
    assert changed.added_text == "nurses of WARD 7"
    assert changed.removed_text == "to it"


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_submissions_changes_nothing(order):
    made = [letter(1, TEMPLATE), letter(2, TEMPLATE), letter(3, (*TEMPLATE, OWN[0])), letter(4, OWN),
            letter(5, ("Yes",)), letter(6, ("Yes",))]  # fmt: skip
    assert run([made[i] for i in order]) == run(made)


def test_doubling_a_submission_adds_one_member_and_no_campaign():
    once = run([letter(1, TEMPLATE), letter(2, TEMPLATE), letter(4, OWN)])
    twice = run([letter(1, TEMPLATE), letter(2, TEMPLATE), letter(3, TEMPLATE), letter(4, OWN)])
    assert len(once.campaigns) == len(twice.campaigns) == 1
    assert twice.campaigns[0].submissions == once.campaigns[0].submissions + 1


def test_a_short_template_held_whole_comes_before_a_paragraph_of_a_longer_one():
    short = TEMPLATE[:1]
    long = tuple(f"{a} {b}" for a, b in zip(OTHER, OWN, strict=True))
    result = run([*(letter(n, long) for n in (1, 2)), *(letter(n, short) for n in (3, 4)),
                  letter(5, (*TEMPLATE, long[0]))])  # fmt: skip
    assert roles(result)["S005"] is CampaignRole.CONTAINS


def test_a_letter_of_ones_own_that_holds_a_template_joins_its_campaign_also_when_sent_twice():
    own = OWN + TEMPLATE + OTHER
    result = run([*(letter(n, TEMPLATE) for n in (1, 2, 3)), letter(4, own), letter(5, own)])
    assert [c.submissions for c in result.campaigns] == [5]
    assert roles(result)["S004"] is roles(result)["S005"] is CampaignRole.CONTAINS
    left = {line for s in (4, 5) for p in letter(s, own)[1] if p.passage_id not in result.repeated for line in [p.text]}
    assert left == {*OWN, *OTHER}
    assert sum(p.passage_id not in result.repeated for s in (4, 5) for p in letter(s, own)[1]) == len(OWN + OTHER)


def test_campaigns_that_share_a_paragraph_stay_two():
    one, two = (*TEMPLATE, OWN[0]), (*OTHER, OWN[0])
    result = run([*(letter(n, one) for n in (1, 2)), *(letter(n, two) for n in (3, 4))])
    assert [c.submissions for c in result.campaigns] == [2, 2]


def test_a_letter_that_is_near_to_two_campaigns_does_not_make_them_one():
    shared = f"{OWN[0]} {OWN[1]}"
    one, two = (TEMPLATE[0], TEMPLATE[2], shared), (OTHER[0], OTHER[2], shared)
    letters = [*(letter(n, one) for n in range(6)), *(letter(n, two) for n in range(10, 15)),
               letter(20, (shared,)), letter(21, (*two, TEMPLATE[1]))]  # fmt: skip
    result = run(letters)
    assert [c.submissions for c in result.campaigns] == [7, 6]
    member = {m.submission_id: m.campaign_id for m in result.members}
    assert member["S020"] == member["S021"] == member["S010"] != member["S000"]
    assert run(letters[::-1]) == result
