"""The types that docket systems let respondents choose, and what each is here: one table."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rfc_analyzer.model import RespondentType
from rfc_analyzer.words import normalise

_T = RespondentType

# words of the declared type, in the order they are tried; the first that stands in it decides
DECLARED: Mapping[str, RespondentType | None] = {
    # one word for a person and for the body of many, as in "Health Care Professional or Association": says neither
    "professional association": None,
    "provider association": None,
    "plan association": None,
    "professional or association": None,
    "provider or association": None,
    "plan or association": None,
    # European Union, "Have your say": user types
    "eu citizen": _T.INDIVIDUAL,
    "non eu citizen": _T.INDIVIDUAL,
    "academic research institution": _T.ACADEMIA,
    "business association": _T.ASSOCIATION,
    "company business organisation": _T.PRIVATE_SECTOR,
    "company business": _T.PRIVATE_SECTOR,
    "company": _T.PRIVATE_SECTOR,
    "consumer organisation": _T.NONPROFIT,
    "environmental organisation": _T.NONPROFIT,
    "non governmental organisation": _T.NONPROFIT,
    "ngo": _T.NONPROFIT,
    "public authority": _T.GOVERNMENT,
    "trade union": _T.ASSOCIATION,
    # regulations.gov: Government Agency Type
    "federal": _T.GOVERNMENT,
    "state": _T.GOVERNMENT,
    "local": _T.GOVERNMENT,
    "tribal": _T.GOVERNMENT,
    "tribe": _T.GOVERNMENT,
    "county": _T.GOVERNMENT,
    "municipal": _T.GOVERNMENT,
    "foreign": _T.GOVERNMENT,
    "government": _T.GOVERNMENT,
    # regulations.gov: Category, which each agency words in its own way
    "congress": _T.GOVERNMENT,
    "congressional": _T.GOVERNMENT,
    "regulator": _T.GOVERNMENT,
    "local authority": _T.GOVERNMENT,
    "public body": _T.GOVERNMENT,
    "agency": _T.GOVERNMENT,
    "public interest": _T.NONPROFIT,
    "non profit": _T.NONPROFIT,
    "nonprofit": _T.NONPROFIT,
    "not for profit": _T.NONPROFIT,
    "advocacy": _T.NONPROFIT,
    "civil rights": _T.NONPROFIT,
    "civil society": _T.NONPROFIT,
    "think tank": _T.NONPROFIT,
    "charity": _T.NONPROFIT,
    "consumer group": _T.NONPROFIT,
    "religious": _T.NONPROFIT,
    "foundation": _T.NONPROFIT,
    "labor union": _T.ASSOCIATION,
    "union": _T.ASSOCIATION,
    "association": _T.ASSOCIATION,
    "representative body": _T.ASSOCIATION,
    "trade": _T.ASSOCIATION,
    "professional organization": _T.ASSOCIATION,
    "institution of higher education": _T.ACADEMIA,
    "university": _T.ACADEMIA,
    "academia": _T.ACADEMIA,
    "academic": _T.ACADEMIA,
    "college": _T.ACADEMIA,
    "researcher": _T.ACADEMIA,
    "law firm": _T.PRIVATE_SECTOR,
    "private industry": _T.PRIVATE_SECTOR,
    "industry": _T.PRIVATE_SECTOR,
    "business": _T.PRIVATE_SECTOR,
    "corporation": _T.PRIVATE_SECTOR,
    "manufacturer": _T.PRIVATE_SECTOR,
    "vendor": _T.PRIVATE_SECTOR,
    "anonymous": _T.ANONYMOUS,
    "individual": _T.INDIVIDUAL,
    "citizen": _T.INDIVIDUAL,
    "private person": _T.INDIVIDUAL,
    "consumer": _T.INDIVIDUAL,
    "member of the public": _T.INDIVIDUAL,
    "general public": _T.INDIVIDUAL,
    "personal": _T.INDIVIDUAL,
}


def declared_type(declared: str) -> RespondentType | None:
    """The type that the docket's own word for it means, or None where it does not say ("Other")."""
    said = f" {normalise(re.sub(r'[-_/&]', ' ', re.sub(r'(?<=[a-z])(?=[A-Z])', ' ', declared)))} "
    return next((kind for phrase, kind in DECLARED.items() if f" {phrase} " in said), None)
