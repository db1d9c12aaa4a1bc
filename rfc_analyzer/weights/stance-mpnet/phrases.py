"""Words and frames from which statements of a plain stance are put together for training.

They teach what can be taught by rule: that "it is a myth that …" turns a statement, that "critics claim …" gives no
view of the author's, that "prohibited" is "banned". ``{}`` takes a statement, ``{s}`` and ``{p}`` what stands before
and after its "should", ``{r}`` a name for the agency's proposal.
"""

SUPPORT, OPPOSE, MIXED, NONE = range(4)
FLIPPED = (OPPOSE, SUPPORT, MIXED, NONE)

AROUND = {
    SUPPORT: (
        "We agree that {}.", "I firmly believe {}.", "It is simply true that {}.", "Nobody can deny that {}.",
        "In our view, {}.", "There is no doubt that {}.", "Yes, {}.",
        "{} - and the sooner this is understood, the better.", "We fully support the view that {}.",
        "Our members are convinced that {}.", "The evidence is clear: {}.",
        "As a mother of three I can tell you that {}.",
        "Our data confirm that {}.", "Whatever the critics say, {}.", "I used to doubt it, but {}.",
        "Nobody can seriously deny that {}.", "It would be wrong to deny that {}.",
    ),
    OPPOSE: (
        "I do not accept that {}.", "It is not true that {}.", "We disagree with the idea that {}.",
        "The notion that {} is mistaken.", "Nothing shows that {}.", "It is a myth that {}.",
        "No, it is false that {}.", "We reject the claim that {}.", "I am not persuaded that {}.",
        "It is nonsense to say that {}.", "The argument that {} does not hold up.",
        "Our experience contradicts the view that {}.", "Only a lobbyist would claim that {}.",
        "We were told that {}. That was a lie.", "I oppose the idea that {}.", "The agency is wrong to think that {}.",
        "There is no evidence that {}.", "Supporters say that {}, but they are mistaken.",
    ),
    MIXED: (
        "In some cases {}, in others not.", "It is only partly true that {}.",
        "I can see both sides of the claim that {}.",
        "It is true for some and false for others that {}.", "We agree that {}, but only under certain conditions.",
    ),
    NONE: (
        "Some people say that {}.", "The agency asks whether {}.", "The notice states that {}.",
        "Critics claim that {}.", "Please tell us if {}.", "We take no position on whether {}.",
        "My neighbour thinks that {}.", "The question is whether {}.",
        "Could the agency explain why it thinks that {}?", "I am still making up my mind whether {}.",
        "One study looked at whether {}.",
    ),
}  # fmt: skip

SHOULD = {
    SUPPORT: (
        "{s} must {p}", "{s} ought to {p}", "It is right that {s} should {p}", "We ask that {s} {p}",
        "We urge you to see to it that {s} {p}", "I want {s} to {p}", "I am in favor of making {s} {p}",
        "Yes, {s} should {p}",
        "{s} need to {p}", "High time that {s} should {p}", "Please see that {s} {p}",
        "I support a rule under which {s} must {p}", "I would be glad to see {s} {p}",
        "It makes sense that {s} should {p}",
    ),
    OPPOSE: (
        "{s} should not {p}", "{s} must not {p}", "I see no reason why {s} should {p}", "I am against making {s} {p}",
        "We ask that {s} not {p}", "Do not make {s} {p}", "{s} shouldn't have to {p}",
        "Nothing good comes of making {s} {p}",
        "It would be a mistake if {s} had to {p}", "Why on earth should {s} {p}",
        "No, {s} should never {p}", "I would be sorry to see {s} {p}",
    ),
}  # fmt: skip
SHOULD_BE = {
    SUPPORT: (
        "I support {s} being {p}", "I want {s} {p}", "We are for {s} being {p}", "We ask that {s} be {p}",
        "It is good that {s} would be {p}", "I hope to see {s} {p}", "Please get {s} {p}",
    ),
    OPPOSE: (
        "I oppose {s} being {p}", "I object to {s} being {p}", "We ask that {s} not be {p}",
        "It would be wrong for {s} to be {p}", "I don't want {s} {p}", "There is no good reason for {s} to be {p}",
        "Please do not have {s} {p}",
    ),
}  # fmt: skip
# what is said of a limit says the contrary of what is limited: who blames the one speaks for the other
FREED = frozenset(
    ("allowed", "permitted", "available", "free", "open", "published", "legal", "exempt", "released", "shared", "sold")
)
LIMITED = frozenset(
    ("banned", "forbidden", "prohibited", "restricted", "limited", "capped", "suspended", "ended", "stopped", "phased",
     "barred", "outlawed")
)  # fmt: skip
LIMITS = (
    "Restricting {s}", "Any attempt to limit {s}", "Regulation of {s}", "A ban on {s}", "Tighter rules for {s}",
    "Clamping down on {s}", "More control over {s}", "Any restriction of {s}", "Licences for {s}", "A limit on {s}",
)  # fmt: skip
LICENCES = (
    "Freedom for {s}", "A free hand for {s}", "Lifting the limits on {s}", "Fewer rules for {s}", "Letting {s} spread",
    "Deregulation of {s}", "Giving up control of {s}", "Leaving {s} unregulated", "Less control over {s}",
)  # fmt: skip
GOOD = (
    "is badly needed", "would be a wise step", "is long overdue", "is the right thing to do",
    "cannot come soon enough", "is only common sense", "would do us all good", "deserves our support",
    "would be no loss to anybody", "is nothing to be afraid of", "is in everyone's interest",
)  # fmt: skip
BAD = (
    "would be a huge mistake", "would do far more harm than good", "is the wrong way to go", "cannot be justified",
    "is against everything we stand for", "would only make matters worse", "is reckless", "would be a step backwards",
    "is the last thing we need", "goes much too far", "helps nobody but the largest firms",
    "has never worked anywhere",
)  # fmt: skip
KEEP_FREE = ("Please do not restrict {s}", "Hands off {s}", "Do not regulate {s} to death", "Leave {s} alone")
KEEP_TIGHT = (
    "Please get {s} under control", "Keep a tight rein on {s}", "Act before {s} get out of hand", "Please rein in {s}"
)  # fmt: skip

RULE = {
    SUPPORT: (
        "Please adopt this {r}.", "We urge the agency to finalize the {r}.", "I support this {r}.",
        "This {r} is long overdue.", "We write in support of the {r}.", "Thank you for this {r}; please make it final.",
        "I strongly urge you to pass the {r} as written.", "The {r} gets it right.",
        "We commend the agency for its {r} and ask that it be adopted.", "Yes to this {r}!",
    ),
    OPPOSE: (
        "Please withdraw this {r}.", "We ask you to reject the {r}.", "I oppose this {r}.", "This {r} is a mistake.",
        "We write in opposition to the {r}.", "Kill this {r}.", "I strongly urge you to drop the {r}.",
        "The {r} gets it wrong.", "We respectfully request that the {r} be withdrawn.", "No to this {r}!",
    ),
    NONE: (
        "Thank you for the chance to comment on the {r}.", "The {r} was published on 4 May.",
        "Please extend the comment period on this {r}.", "I have a question about the {r}.",
    ),
}  # fmt: skip
NAMES = ("rule", "proposal", "proposed rule", "measure", "regulation", "plan", "bill", "policy")

UNDENIED = (
    (" is not ", " is "), (" are not ", " are "), (" will not ", " will "), (" would not ", " would "),
    (" does not ", " really does "), (" do not ", " really do "), (" cannot ", " can "), (" no ", " some "),
)  # fmt: skip
DENIED = (
    (" is ", (" is not ", " is hardly ", " is anything but ")),
    (" are ", (" are not ", " are hardly ", " are by no means ")),
    (" will ", (" will not ", " will never ")), (" would ", (" would not ", " would hardly ")),
    (" can ", (" cannot ", " can hardly ")),
)  # fmt: skip


def _lines(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split()) for line in text.splitlines())


SYNONYMS = _lines(
    """allow permit let tolerate
remove ban end
removed banned ended
support back endorse
allowed permitted
banned prohibited outlawed forbidden
ban prohibit outlaw forbid
require oblige compel
required obliged compelled
reduce cut lower lessen
increase raise boost
harm hurt damage
harms hurts damages
benefit help
benefits helps
protect safeguard shield
protects safeguards shields
expensive costly dear
cheap inexpensive affordable
dangerous unsafe hazardous risky
safe harmless
fair just equitable
unfair unjust
keep retain maintain
remain stay
end stop
people residents citizens
companies firms businesses
company firm business
rule regulation measure
agency regulator authority
children kids
homes houses dwellings
exempt exempted excused spared
pay cover fund
big large
small little
more further additional
necessary needed essential
unnecessary needless pointless
improves betters
worse poorer
better superior
quickly fast soon
disclose reveal publish
disclosed revealed published
limit cap restrict
limited capped restricted
costs expenses
jobs employment work
workers employees staff
approve authorize
approved authorized
delay postpone
delayed postponed
replace substitute
threatens endangers jeopardizes
ensures guarantees secures
prevents stops averts
destroys ruins wrecks
effective useful
ineffective useless"""
)
