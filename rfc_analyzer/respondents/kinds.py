"""What each kind of evidence says about a respondent's type: one table of weights, in natural log-odds.

The weights of all clues add up, type by type, and a softmax makes shares of the sums. A weight of 0.7 doubles the
odds of a type, 2.3 makes them ten times as high. A kind that is met again (in the name, then in the letterhead)
counts half as much each further time, since such clues are not independent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rfc_analyzer.model import RespondentType

ORGANISATIONS = (
    RespondentType.PRIVATE_SECTOR,
    RespondentType.ASSOCIATION,
    RespondentType.NONPROFIT,
    RespondentType.ACADEMIA,
    RespondentType.GOVERNMENT,
    RespondentType.OTHER,
)
PEOPLE = (RespondentType.INDIVIDUAL, RespondentType.ANONYMOUS)


class Kind(StrEnum):
    """Kinds of evidence. Those from ``company_form`` to ``organisation_word`` are named by the word lists."""

    COMPANY_FORM = "company_form"
    COMPANY_WORD = "company_word"
    LAW_FIRM = "law_firm"
    TRADE_BODY = "trade_body"
    UNION = "union"
    PROFESSIONAL_BODY = "professional_body"
    COALITION = "coalition"
    FOUNDATION = "foundation"
    ASSOCIATION_OF_ANY_KIND = "association_of_any_kind"
    REGISTERED_SOCIETY = "registered_society"
    THINK_TANK = "think_tank"
    CAMPAIGNING = "campaigning"
    CONSUMER_BODY = "consumer_body"
    CIVIC_BODY = "civic_body"
    SOCIETY = "society"
    PURPOSE = "purpose"
    CAUSE = "cause"
    TRADE = "trade"
    ACRONYM = "acronym"
    LONG_ACRONYM = "long_acronym"
    STANDARDS_BODY = "standards_body"
    UNIVERSITY = "university"
    RESEARCH = "research"
    RESEARCH_INSTITUTE = "research_institute"
    RESEARCH_CENTRE = "research_centre"
    FIELD_OF_SCIENCE = "field_of_science"
    GOVERNMENT = "government"
    GOVERNMENT_WEAK = "government_weak"
    HEALTH_SYSTEM = "health_system"
    ORGANISATION_WORD = "organisation_word"
    REGION = "region"
    CONTINENT = "continent"
    SECTOR_OF_REGION = "sector_of_region"

    ORGANISATION_FIELD = "organisation_field"
    ORGANISATION_IN_LETTER = "organisation_in_letter"
    ON_BEHALF = "on_behalf"
    NAME_OF_ORGANISATION = "name_of_organisation"
    NO_BODY_WORD = "no_body_word"
    PERSON_NAME = "person_name"
    NO_NAME = "no_name"
    NAME_WITHHELD = "name_withheld"
    SIGNED = "signed"
    SELF_DESCRIPTION = "self_description"
    FIRST_PERSON = "first_person"
    PRIVATE_CAPACITY = "private_capacity"
    SCHOLAR = "scholar"
    OWNER = "owner"
    MEMBERS = "members"
    SPEAKS_FOR = "speaks_for"
    OF_CITIZENS = "of_citizens"
    OF_SCHOLARS = "of_scholars"
    OF_AUTHORITIES = "of_authorities"
    CUSTOMERS = "customers"
    FUNDED_PROJECT = "funded_project"
    STUDENTS = "students"
    RESIDENTS = "residents"
    CHARITY_STATUS = "charity_status"
    LEAGUE_STATUS = "league_status"
    MAIL_EDU = "mail_edu"
    MAIL_GOV = "mail_gov"
    MAIL_ORG = "mail_org"
    MAIL_COM = "mail_com"
    MAIL_PRIVATE = "mail_private"
    UNIVERSITY_TIE = "university_tie"
    OWN_BUSINESS = "own_business"
    NO_BUSINESS = "no_business"
    SPEAKS_OF_MEMBERS = "speaks_of_members"
    CIVIC_CONCERNS = "civic_concerns"
    COMMERCIAL_CONCERNS = "commercial_concerns"
    LABOUR_CONCERNS = "labour_concerns"
    DISCLAIMER = "disclaimer"
    DECLARED = "declared"


def _weights(
    private: float = 0.0,
    association: float = 0.0,
    nonprofit: float = 0.0,
    academia: float = 0.0,
    government: float = 0.0,
    other: float = 0.0,
    individual: float = 0.0,
    anonymous: float = 0.0,
) -> Mapping[RespondentType, float]:
    values = (private, association, nonprofit, academia, government, other, individual, anonymous)
    return {t: w for t, w in zip((*ORGANISATIONS, *PEOPLE), values, strict=True) if w}


def _organisation(weight: float, individual: float = 0.0, anonymous: float = 0.0) -> Mapping[RespondentType, float]:
    return _weights(weight, weight, weight, weight, weight, weight, individual, anonymous)


# before any evidence: most submissions to open consultations come from people
PRIOR = _weights(
    private=-1.0, association=-1.4, nonprofit=-1.2, academia=-1.8, government=-2.2, other=-2.6, individual=1.0,
    anonymous=-1.0,
)  # fmt: skip

WEIGHTS: Mapping[Kind, Mapping[RespondentType, float]] = {
    Kind.COMPANY_FORM: _weights(private=4.5, association=0.3),
    Kind.COMPANY_WORD: _weights(private=1.6, association=0.4, nonprofit=0.2),
    Kind.LAW_FIRM: _weights(private=4.0),
    Kind.TRADE_BODY: _weights(association=4.0, nonprofit=0.8),
    Kind.UNION: _weights(association=3.6, nonprofit=0.6),
    Kind.PROFESSIONAL_BODY: _weights(association=3.2, nonprofit=1.0, academia=0.3),
    Kind.COALITION: _weights(association=2.4, nonprofit=1.7, academia=0.4, government=0.2, other=0.6),
    Kind.FOUNDATION: _weights(nonprofit=3.6, association=0.4, academia=0.3),
    # what it is made up of or made for decides
    Kind.ASSOCIATION_OF_ANY_KIND: _weights(association=3.2, nonprofit=1.9, academia=0.3),
    Kind.REGISTERED_SOCIETY: _weights(association=2.0, nonprofit=2.3, other=0.4, academia=0.3),
    Kind.THINK_TANK: _weights(nonprofit=2.6, academia=1.9, association=0.3, other=0.2),
    Kind.CAMPAIGNING: _weights(nonprofit=2.4, association=0.3),
    Kind.CONSUMER_BODY: _weights(nonprofit=4.8),
    Kind.CIVIC_BODY: _weights(nonprofit=4.4),
    Kind.SOCIETY: _weights(association=2.0, nonprofit=1.8, academia=0.4),
    Kind.PURPOSE: _weights(nonprofit=1.2),
    Kind.CAUSE: _weights(nonprofit=1.6, academia=0.2),
    # initials alone tell little: the letter decides; firms have short ones
    Kind.ACRONYM: _weights(private=1.6, association=0.9, nonprofit=0.7, other=0.6),
    Kind.LONG_ACRONYM: _weights(private=1.3, association=1.5, nonprofit=1.2, academia=0.6, other=0.8),
    Kind.TRADE: _weights(association=1.8, private=0.3),
    Kind.STANDARDS_BODY: _weights(other=6.4, association=0.8, nonprofit=0.6),
    Kind.UNIVERSITY: _weights(academia=4.8, nonprofit=0.3),
    Kind.RESEARCH: _weights(academia=2.0, nonprofit=1.0, private=0.5),
    Kind.RESEARCH_INSTITUTE: _weights(academia=2.0),
    Kind.RESEARCH_CENTRE: _weights(academia=4.0, nonprofit=1.4, private=0.6),
    # read behind "institute of" and "center for" only
    Kind.FIELD_OF_SCIENCE: _weights(academia=1.8),
    Kind.GOVERNMENT: _weights(government=4.8, other=0.4),
    Kind.GOVERNMENT_WEAK: _weights(government=2.2, other=0.6, nonprofit=0.9, association=0.5),
    Kind.HEALTH_SYSTEM: _weights(nonprofit=1.2, private=0.8, association=0.2),
    Kind.ORGANISATION_WORD: _weights(association=0.8, nonprofit=0.8, other=0.4),
    Kind.SECTOR_OF_REGION: _weights(association=2.4),
    # firms have national branches, associations are made for a continent
    Kind.CONTINENT: _weights(association=1.6, nonprofit=0.9, other=0.5, government=0.2),
    Kind.REGION: _weights(association=0.9, nonprofit=0.6, other=0.4, government=0.3),
    Kind.ORGANISATION_FIELD: _organisation(5.0, individual=-1.0, anonymous=-2.0),
    Kind.ORGANISATION_IN_LETTER: _organisation(3.2),
    Kind.ON_BEHALF: _organisation(2.5),
    Kind.NAME_OF_ORGANISATION: _organisation(1.0),
    Kind.NO_BODY_WORD: _weights(private=2.0),
    Kind.PERSON_NAME: _weights(individual=1.0, anonymous=-3.0),
    Kind.NO_NAME: _weights(individual=-1.6, anonymous=2.6),
    # a docket that knows where the writer lives knows who it is
    Kind.NAME_WITHHELD: _weights(individual=3.0),
    Kind.SIGNED: _weights(individual=1.5, anonymous=-3.0),
    Kind.SELF_DESCRIPTION: _weights(individual=2.2, anonymous=-1.8),
    Kind.FIRST_PERSON: _weights(individual=0.6),
    Kind.PRIVATE_CAPACITY: _weights(individual=6.0, anonymous=-1.0),
    Kind.SCHOLAR: _weights(academia=7.0, individual=0.3, anonymous=-1.0),
    Kind.UNIVERSITY_TIE: _weights(academia=2.6),
    Kind.DISCLAIMER: _weights(individual=1.6),
    Kind.OWNER: _weights(private=1.4, individual=0.6),
    Kind.MEMBERS: _weights(association=2.6, nonprofit=0.5),
    Kind.SPEAKS_FOR: _weights(association=3.6, nonprofit=0.6),
    Kind.OF_CITIZENS: _weights(nonprofit=2.6, association=1.0),
    Kind.OF_SCHOLARS: _weights(academia=2.4, association=0.8, nonprofit=0.6),
    # a body of public authorities is neither a trade's nor one of them
    Kind.OF_AUTHORITIES: _weights(other=7.0, government=5.0, association=0.8, nonprofit=0.6),
    Kind.CUSTOMERS: _weights(private=2.2),
    # several bodies' project with public money is none of them
    Kind.FUNDED_PROJECT: _weights(other=7.0, academia=3.0, nonprofit=0.4),
    Kind.STUDENTS: _weights(academia=1.2),
    Kind.RESIDENTS: _weights(government=1.8),
    Kind.CHARITY_STATUS: _weights(nonprofit=4.2, association=0.4, academia=0.3),
    Kind.LEAGUE_STATUS: _weights(association=4.0),
    # said by two to nine times as many of one kind as of the others, in three dockets
    Kind.OWN_BUSINESS: _weights(private=2.2),
    Kind.NO_BUSINESS: _weights(private=-0.4),
    Kind.SPEAKS_OF_MEMBERS: _weights(association=1.2, nonprofit=0.5, other=0.3),
    Kind.CIVIC_CONCERNS: _weights(nonprofit=1.8, academia=0.4, government=0.4, other=0.4),
    Kind.COMMERCIAL_CONCERNS: _weights(private=0.7, association=0.7),
    Kind.LABOUR_CONCERNS: _weights(association=3.0, nonprofit=0.4),
    Kind.MAIL_EDU: _weights(academia=1.4),
    Kind.MAIL_GOV: _weights(government=2.6),
    Kind.MAIL_ORG: _weights(nonprofit=0.9, association=0.9),
    Kind.MAIL_COM: _weights(private=0.8),
    Kind.MAIL_PRIVATE: _weights(individual=0.4),
}


@dataclass(frozen=True, slots=True)
class Clue:
    """A piece of evidence: ``reason`` names where it was found and quotes it; ``scale`` weakens it (0..1)."""

    kind: Kind
    reason: str
    scale: float = 1.0
    towards: RespondentType | None = None
