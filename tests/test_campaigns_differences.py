"""What differs between two letters: verbatim, and enough to get from the one to the other."""

from hypothesis import given
from hypothesis import strategies as st

from rfc_analyzer.campaigns.differences import changed_spans, difference
from rfc_analyzer.words import words

TEXT = st.lists(st.sampled_from(["the", "board", "board's", "ferry", "a-b", "No", "no", "night,", ".", "'", "-", "\n"]),
                max_size=12).map(" ".join)  # fmt: skip
GLUED = st.text(st.sampled_from("ab'- .\n"), max_size=14)


def without(text, spans):
    kept, at = [], 0
    for start, end in spans:
        kept += words(text[at:start])
        at = end
    return kept + words(text[at:])


@given(TEXT | GLUED, TEXT | GLUED)
def test_what_did_not_change_is_in_both_texts(template, text):
    found = changed_spans(template, text)
    assert is_within(without(template, found.removed), words(text))
    assert is_within(without(text, found.added), words(template))
    for whole, spans in ((template, found.removed), (text, found.added)):
        assert all(0 <= start < end <= len(whole) and words(whole[start:end]) for start, end in spans)
        assert list(spans) == sorted(spans)


def is_within(part, whole):
    """Whether the words of ``part`` come in ``whole`` in this order."""
    rest = iter(whole)
    return all(word in rest for word in part)


@given(TEXT)
def test_a_text_differs_from_itself_in_nothing(text):
    assert difference(text, text) == difference("", "")


@given(TEXT, TEXT, TEXT)
def test_what_was_put_between_is_what_was_added(before, added, after):
    found = difference(f"{before}\n{after}", f"{before}\n{added}\n{after}")
    assert found.removed_text == ""
    assert len(words(found.added_text)) >= len(words(added))


def test_a_word_that_goes_on_is_another_word():
    assert difference("the board' and", "the board's and").added_text == "board's"
    assert difference("say no now", "say not now").added_text == "not"
    assert difference("over-board goes", "board goes").removed_text == "over-board"
