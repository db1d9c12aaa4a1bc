"""Campaigns in dockets that are empty, huge, repetitive, or in many languages."""

import gc

import pytest
from test_campaigns import OTHER, OWN, TEMPLATE, letter, roles, run

from rfc_analyzer.model import CampaignKind, CampaignRole

LANGUAGES = {
    "German": "Der Hafenrat soll die Nachtfähre das ganze Jahr über fahren lassen, weil niemand sonst nach Hause käme.",
    "Russian": "Прошу совет порта сохранить ночной паром круглый год, потому что другого пути домой у нас нет.",
    "Arabic": "أطلب من مجلس الميناء أن يبقي عبارة الليل طوال العام لأنه لا طريق آخر لنا إلى البيت بعد منتصف الليل",
    "Chinese": "我请求港务局全年保留夜间渡轮。护士和学生在十一点以后没有别的办法回家。",
    "Hindi": "मैं बंदरगाह बोर्ड से रात की नौका पूरे साल चलाने का अनुरोध करता हूँ क्योंकि घर जाने का और कोई रास्ता नहीं है",
}


@pytest.mark.parametrize("text", ["", " ", "\n\n", "—", "…!?"])
def test_letters_without_words_are_no_campaign(text):
    result = run([letter(1, (text,)), letter(2, (text,)), letter(3, ()), letter(4, ())])
    assert (result.campaigns, result.members) == ((), ())


def test_short_comments_that_differ_in_a_word_stay_apart():
    result = run(
        [letter(1, ("I agree.",)), letter(2, ("I agree!",)), letter(3, ("I disagree.",)), letter(4, ("Agree",))]
    )
    assert roles(result) == {"S001": CampaignRole.ORIGINAL, "S002": CampaignRole.EXACT}


def test_a_hundred_thousand_identical_letters_are_one_campaign():
    result = run([letter(n, TEMPLATE[:1]) for n in range(100_000)])
    assert [(c.kind, c.submissions) for c in result.campaigns] == [(CampaignKind.EXACT, 100_000)]
    assert len(result.repeated) == 99_999


def test_a_text_of_a_million_characters_is_read_to_its_end():
    long = tuple(f"Page {n} of the exhibit lists the soundings taken at buoy {n * 7}." for n in range(20_000))
    assert sum(map(len, long)) > 1_000_000
    more = "The harbour master has signed every page of it."
    result = run([letter(1, long), letter(2, (*long, more)), letter(3, (*long, *TEMPLATE)), letter(4, TEMPLATE),
                  letter(5, TEMPLATE), letter(6, OWN)])  # fmt: skip
    assert roles(result)["S002"] is roles(result)["S003"] is CampaignRole.NEAR
    assert "S006" not in roles(result)
    added = {m.submission_id: m.added_text for m in result.members}
    assert added["S002"] == more.rstrip(".")
    assert added["S003"] == "\n".join(TEMPLATE).rstrip(".")


@pytest.mark.parametrize("language", LANGUAGES)
def test_copies_are_found_in_any_script(language):
    others = [letter(n, (text,)) for n, text in enumerate(LANGUAGES.values(), start=10)]
    result = run([*others, letter(1, (LANGUAGES[language],))])
    assert [c.submissions for c in result.campaigns] == [2]
    assert result.campaigns[0].template_text == LANGUAGES[language]


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "Chinese"])
def test_what_a_signer_added_in_another_language_is_told(language):
    added = "Meine Tochter arbeitet bis Mitternacht."
    letters = [letter(n, (LANGUAGES[language],)) for n in (1, 2)]
    result = run([*letters, letter(3, (LANGUAGES[language], added)), letter(4, OTHER)])
    member = next(m for m in result.members if m.submission_id == "S003")
    assert (member.role, member.added_text) == (CampaignRole.NEAR, added.rstrip("."))


def test_the_collector_of_garbage_is_on_again_afterwards():
    assert gc.isenabled()
    run([letter(1, TEMPLATE)])
    with pytest.raises(AttributeError):
        run([(None, [])])
    assert gc.isenabled()
