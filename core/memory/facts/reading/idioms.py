"""Idioms: phrases whose words look like a fact of a slot and are a way of speaking."""

from __future__ import annotations

import re

from second_me.core.memory.facts.slots import Slot


def _only(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:the |my |a |an |any |all |other )*(?:{words})\b", re.IGNORECASE)


_NOBODY = _only(
    r"siri|alexa|cortana|nobody|no one|batman|sherlock|santa|legion|inigo montoya|slim shady|test"
)

NO_VALUE = {
    Slot.OWNS: _only(
        r"death ray|negative|zero|exactly|half|lot|night|day|room|moment|stage|dance ?floor|mistakes?"
        r"|truth|decision|place|show|pitch|silence|bone"
        r"|heart|soul|point|problem|world|internet|street|block|weekend|helicopter pad|spaceship|rocket|moon"
        r"|mars|unicorn|dragon|time machine|planet|galaxy|country|continent|eiffel tower|castle in the air"
        r"|money tree|death star|teleporter"
    ),
    Slot.ALLERGY: _only(
        r"small talk|people|men|women|mondays?|tuesdays?|mornings?|meetings?|work|working|nonsense|drama"
        r"|stupid\w*"
        r"|fools?|idiots?|bull\w*|responsib\w+|exercise|sports?|effort|math\w*|spreadsheets?|emails?"
        r"|commitments?|boredom"
        r"|change|advice|losing|lies|liars?|rudeness|politics|chores?|homework|school|deadlines?|mess"
        r"|noise|fun"
        r"|cleaning|hoovering|ironing|housework|cardio|running|paperwork|jargon|buzzwords?|powerpoints?"
        r"|you|him|her"
        r"|them|that tone|feelings|happiness|success|failure|waiting|queues?|traffic|early"
    ),
    Slot.NICKNAME: re.compile(
        r"(?:old|crazy|mad|silly|cynical|boring|lazy|picky|fussy|naive|sentimental|paranoid|weird|stupid"
        r"|dumb|strange"
        r"|greedy|biased|selfish|vain|cheesy|nuts|superstitious|romantic|spoil\w*|ishmael|maybe|later"
        r"|tomorrow|back"
        r"|names|basic|petty|dramatic|insane|ungrateful|ignorant|nostalgic|a|an|the|when|if|tonight"
        r"|sometime)\b",
        re.IGNORECASE,
    ),
    Slot.SPEAKS: _only(
        r"sarcasm|irony|nonsense|gibberish|rubbish|cat|dog|baby|toddler|emoji|meme|klingon|elvish"
        r"|dothraki|parseltongue"
        r"|dolphin|whale|pig latin|python|javascript|sql|body language|truth|food"
    ),
    Slot.PLAN: re.compile(
        r"(?:do nothing|do absolutely|win the (?:lottery|lotto)|living|wake|(?:move|fly"
        r"|go) to (?:the moon|mars|bed)|marry th"
        r"|survive|scream|cry|die|explode|kill|murder|sleep (?:for|until|till"
        r"|through)|hibernate"
        r"|strangle|vanish|disappear|live forever|rule the|take over the|conquer|haunt|throw (?:up|this"
        r"|my)|be sick"
        r"|lose (?:it|my)|go (?:mad|crazy|insane|nuts)|regret|curl up|bang my|puke|faint|burst)\b",
        re.IGNORECASE,
    ),
    Slot.JOB: _only(
        r"captain now|legend|genius|hero|zombie|machine|robot|vampire|wizard|witch|ghost|superhero|ninja"
        r"|pirate|potato"
        r"|monster|millionaire|billionaire|spy|secret agent|mermaid|teapot|unicorn|werewolf|alien|barbie"
        r"|king|queen"
        r"|prince|princess|god|goddess|knight|viking|astronaut's|rock ?star|pop ?star|wreck|saint|clown"
        r"|couch \w+"
        r"|walking \w+|human \w+|one-man \w+|one-woman \w+|family \w+|resident \w+|unpaid \w+"
        r"|professional (?:napper"
        r"|worrier|overthinker|procrastinator|eater|sleeper|complainer|idiot|snacker)"
    ),
    Slot.EMPLOYER: _only(
        r"nobody|no one|myself|me|peanuts|free|food|fun|money|tips|the man|the weekend|him|her|them|you"
    ),
    Slot.NAME: _NOBODY,
    Slot.GIVEN_NAME: _NOBODY,
    Slot.ADDITIONAL_NAME: _only(
        r"danger|trouble|chaos|fun|patience|adventure|anxiety|awkward|disaster|mayhem|late|sarcasm"
    ),
    Slot.HABIT: _only(
        r"wake\b(?!.*\bat\b)|die|breathe|exist|hustl\w+|suffer|cry|scream|regret|teach people a lesson"
        r"|survive|lose my"
        r"|forget my|fall for|make the same mistake|ask myself|tell myself|wonder"
    ),
    Slot.LIKES: _only(
        r"stepping on|stubbing|sitting in traffic|standing in|waiting|being (?:on hold|ignored|ghosted"
        r"|late|lied|yelled"
        r"|shouted|stuck|sick|broke|poor|wrong|woken|interrupted|cold|tired|alone on)|getting (?:spam"
        r"|stuck|up|soaked"
        r"|woken|yelled|fined|rained|ghosted|bitten|lost)|losing|paying|pain|suffering|queu\w+|taxes|rent"
        r"|overtime|big butts"
        r"|lamp|nap said|my life|that|it|this|you|how|when|your|doing (?:taxes|dishes|paperwork)"
        r"|cleaning up after"
    ),
    Slot.DISLIKES: _only(
        r"straight|up|still|back|it|this|that|you|your|to (?:say|break|admit|ask|bother|be that)"
    ),
}
"""Values of a slot that are no fact of it, by what they begin with."""

PHRASES = re.compile(
    "|".join(
        (
            r"\b(?:have|having|had) (?:a cow|kittens|puppies) (?:every|when|if|over|about|any ?time)\b",
            r"\b(?:horse|dog) in (?:the|this|that) (?:race|fight|game|show)\b|\bblack dog\b"
            r"|\bwhite elephant\b"
            r"|\belephant in the room\b|\bcat in hell\b|\bcat got (?:my|your) tongue\b|\bmonkey on (?:my"
            r"|his|her) back\b",
            r"\bfish to fry\b|\bchickens? to (?:pluck|pick)\b|\bbone to pick\b|\bbats? in (?:the|my) belfry\b"
            r"|\bbee in (?:my|his|her) bonnet\b|\bants in (?:my|his|her) pants\b|\bfrog in my throat\b",
            r"\b(?:cat|dog|puppy|kitten|rabbit|bird) (?:asleep )?(?:on|in|under|at|behind|outside) (?:my"
            r"|the) (?:\w+ )?"
            r"(?:lap|feet|arms|window|door|street|cafe|café|park|yard next|porch|roof|bus|train)\b",
            r"\b(?:in|at|of) my own (?:kitchen|house|home|head|mind|room|life|shower|living room)\b",
            r"\b(?:house|flat|car|garden|boat|van|dog|cat|horse|bike) to (?:clean|walk|wash|mow|water"
            r"|sell for|feed|fix"
            r"|paint for|move|pick up|return|drop off|give back|collect)\b",
            r"\b(?:don't|do not|never) own (?:me|you|him|her)\b|\bown (?:it|this|that|up)\b",
            r"\blike (?:a|an) (?:\w+ )?(?:dog|horse|cat|king|queen|pig|bird|fish|log|baby|ox|bear|mule)\b",
            r"\bdrink and drive\b|\bquit \w+ (?:every|again|twice|for the \w+ time)\b"
            r"|\bfor the \w+ only\b|\bdesignated\b"
            r"|\bbottle ?washer\b|\b(?:ocd|adhd|bipolar|paranoid) about\b|\bsaid the\b",
            r"\b(?:have|'ve got|got|has) [A-Z]\w+'s \w+|\b(?:my|our|the) \w+'s (?:dog|cat|car|van|boat"
            r"|house|flat|bike)\b",
            r"\bmenu\b|\bwas my \w+ (?:typing|writing|texting)\b|\b(?:speak|know|have|own) (?:exactly "
            r"|precisely )?(?:zero|0)\b|\bplay(?:s|ed|ing)? (?:the )?(?:doctor|nurse|taxi|referee"
            r"|detective|teacher|chef"
            r"|therapist|devil's)\b",
        )
    ),
    re.IGNORECASE,
)
"""Ways of speaking that name an animal, a thing or a trade."""
SPOKEN = frozenset(
    {
        Slot.OWNS,
        Slot.PET,
        Slot.JOB,
        Slot.SCHOOL,
        Slot.HABIT,
        Slot.LIKES,
        Slot.DISLIKES,
        Slot.PLAN,
        Slot.SPEAKS,
        Slot.RELATION,
        Slot.HEALTH,
    }
)


_BRANDS = re.compile(
    r"(?:google|netflix|siri|alexa|cortana|chat ?gpt|gpt|gemini|copilot|spotify|youtube|amazon|uber"
    r"|wikipedia|jack daniels"
    r"|jim beam|johnnie walker|jose cuervo|captain morgan|mr\.? coffee|ben (?:and|&) jerry|prozac"
    r"|caffeine|coffee|wine"
    r"|gin|whisky|internet|duolingo|roomba|excel|tesco|pizza|karma|anxiety|insomnia|ryan gosling"
    r"|timothée chalamet"
    r"|brad pitt|george clooney|keanu|taylor swift|beyonc|harry styles|pedro pascal|emma stone|totoro"
    r"|vinny)\b",
    re.IGNORECASE,
)
_SEEN = re.compile(
    r"\b(?:is|was) (?:a|an|such a|my favou?rite) (?:\w+ ){0,2}(?:film|movie|book|show|song|series|play)\b"
    r"|\bon tv\b",
    re.I,
)
_LEFT = re.compile(
    r"\bleft [A-Z]?\w+ (?:at|around|about|by) \w|\b(?:live|living) (?:music|bands?|shows?|stream|jazz|gig"
    r"|from)\b",
    re.I,
)


def is_no_person(name: str, sentence: str) -> bool:
    """Whether the name of a tie is of a thing, a work or a star ("my best friend Google")."""
    return bool(_BRANDS.match(name) or _SEEN.search(sentence))


def is_idiom(slot: Slot, value: str, sentence: str) -> bool:
    """Whether the value is no fact of its slot, or the sentence a way of speaking."""
    no_value = NO_VALUE.get(slot)
    if no_value is not None and no_value.match(value):
        return True
    if slot is Slot.HOME:
        return bool(_LEFT.search(sentence))
    return slot in SPOKEN and bool(PHRASES.search(sentence.replace("’", "'")))
