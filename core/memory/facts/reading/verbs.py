"""Verbs that say something of a person: their forms, and the group of words around them.

A group is read from the left: auxiliaries, negations and adverbs up to the first full verb. What it says of time and
truth ("used to", "don't ... any more", "would") is in `Group`.
"""

from __future__ import annotations

from dataclasses import dataclass

from second_me.core.memory.facts.reading.words import Kind, Word

_FORMS = """
live lives living lived|reside resides residing resided|move moves moving moved
relocate relocates relocating relocated|settle settles settling settled|work works working worked
teach teaches teaching taught|start starts starting started|begin begins beginning began begun
join joins joining joined|quit quits quitting quit|leave leaves leaving left|lose loses losing lost
retire retires retiring retired|study studies studying studied|attend attends attending attended
go goes going went gone|graduate graduates graduating graduated|finish finishes finishing finished
love loves loving loved|like likes liking liked|adore adores adoring adored|enjoy enjoys enjoying enjoyed
prefer prefers preferring preferred|hate hates hating hated|dislike dislikes disliking disliked
despise despises despising despised|detest detests detesting detested|loathe loathes loathing loathed
stand stands standing stood|bear bears bearing bore|have has having had|own owns owning owned
drive drives driving drove driven|ride rides riding rode ridden|buy buys buying bought
get gets getting got gotten|sell sells selling sold|adopt adopts adopting adopted|keep keeps keeping kept
rescue rescues rescuing rescued|speak speaks speaking spoke spoken|talk talks talking talked
suffer suffers suffering suffered|take takes taking took taken|smoke smokes smoking smoked
drink drinks drinking drank drunk|eat eats eating ate eaten|plan plans planning planned
intend intends intending intended|want wants wanting wanted|decide decides deciding decided
call calls calling called|name names naming named|run runs running ran|manage manages managing managed
stop stops stopping stopped|give gives giving gave given|avoid avoids avoiding avoided|play plays playing played
use uses using used|earn earns earning earned|make makes making made|resign resigns resigning resigned
marry marries marrying married|rent rents renting rented|lease leases leasing leased|die dies dying died
react reacts reacting reacted|become becomes becoming became|raise raises raising raised
swear swears swearing swore|serve serves serving served|freelance freelances freelancing freelanced
switch switches switching switched|trade trades trading traded|donate donates donating donated
diagnose diagnoses diagnosing diagnosed|ditch ditches ditching ditched|acquire acquires acquiring acquired
inherit inherits inheriting inherited|cook cooks cooking cooked|walk walks walking walked
read reads reading read|swim swims swimming swam|email emails emailing emailed|text texts texting texted
reach reaches reaching reached|ring rings ringing rang|bake bakes baking baked
collect collects collecting collected|meet meets meeting met|visit visits visiting visited
watch watches watching watched|wake wakes waking woke|sleep sleeps sleeping slept|write writes writing wrote
train trains training trained|practise practises practising practised|practice practices practicing practiced
jog jogs jogging jogged|cycle cycles cycling cycled|skip skips skipping skipped
meditate meditates meditating meditated|commute commutes commuting commuted
volunteer volunteers volunteering volunteered|do does doing did done|save saves saving saved
lift lifts lifting lifted|bike bikes biking biked|brush brushes brushing brushed
babysit babysits babysitting babysat|nap naps napping napped|garden gardens gardening gardened
fast fasts fasting fasted|stretch stretches stretching stretched|hit hits hitting hit|hike hikes hiking hiked
spend spends spending spent|order orders ordering ordered|grab grabs grabbing grabbed
listen listens listening listened|sing sings singing sang|pray prays praying prayed
attend attends attending attended|clean cleans cleaning cleaned|pick picks picking picked
hope hopes hoping hoped|tend tends tending tended|grow grows growing grew grown|found founds founding founded
dance dances dancing danced|draw draws drawing drew|paint paints painting painted|knit knits knitting knitted
climb climbs climbing climbed|fish fishes fishing fished|surf surfs surfing surfed|ski skis skiing skied
row rows rowing rowed|box boxes boxing boxed|sew sews sewing sewed|shop shops shopping shopped
do does doing did done|check checks checking checked|feed feeds feeding fed|water waters watering watered
host hosts hosting hosted|stay stays staying stayed|care cares caring cared|include includes including included
fly flies flying flew flown|journal journals journaling journaled|intern interns interning interned
bartend bartends bartending bartended|rehome rehomes rehoming rehomed|struggle struggles struggling struggled
drop drops dropping dropped|change changes changing changed|fall falls falling fell
rent rents renting rented|share shares sharing shared|aim aims aiming aimed|look looks looking looked
pack packs packing packed|break breaks breaking broke broken|sprain sprains spraining sprained
fracture fractures fracturing fractured|tear tears tearing tore torn|twist twists twisting twisted
dislocate dislocates dislocating dislocated|carry carries carrying carried
understand understands understanding understood
lead leads leading led|head heads heading headed|run runs running ran|lodge lodges lodging lodged
turn turns turning turned|recover recovers recovering recovered
turn turns turning turned|qualify qualifies qualifying qualified
know knows knowing knew known|come comes coming came|identify identifies identifying identified|follow follows
"""
VERBS: dict[str, tuple[str, str]] = {}
"""Form -> (base form, "base" | "s" | "ing" | "past")."""
for _line in _FORMS.replace("\n", "|").split("|"):
    _names = _line.split()
    for _form, _tense in zip(_names, ("base", "s", "ing", "past", "past"), strict=False):
        VERBS.setdefault(_form, (_names[0], _tense))

VERBS["'ve"] = ("have", "base")

BE = frozenset("am 'm is 's are 're was were be been being".split())
_PAST_BE = frozenset({"was", "were"})
_HAVE = frozenset("have 've has had".split())
_DO = frozenset("do does did".split())
MODAL = frozenset("would 'd could may might should must shall ought".split())
_WILL = frozenset({"will", "'ll"})
NEGATIVE = frozenset({"not", "n't", "never", "neither", "hardly", "nor"})
UNSURE = frozenset(
    "maybe perhaps probably possibly likely supposedly apparently allegedly hopefully almost nearly".split()
)
ALWAYS = frozenset(
    """always usually often normally generally typically regularly sometimes occasionally frequently mostly
    rarely""".split()
)
ADVERBS = (
    frozenset(
        """really just also still now currently absolutely actually kinda basically totally honestly definitely
    simply truly even only both all officially recently finally already once ever pretty quite super very so
    too sorta completely literally personally particularly especially deeply genuinely seriously legit
    lowkey fucking freaking damn well right presently here proudly happily sadly unfortunately luckily soon
    today temporarily permanently originally formerly previously together again mainly primarily kind sort
    secretly hella properly apparently thankfully fortunately yesterday since long severely badly mildly
    strongly extremely terribly deathly highly slightly fairly rather tonight obviously ofc tbh""".split()
    )
    | ALWAYS
)
_AFTER = ADVERBS - frozenset(
    "so well here all both once since long today tonight yesterday soon only".split()
)
"""Adverbs that may stand between a verb and what it takes."""


@dataclass(slots=True)
class Group:
    """What stands around a verb. `at` is the verb's place among the clause's words, `after` the place after it.

    `be`: there is no full verb, or it follows a form of "be"; `tense` of the verb ("base", "s", "ing", "past").
    `ended`: "used to", "no longer", "not ... any more".
    """

    verb: str
    tense: str
    at: int
    after: int
    be: bool = False
    past: bool = False
    negated: bool = False
    never: bool = False
    ended: bool = False
    modal: bool = False
    can: bool = False
    will: bool = False
    perfect: bool = False
    always: bool = False
    do: bool = False


def group_at(words: list[Word], at: int) -> Group | None:
    """The group that begins at words[at]; None when there is no verb that is known."""
    group = Group("", "", at, at)
    while at < len(words):
        low = words[at].low
        if low in UNSURE:
            return None
        if words[at].kind is not Kind.WORD or (group.be and low in MODAL):
            return _close(group, at)
        if not _takes(group, words, at):
            return _full(group, words, at)
        at += 2 if _two(words, at) else 1
    return _close(group, at)


def _two(words: list[Word], at: int) -> bool:
    """ "used to", "no longer", "kind of" count as one."""
    pair = (words[at].low, words[at + 1].low if at + 1 < len(words) else "")
    return pair in {("used", "to"), ("no", "longer"), ("kind", "of"), ("sort", "of"), ("at", "least")}


def _takes(group: Group, words: list[Word], at: int) -> bool:
    """Note an auxiliary, a negation or an adverb; False for anything else."""
    low = words[at].low
    if low in BE and not (low == "am" and words[at].cap and group.be):  # "my address is Am Markt 3"
        group.be, group.past = True, group.past or low in _PAST_BE
        group.perfect = group.perfect or low == "been"
    elif low in NEGATIVE:
        group.negated, group.never = True, group.never or low == "never"
    elif low in MODAL:
        group.modal = True
    elif low in ("can", "ca"):
        group.can = True
    elif low in _WILL or low == "wo":
        group.will = True
    elif _two(words, at):
        group.modal = group.modal or (low == "used" and group.be)
        group.ended = group.ended or low in ("used", "no")
        group.past = group.past or low == "used"
    elif low in _DO and _helps(words, at):
        group.past, group.do = group.past or low == "did", True
    elif low in _HAVE and _helps(words, at):
        group.perfect = True
        group.past = group.past or low == "had"
    elif low in ADVERBS:
        group.always = group.always or low in ALWAYS
    else:
        return False
    return True


def _helps(words: list[Word], at: int) -> bool:
    """Whether "do" or "have" helps a verb that follows after adverbs and negations."""
    for word in words[at + 1 : at + 6]:
        if word.low in ADVERBS or word.low in NEGATIVE:
            continue
        if word.low in BE:
            return True
        if words[at].low == "'ve":
            return word.low not in ("a", "an", "the", "two", "three", "no", "some")
        known = VERBS.get(word.low)
        if words[at].low in _DO:
            return known is not None and known[1] == "base"
        return known is not None and known[1] == "past" and not (known[0] == "get" and words[at].low == "had")
    return False


def _full(group: Group, words: list[Word], at: int) -> Group | None:
    known = VERBS.get(words[at].low)
    if known is None or (group.be and known[1] in ("base", "s")):
        return _close(group, at)
    group.verb, group.tense = known
    if group.verb in ("quit", "hit") and not (
        group.do or group.modal or group.will or group.can or group.ended
    ):
        group.tense = "past"
    if group.tense == "past" and not group.perfect and not group.be:
        group.past = True
    group.at, group.after = at, at + 1
    while group.after < len(words) and words[group.after].low in _AFTER:
        group.after += 1
    return group


def _close(group: Group, at: int) -> Group | None:
    """A group of "be" alone: what follows is its complement."""
    if group.be:
        group.at = group.after = at
        return group
    return None
