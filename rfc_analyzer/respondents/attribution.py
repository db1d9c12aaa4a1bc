"""Who speaks in each submission: all clues are gathered, their weights added, and the likeliest type is given."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rfc_analyzer.languages import language_of
from rfc_analyzer.model import (
    FileRole,
    FileStatus,
    Passage,
    PassageKind,
    RespondentType,
    SourceFile,
    Submission,
    TypeRule,
)
from rfc_analyzer.respondents import letters, selfdescription
from rfc_analyzer.respondents.concerns import concern_clues, labour_clues, talk_clues
from rfc_analyzer.respondents.kinds import PRIOR, WEIGHTS, Clue, Kind
from rfc_analyzer.respondents.membership import without_plain_members
from rfc_analyzer.respondents.names import (
    body_clues,
    is_anonymous,
    is_no_organisation,
    looks_personal,
    without_country,
    writes_full_names,
)
from rfc_analyzer.respondents.signers import count_signers
from rfc_analyzer.respondents.spelling import spellings
from rfc_analyzer.respondents.substance import Vocabulary, judge
from rfc_analyzer.respondents.vocabularies import declared_type
from rfc_analyzer.words import normalise

_SPEAKING = (FileRole.FORM, FileRole.ATTACHMENT)
_READ = (FileStatus.OK, FileStatus.PARTIAL)
_NOT_OWN = (PassageKind.RFC_TEXT, PassageKind.QUOTE, PassageKind.FOOTNOTE, PassageKind.BOILERPLATE)
# people and bodies say who they are at the beginning of a text, or at its end
_BEGINNING, _END = 9_000, 2_000
_NAMED = 60_000
_DECLARED_WEIGHT = 5.0
_LANGUAGE_WORDS = 6
_NO_LANGUAGE = "zxx"
# words of a name that leave open which kind of body it is
_SAYS_NO_KIND = (Kind.ORGANISATION_WORD, Kind.REGION)
_TITLE = re.compile(
    r"^(?:anonymous )?(?:public )?(?:comment|submission|response|feedback|letter)s? (?:from|of|by|submitted by) (.+)$",
    re.I,
)
_LAST_FIRST = re.compile(r"^([^,]+),\s*([^,]+)$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who speaks in a submission. ``score`` is the type's share of the evidence (0..1); ``reason`` quotes it."""

    submission_id: str
    respondent_type: RespondentType
    score: float
    reason: str
    respondent_name: str
    organization: str
    substantive: bool
    substantive_reason: str
    language: str
    signatories: int


@dataclass(frozen=True, slots=True)
class _Dossier:
    """A submission with its own texts: ``own`` is what the respondent wrote, quotes and notes left out."""

    submission: Submission
    texts: tuple[str, ...]
    own: str
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Docket:
    """What only all submissions together tell: lines at the head of several letters, words, how names are written."""

    shared: frozenset[str]
    vocabulary: Vocabulary
    full_names: bool


def attribute(
    submissions: Sequence[Submission],
    files: Sequence[SourceFile],
    passages: Sequence[Passage],
    rules: Sequence[TypeRule] = (),
) -> list[Attribution]:
    """One :class:`Attribution` a submission, in the order of ``submissions``.

    A codebook's ``rules`` win over all evidence. Only form text and attachments speak; exhibits and unread files don't.
    """
    dossiers = _dossiers(submissions, files, passages)
    shared = letters.shared_lines(letters.head_lines(d.texts[-1]) for d in dossiers if d.texts)
    vocabulary = Vocabulary("\n".join(d.texts) for d in dossiers)
    full_names = writes_full_names(_stated_names(s)[0] for s in submissions)
    known = _Docket(shared, vocabulary, full_names)
    # of a campaign's letters many say the same: each is looked at once
    made: dict[_Dossier, Attribution] = {}
    found = []
    for dossier in dossiers:
        said = replace(dossier, submission=_what_tells(dossier.submission))
        if said not in made:
            made[said] = _attribution(said, known, rules)
        found.append(replace(made[said], submission_id=dossier.submission.submission_id))
    return one_spelling(found)


def _what_tells(submission: Submission) -> Submission:
    """Without what tells nothing of who speaks, and differs where all else is the same."""
    return replace(submission, submission_id="", submitted_at=None, link="", tracking_number="")


def one_spelling(attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions with each organisation's name in one spelling."""
    chosen = spellings(a.organization for a in attributions if a.organization)
    return [replace(a, organization=chosen.get(a.organization, a.organization)) for a in attributions]


def _dossiers(
    submissions: Sequence[Submission], files: Sequence[SourceFile], passages: Sequence[Passage]
) -> list[_Dossier]:
    # file_id and text: whole rows of a million fill the memory
    texts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    unread: dict[str, list[str]] = defaultdict(list)
    once: dict[str, str] = {}  # many say the same
    for file in files:
        if file.submission_id and file.role in _SPEAKING and file.status in _READ:
            texts[file.submission_id].append((file.file_id, once.setdefault(file.text, file.text)))
        elif file.submission_id and file.status is FileStatus.SKIPPED:
            unread[file.submission_id].append(file.name)
    own: dict[str, list[str]] = defaultdict(list)
    speaking = {file_id for listed in texts.values() for file_id, _ in listed}
    for passage in passages:
        if passage.file_id in speaking and passage.kind not in _NOT_OWN:
            own[passage.file_id].append(passage.text)

    def said(file_id: str, text: str) -> str:
        spoken = _ends("\n".join(own.get(file_id) or [text]))
        return once.setdefault(spoken, spoken)

    return [
        _Dossier(
            s,
            tuple(text for _, text in texts.get(s.submission_id, ())),
            "\n".join(said(*file) for file in texts.get(s.submission_id, ())),
            tuple(unread.get(s.submission_id, ())),
        )
        for s in submissions
    ]


def _ends(text: str) -> str:
    return text if len(text) <= _BEGINNING + _END else f"{text[:_BEGINNING]}\n{text[-_END:]}"


def _attribution(dossier: _Dossier, docket: _Docket, rules: Sequence[TypeRule]) -> Attribution:
    name, organization = _stated_names(dossier.submission)
    clues, name, organization = _gather(dossier, name, organization, docket)
    kind, score, reason = _by_rule(name, organization, rules) or weigh(clues)
    substance = judge("\n".join(dossier.texts), dossier.unread, docket.vocabulary)
    return Attribution(
        submission_id=dossier.submission.submission_id,
        respondent_type=kind,
        score=score,
        reason=reason,
        respondent_name="" if is_anonymous(name) else name,
        organization=organization,
        substantive=substance.substantive,
        substantive_reason=substance.reason,
        language=_language(dossier.own),
        signatories=max((count_signers(text) for text in dossier.texts), default=1),
    )


def weigh(clues: Iterable[Clue]) -> tuple[RespondentType, float, str]:
    """The likeliest type, its share (0..1), and the clues that spoke most for it."""
    totals = {kind: PRIOR.get(kind, 0.0) for kind in RespondentType}
    met: dict[tuple[Kind, RespondentType | None], int] = defaultdict(int)
    weighed: list[tuple[Clue, dict[RespondentType, float]]] = []
    for clue in sorted(clues, key=lambda c: (-c.scale, c.kind, c.reason)):
        factor = clue.scale * 0.5 ** met[clue.kind, clue.towards]
        met[clue.kind, clue.towards] += 1
        adds = {clue.towards: _DECLARED_WEIGHT} if clue.towards else dict(WEIGHTS[clue.kind])
        weights = {kind: weight * factor for kind, weight in adds.items()}
        weighed.append((clue, weights))
        for kind, weight in weights.items():
            totals[kind] += weight
    best = max(RespondentType, key=lambda kind: totals[kind])
    share = 1.0 / sum(math.exp(total - totals[best]) for total in totals.values())
    return best, round(share, 3), _reason(best, weighed)


def _reason(best: RespondentType, weighed: Sequence[tuple[Clue, dict[RespondentType, float]]]) -> str:
    """The two clues that speak most for ``best`` rather than for the other types."""

    def edge(weights: dict[RespondentType, float]) -> float:
        others = [weights.get(kind, 0.0) for kind in RespondentType if kind is not best]
        return weights.get(best, 0.0) - sum(others) / len(others)

    ranked = sorted(weighed, key=lambda item: -edge(item[1]))
    reasons = [clue.reason for clue, weights in ranked if edge(weights) > 0]
    return "; ".join(list(dict.fromkeys(reasons))[:2]) or "nothing tells who speaks"


def _stated_names(submission: Submission) -> tuple[str, str]:
    """The respondent's name and organisation as the metadata gives them, from the title where it does not."""
    name, organization = submission.respondent_name.strip(), submission.organization.strip()
    if is_no_organisation(organization) or is_anonymous(organization):
        organization = ""
    if organization and normalise(without_country(organization)) == normalise(name) and looks_personal(name) > -1.5:
        organization = ""
    if not name and not organization:
        match = _TITLE.match(submission.title.strip())
        name = match[1].strip() if match else ""
        last_first = _LAST_FIRST.match(name)
        if last_first and looks_personal(name) > 0:
            name = f"{last_first[2].strip()} {last_first[1].strip()}"
    return name, organization


def _gather(dossier: _Dossier, name: str, organization: str, docket: _Docket) -> tuple[list[Clue], str, str]:
    """All clues, and the names with what the letter adds to them."""
    clues = _declared_clues(dossier.submission)
    anonymous = is_anonymous(name)
    if organization and looks_personal(organization) > 3 and (anonymous or organization == name):
        name, organization, anonymous = organization, "", False
    if organization:
        clues += _organisation_name_clues(organization, Kind.ORGANISATION_FIELD, "organisation")
    elif not anonymous:
        personal = looks_personal(name, docket.full_names)
        clues += _name_clues(name, personal)
        clues += letters.affiliation_clues(name, dossier.texts)
        if personal < -1.5:
            organization, name = name, ""
    found = "" if organization else _organisation_in_letter(dossier, docket.shared, clues)
    clues += _letter_clues(dossier, organization or found, bool(organization))
    if anonymous and not organization:
        clues += _anonymous_clues(dossier)
    return clues, name, organization or found


def _declared_clues(submission: Submission) -> list[Clue]:
    declared = declared_type(submission.declared_type) if submission.declared_type else None
    if declared is None:
        return []
    return [Clue(Kind.DECLARED, f"declared as '{submission.declared_type}'", towards=declared)]


def _organisation_name_clues(name: str, kind: Kind, source: str) -> list[Clue]:
    bodies = body_clues(name, source)
    clues = [Clue(kind, f"{source}: '{name}'"), *bodies]
    if not any(c.kind not in _SAYS_NO_KIND and c.scale >= 0.6 for c in bodies):
        clues.append(Clue(Kind.NO_BODY_WORD, f"{source}: '{name}', a name without a word for its kind", 0.6))
    return clues


def _name_clues(name: str, personal: float) -> list[Clue]:
    if personal >= -1.5:
        return [Clue(Kind.PERSON_NAME, f"name: '{name}'", min(1.0, 0.6 + max(personal, 0.0) / 8))]
    strength = min(5.0, -personal)
    return [
        *_organisation_name_clues(name, Kind.NAME_OF_ORGANISATION, "name"),
        Clue(Kind.NAME_OF_ORGANISATION, f"name: '{name}' is no person's", strength),
    ]


def _organisation_in_letter(dossier: _Dossier, shared: frozenset[str], clues: list[Clue]) -> str:
    """An organisation that only the letter names: "on behalf of", "Comments of", letterhead, signature block."""
    if not dossier.texts:
        return ""
    letter = max(dossier.texts, key=len)
    end = letters.closing(letter)
    places = (
        ("on behalf of", selfdescription.behalf_of(dossier.own)),
        ("heading", letters.stated_author(letter)),
        (
            "letterhead",
            letters.letterhead_organisation(letters.head_lines(letter), shared, dossier.submission.docket_id),
        ),
        ("signature", letters.closing_organisation(end) if end else ""),
    )
    found = [(where, name) for where, name in places if name]
    for where, name in found:
        clues += letters.organisation_clues(name, where)
        if where == "on behalf of":
            clues.append(Clue(Kind.ON_BEHALF, f"{where}: '{name}'"))
    return found[0][1] if found else ""


def _letter_clues(dossier: _Dossier, organization: str, certain: bool) -> list[Clue]:
    own = dossier.own
    clues = [clue for text in dossier.texts for clue in letters.mail_clues(text)]
    if organization:
        whole = "\n".join(text[:_NAMED] for text in dossier.texts)
        definitions = selfdescription.definitions_of(organization, own, whole)
        clues += letters.site_clues(organization, whole)
        members = selfdescription.speaks_for_members(organization, own)
        of_members = members is not None and members.kind in (Kind.MEMBERS, Kind.SPEAKS_FOR)
        clues += selfdescription.organisation_statements(own, definitions, of_members)
        clues += concern_clues(own) + labour_clues(own) + talk_clues(own)
        found = (
            members,
            selfdescription.university_tie(organization, whole),
            letters.signed_by_professor(dossier.texts),
        )
        clues = without_plain_members([*clues, *(clue for clue in found if clue)])
    if not certain:
        clues += selfdescription.personal_clues(own)
    return clues


def _anonymous_clues(dossier: _Dossier) -> list[Clue]:
    clues = [Clue(Kind.NO_NAME, "no name is given")]
    stated = (dossier.submission.respondent_name.strip(), dossier.submission.organization.strip())
    withheld = next((name for name in stated if name and without_country(name) != name), "")
    if withheld:
        clues.append(Clue(Kind.NAME_WITHHELD, f"name withheld: '{withheld}', of whom the docket knows the country"))
    for text in dossier.texts:
        end = letters.closing(text)
        if end and end.name:
            clues.append(Clue(Kind.SIGNED, f"signed '{end.name}'"))
    return clues


def _by_rule(name: str, organization: str, rules: Sequence[TypeRule]) -> tuple[RespondentType, float, str] | None:
    for rule in rules:
        for text in (organization, name):
            if text and re.search(rule.pattern, text, re.IGNORECASE):
                return rule.respondent_type, 1.0, f"codebook rule '{rule.pattern}': '{text}'"
    return None


def _language(text: str) -> str:
    """The language as an ISO 639-1 code, or "" where the text is too short to tell."""
    if len(text.split()) < _LANGUAGE_WORDS:
        return ""
    code = language_of(text)
    return "" if code == _NO_LANGUAGE else code
