import pytest

from rfc_analyzer.codebook import read_codebook
from rfc_analyzer.errors import BadCodebook
from rfc_analyzer.model import RespondentType

GOOD = """\
title: Ferries
docket_id: F-1
propositions:
  - {id: P1, text: "Ferries should run at night.", questions: [1a, Q2]}
  - id: P2
    text: Fares should be lower.
seed_themes:
  fares: [ticket, price]
type_rules:
  - {pattern: "Guild of", type: association}
"""


def test_reads_every_part(tmp_path):
    path = tmp_path / "codebook.yaml"
    path.write_text(GOOD)
    codebook = read_codebook(path)
    assert codebook.docket.docket_id == "F-1"
    assert [p.proposition_id for p in codebook.propositions] == ["P1", "P2"]
    assert codebook.propositions[0].question_ids == ("Q1a", "Q2")
    assert codebook.seed_themes == (("fares", ("ticket", "price")),)
    assert codebook.type_rules[0].respondent_type is RespondentType.ASSOCIATION


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("title: x\n", 1, "propositions"),
        ("propositions: []\n", 1, "propositions"),
        ("propositions:\n  - {id: P1}\n", 2, "text"),
        ("propositions:\n  - {id: P1, text: a}\n  - {id: P1, text: b}\n", 3, "id"),
        ("propositions:\n  - {id: P1, text: a}\nthemes: 3\n", 3, "themes"),
        ("propositions:\n  - {id: P1, text: a}\ntype_rules:\n  - {pattern: x, type: firm}\n", 4, "type"),
        ("propositions:\n  - {id: P1, text: a}\ntype_rules:\n  - {pattern: '(', type: other}\n", 4, "pattern"),
        ("propositions:\n  - {id: P1, text: [a]}\n", 2, "text"),
        ("- just\n- a list\n", 1, "propositions"),
    ],
)
def test_a_wrong_codebook_names_line_and_key(tmp_path, text, line, key):
    path = tmp_path / "codebook.yaml"
    path.write_text(text)
    with pytest.raises(BadCodebook) as error:
        read_codebook(path)
    assert f"line {line}" in str(error.value)
    assert f"'{key}'" in str(error.value)


def test_broken_yaml_names_the_line(tmp_path):
    path = tmp_path / "codebook.yaml"
    path.write_text("propositions:\n  - {id: P1, text: a\n")
    with pytest.raises(BadCodebook, match="line"):
        read_codebook(path)
