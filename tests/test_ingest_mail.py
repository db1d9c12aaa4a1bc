"""Messages and what they carry: one submission, each attachment a file of its own."""

from email.message import EmailMessage

import pytest
from gather_intake import gather
from make_outlook import outlook_message

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.model import FileRole, FileStatus, TextSource
from rfc_analyzer.progress import Silent
from rfc_analyzer.readers import read_document
from rfc_analyzer.settings import IngestSettings, ReadingLimits

LETTER = (
    "Dear Secretary, we oppose the proposed rule because its costs fall upon small farms. " + "It is too dear. " * 300
)
SAID = "Please find our views attached. In short: we oppose the rule, and we would welcome a longer comment period."
LOGO = bytes.fromhex("89504e470d0a1a0a") + b"not looked at"


def email(**attachments):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Ann Lee <ann@example.org>", "docket@example.gov", "Rule 7"
    message["Message-ID"] = "<1@example.org>"
    message.set_content(SAID)
    for name, content in attachments.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name.replace("_", "."))
    return message


def take(folder, limits=None):
    settings = IngestSettings(workers=1, **({"limits": limits} if limits else {}))
    return gather([folder], settings, Silent())


@pytest.fixture(params=["eml", "msg"])
def mail(request, tmp_path):
    """A folder with one message that carries a letter, and beside it another comment."""
    name, data = f"comment-12.{request.param}", email(letter_txt=LETTER.encode()).as_bytes()
    if request.param == "msg":
        data = outlook_message("Ann Lee", "Rule 7", SAID, {"letter.txt": LETTER.encode()})
    (tmp_path / name).write_bytes(data)
    (tmp_path / "comment-13.txt").write_text("I support the rule. It is high time, and my neighbours think so too.")
    return tmp_path, name


def test_a_message_and_its_letter_are_one_submission(mail):
    folder, name = mail
    intake = take(folder)
    assert [s.submission_id for s in intake.submissions] == ["comment-12", "comment-13"]
    files = {f.name: f for f in intake.files}
    assert files[name].submission_id == files[f"{name}/letter.txt"].submission_id == "comment-12"
    assert files[name].text_source is TextSource.EMAIL
    assert SAID in files[name].text
    assert files[f"{name}/letter.txt"].role is FileRole.ATTACHMENT
    assert LETTER.strip() in files[f"{name}/letter.txt"].text


def test_pictures_that_decorate_a_message_are_left_out(tmp_path):
    message = email()
    message.add_alternative("<p>We oppose it. <img src='cid:logo'></p>", subtype="html")
    message.get_payload()[1].add_related(LOGO, maintype="image", subtype="png", cid="<logo>")
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    assert [f.name for f in take(tmp_path).files] == ["a.eml"]


def test_a_message_inside_a_message_belongs_to_the_outer_one(tmp_path):
    outer = email()
    outer.add_attachment(email(inner_txt=LETTER.encode()))
    (tmp_path / "a.eml").write_bytes(outer.as_bytes())
    intake = take(tmp_path)
    assert {f.submission_id for f in intake.files} == {"a"}
    assert "a.eml/Rule 7.eml/inner.txt" in {f.name for f in intake.files}


def test_what_a_message_carries_follows_the_id_in_its_name(tmp_path):
    (tmp_path / "comments.csv").write_text("id,comment\nA-2024-0001-0002,\nA-2024-0001-0003,I support it.\n")
    (tmp_path / "A-2024-0001-0002.eml").write_bytes(email(letter_txt=LETTER.encode()).as_bytes())
    files = {f.name: f.submission_id for f in take(tmp_path).files}
    assert files["A-2024-0001-0002.eml/letter.txt"] == "A-2024-0001-0002"


def test_names_never_lead_out_of_their_place(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    message = email()
    message.add_attachment(LETTER.encode(), maintype="text", subtype="plain", filename="../../../escaped.txt")
    (folder / "a.eml").write_bytes(message.as_bytes())
    assert "a.eml/escaped.txt" in {f.name for f in take(folder).files}
    assert not list(tmp_path.rglob("escaped.txt"))


def test_what_exceeds_the_budget_is_told_and_the_message_is_read(tmp_path):
    (tmp_path / "a.eml").write_bytes(email(big_txt=LETTER.encode(), more_txt=LETTER.encode()).as_bytes())
    files = {f.name: f for f in take(tmp_path, ReadingLimits(archive_bytes=200)).files}
    assert files["a.eml"].status is FileStatus.OK
    assert files["a.eml/big.txt"].status is FileStatus.SKIPPED
    assert "split" in files["a.eml/big.txt"].message


def test_a_damaged_outlook_message_says_what_to_do(tmp_path):
    whole = outlook_message("Ann Lee", "Rule 7", SAID, {})
    with pytest.raises(UnreadableFile, match="save it"):
        read_document(whole[:3000], "a.msg", ReadingLimits())
