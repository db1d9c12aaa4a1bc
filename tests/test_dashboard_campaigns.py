"""On the Campaigns page people judge possible and suspected letters: the counts follow, and it can be taken back."""

from dataclasses import replace

from opening import opened

from rfc_analyzer import load
from rfc_analyzer.model import Campaign, CampaignKind, CampaignMember, CampaignRole
from rfc_analyzer.model_campaigns import Organiser
from rfc_analyzer.reviews import reviews_in
from rfc_analyzer.tables import CAMPAIGN_MEMBERS, CAMPAIGNS, ORGANISERS, SUBMISSIONS


def counts(app):
    return {m.label: m.value for m in app.metric}


def answer(app, label, who="RB"):
    field = next(t for t in app.text_input if t.label == "Who judges" and t.form_id == form_of(app, label))
    field.set_value(who)
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception


def form_of(app, label):
    return next(b for b in app.button if b.label == label).form_id


def test_a_possible_letter_is_accepted_and_taken_back(folder):
    app = opened("campaigns")
    assert (counts(app)["Distinct texts"], counts(app)["In form letters"]) == ("11", "4")
    answer(app, "It belongs to the campaign")
    assert (counts(app)["Distinct texts"], counts(app)["In form letters"]) == ("10", "5")
    assert not any(b.label == "It belongs to the campaign" for b in app.button)
    (made,) = reviews_in(folder)
    assert (made.table, made.new, made.reviewer) == ("campaign_members", "contains", "RB")
    app.selectbox(key="judging-undo").set_value(made.review_id).run()
    next(b for b in app.button if b.label == "Take it back").click().run()
    assert counts(app)["Distinct texts"] == "11"


def test_a_possible_letter_is_rejected(folder):
    app = opened("campaigns")
    answer(app, "It is a letter of its own")
    assert counts(app)["Distinct texts"] == "11"
    assert not any(s.label.startswith("Letter to judge") for s in app.selectbox)


def test_who_judges_must_be_said(folder):
    app = opened("campaigns")
    answer(app, "It is a letter of its own", who=" ")
    assert reviews_in(folder) == []
    assert any("say who reviews" in t.value for t in app.text)


def suspect(folder):
    """The letters of their own of the made-up docket become a suspected family."""
    analysis = load(folder)
    own = [s.submission_id for s in analysis.rows(SUBMISSIONS) if s.campaign_role is CampaignRole.UNIQUE]
    family = Campaign("F1", CampaignKind.SUSPECTED, 0, own[0], "As somebody who rides", None, None, 0)
    members = [CampaignMember("F1", i, CampaignRole.POSSIBLE, 0.2, "", "", n) for n, i in enumerate(own, start=1)]
    CAMPAIGNS.write(folder, [*analysis.rows(CAMPAIGNS), family])
    CAMPAIGN_MEMBERS.write(folder, [*analysis.rows(CAMPAIGN_MEMBERS), *members])
    placed = [
        replace(s, campaign_id="F1", campaign_role=CampaignRole.POSSIBLE) if s.submission_id in own else s
        for s in analysis.rows(SUBMISSIONS)
    ]
    SUBMISSIONS.write(folder, placed)
    return own


def test_suspected_letters_are_shown_apart_and_judged(folder):
    own = suspect(folder)
    app = opened("campaigns")
    assert counts(app)["Distinct texts"] == "11"
    select = next(s for s in app.selectbox if s.label == "Suspected letters")
    assert select.options[0].startswith(f"F1: {len(own)} letters")
    answer(app, "They are one letter")
    assert int(counts(app)["Distinct texts"]) == 11 - len(own) + 1
    assert not any(s.label == "Suspected letters" for s in app.selectbox)
    app.selectbox(key="judging-undo").set_value(reviews_in(folder)[0].review_id).run()
    next(b for b in app.button if b.label == "Take it back").click().run()
    answer(app, "They are letters of their own")
    assert counts(app)["Distinct texts"] == "11"
    assert not any(s.label == "Suspected letters" for s in app.selectbox)


def test_an_organiser_is_named_with_the_words_that_say_so(folder):
    template = load(folder).rows(CAMPAIGNS)[0].template_submission_id
    words = "Sent via Harbour_Action.org ![x](http://example.invalid/x.png)"
    ORGANISERS.write(folder, [Organiser("C1", words[9:], "sent through it", 3, template, "f", 2, 0, len(words), words)])
    app = opened("campaigns")
    assert any(words in t.value and "page 2" in t.value for t in app.text)
    # what stands in a comment is plain text wherever it is shown
    assert not any("example.invalid" in m.value for m in [*app.markdown, *app.caption])
