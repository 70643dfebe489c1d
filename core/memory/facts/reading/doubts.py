"""Doubts: signs that a sentence is play, a test, a lyric, irony or a day's state, though its words are plain.

What is doubtful is given up: a claim that is missed costs less than one that is wrong.
"""

from __future__ import annotations

import re

from second_me.core.memory.facts.reading.idioms import is_idiom, is_no_person
from second_me.core.memory.facts.reading.passing import passes
from second_me.core.memory.facts.reading.said import Draft
from second_me.core.memory.facts.slots import Slot

_SELF = r"(?:i|i['’]?m|i['’]?ve|my|we|our|we['’]re)\b"

_EXERCISE = (
    r"(?:practice|practise|prep|rehearsal|exercise|drill|warm-?up|homework|worksheet|dialogue|dialog|pitch|monologue"
    r"|oral|exam|lesson|class|workshop|training|demo|simulation|sketch|speech|tutorial|run-?through|assignment)"
)
"""What a text is tried or trained for."""

_POST = r"(?:letters?|mails?|post|e-?mails|correspondence|paperwork|documents|invoices|messages|forms|bills|statements)"
"""What somebody may wish to be sent in a language."""

ON = re.compile(
    "|".join(
        (
            r"^\W*(?:ok(?:ay)?,? |so,? )?let['’]?s play\b",
            r"^\W*(?:new |next |opening |closing |same )?(?:scene|scenario|setting|act|verse|chorus"
            r"|prompt|role)"
            r"(?: (?:\d+|one|two|three|four|again))?\s*[:,]",
            r"^\W*(?:mock|fake|practice|pretend|mocked) \w+(?: \w+)?\s*[:,]|\bimprov\b",
            rf"\byou(?: can|['’]ll| will| get to)? (?:be|play) (?:the|a|an|my) [^.!?\n]{{1,40}}\b{_SELF}",
            rf"{_SELF}[^.!?\n]{{1,60}}\b(?:and|while) you(?:['’]re| are| be| play) (?:the|a|an|my)\b",
            rf"^\W*(?:(?:for|as|in|during|from|at|on) )?(?:(?:the|a|an|my|our|this|that|some) )?(?:\w+ ){{0,3}}"
            rf"{_EXERCISE}(?: (?:\w+ ){{0,2}}(?:tomorrow|today|text|draft|version|\d+))?\s*(?::|\s[-–—]+\s)"
            rf"|^\W*(?:for|as|in|during) (?:\w+ ){{1,4}}?{_EXERCISE}\s*,\s*{_SELF}"
            r"|^\W*(?:practi[sc]ing|rehearsing|drafting|training)\b[^:.!?\n]{0,40}:",
            r"^\W*(?:testing|test|mic check|sound check|check check|demo|sample(?: \w+)?|test \w+"
            r"|dry run)\s*[:,.]",
            r"^\W*(?:(?:ok(?:ay)?|so|hi|hey),? )?(?:just |only |to )*(?:(?:testing|checking|trying) (?:out )?"
            r"(?:(?:the|this|that) (?:\w+ )?(?:memory|app|bot|system|assistant|thing|chat|mic|recorder|settings)|your"
            r"|how|what|if|whether|you)|(?:seeing|see) (?:how|what|if|whether|that) (?:you|this|it|the app))\b"
            r"[^.!?\n]{0,40}[:.,–-]",
            r"^\W*(?:please |pls |just |you can |and )*(?:ignore|disregard)(?: (?:this|me|all this|the next \w+"
            r"|the following|what follows))?\s*[:,.–-]|,\s*(?:please |just )?(?:ignore|disregard)(?: (?:this|me))?\s*:",
            r"^\W*(?:please |pls )?(?:don['’]?t|do not|never) (?:save|store|keep|remember|record|log|note|write down)"
            r" (?:this|the following|any of this)\b",
            r"^\W*(?:quick|little|small|another|one more|a)? ?(?:memory|system|bot|app|speech|voice|sound) (?:test"
            r"|check)\b",
            r"\bjust (?:testing|checking|trying) (?:whether|if|that|this|you|it|out)\b",
            r"\b(?:to|let me) test (?:you|your|this|the app|it|if|whether)\b",
        )
    ),
    re.IGNORECASE,
)
"""What begins a play or a test: the rest of the text is of it."""

HERE = re.compile(
    "|".join(
        (
            r"\((?:the |in |in the |a |my )?(?:\w+ )?(?:game|app|dream|virtual|pretend|toy|plastic|plush"
            r"|fake|imaginary)"
            r"(?: \w+)?\)",
            r"\b(?:on|in|at) (?:my|our|the) (?:\w+ )?(?:minecraft|skyrim|stardew|sims?|roblox|game"
            r"|fantasy|lego"
            r"|virtual|pixel|digital|save) (?:\w+)\b(?<!studio)(?<!shop)(?<!store)(?<!company)(?<!industry)",
            r"\b(?:level \d+|respawn\w*|npcs?|side quest|save file|new game|my avatar|my sims?)\b",
            r"\b(?:weird|strange|odd|bad|crazy|wild|funny|mad|fever|vivid|silly|scary|nice|same|recurring"
            r"|stupid"
            r"|that|another|last night's) (?:\w+ )?(?:dream|nightmare)s?\b",
            r"\b(?:had|have|having) (?:a|this|that|the|another) (?:\w+ )?(?:dream|nightmare)\b"
            r"|\bnightmares?\s*[:,]|\bdaydream\w*|\bin my (?:sleep|dreams|mind|imagination|fantas\w+)\b",
            rf"^\s*[~*#/_]+\s*(?=\w)[^~*#/_]*[~*#/_]+\W*$|~\s*{_SELF}[^~]*~",
            r"\bla la\b|\bna na na\b|\b(?:ooh|oh|hey),? (?:ooh|oh|hey),? (?:ooh|oh|hey)\b|\bearworm\b",
            rf"^\W*(?:oh |ah |yes |yeah |no |lol |well |hm+ )*(?:right|sure|yes|yeah|cos|cuz|because"
            rf"|totally|exactly)"
            rf",? (?:right,? )?(?:because|cos|cuz|'cause|as if|like) {_SELF}",
            rf"^\W*(?:yes|yeah|right|sure),? and {_SELF}",
            r"\bhow (?:would|do|does|did|should|might|can|could) (?:\w+ ){1,5}(?:say|put|write|translate"
            r"|spell|pronounce)\b",
            r"\b(?:in|for) (?:french|german|spanish|italian|english|dutch|polish|latin|japanese|greek|turkish"
            r"|portuguese|swedish|norwegian|danish|finnish|czech|russian|arabic|hindi|chinese|korean"
            r"|irish|welsh)"
            r"\s*[:?]|\bthe (?:french|german|spanish|italian|english|dutch|polish|greek|turkish|portuguese"
            r"|swedish|word|words|phrase|translation) (?:for|of)\b",
            r"^\W*(?:me|us) (?:in|at|by|after|when|aged?) [^:.!?]{1,40}:|\bpov\b"
            r"|\b(?:years|months|weeks) from now\b|^\W*(?:one|some) ?day\b(?! (?:a|per|every|each|off)\b)",
            r"\b(?:like|as) (?:a|an) (?:\w+ )?in (?:a|the|some) (?:film|movie|cartoon|sitcom)\b",
            r"\b(?:basically|practically|virtually|essentially|pretty much|kind of|kinda|sort of|sorta)"
            r" (?:a|an|the|my|live|work|own)\b",
            r"^\W*(?:overheard|eavesdropp\w+|heard (?:on|at|in) (?:the|a)\b|got (?:a|this) (?:text"
            r"|message|mail|letter|call)"
            r"|(?:scam|spam|prank|cold|robo) ?(?:call|caller|text|mail|message)|(?:an? |the |this )?(?:ad"
            r"|advert|poster|sign"
            r"|billboard|sticker|graffiti|banner) (?:on|in|at|by|near)|(?:film|movie|show|book|podcast"
            r"|album|song|musical|play)s?"
            r" (?:tonight|today|now|on repeat|on|club|of the|rec|pick|night)|(?:reading|watching"
            r"|listening to|rereading|rewatching"
            r"|bingeing|binging|streaming)|guess who|riddle|charades|crossword|trivia|bingo|dare"
            r"|truth or dare|two truths"
            r"|poll|quiz|option \w\b|vote|wrong (?:chat|person|number|thread|window)|sorry,? wrong"
            r"|my typo|typo(?![:,] (?:my|it['’]s)\b))\b",
            r"^\W*[1a]\)\s.*\b[2b]\)\s",
            r"\b(?:delete|forget|ignore|unsay|erase|disregard|strike) (?:that|what i said"
            r"|it)?:? ?(?:about |where |how )?"
            r"(?:i|my|we)\b",
            r"\basking for a friend\b|\b(?:when|once|if|until) (?:i|we) (?:grow up|retire|get|have|own"
            r"|buy)\b[^.!?\n]*"
            r"\b(?:i['’]m|i am|['’]ll|will|would)\b|\b(?:i|we)(?:['’]d| would) (?:name|call|have|own|be"
            r"|love|like|hate)\b"
            rf"(?! (?:to be (?:written to|contacted|addressed|mx|mr|mrs|ms|miss|dr)|(?:the |my |all |any )*{_POST})\b)"
            r"|\b(?:tardis|death ray|time machine|hogwarts|narnia|mordor|the shire|gotham|westeros"
            r"|atlantis|death star)\b",
            r"\(i wish\)|\bi wish\W*$|\b(?:which is correct|(?:good|right|correct|proper) grammar"
            r"|grammar\s*[:?]|spell ?check"
            r"|count the words|is it correct)\b",
        )
    ),
    re.IGNORECASE,
)
"""Nothing in this sentence is stated."""

_KEEPERS = (
    r"(?:bank|clinic|hospital|doctors?|surgery|hr|council|records?|system|computer|database|wikipedia|google|file"
    r"|files|register|roll|card|passport|licen[cs]e|certificate|directory|registry|insurer|insurance|letter|form"
    r"|office|school|airline|website|app|internet|paperwork|badge|envelope|invoice|landlord|police|machine)"
)
RECORDED = re.compile(
    "|".join(
        (
            r"\b(?:has|have|had|got) it (?:that|wrong|on (?:file|record)|in (?:writing|its|their))\b"
            r"|\bhas it down\b|\b(?:put|wrote|got) (?:it |me )?down (?:that|as|wrong)\b",
            r"\b(?:has|have|had|got|lists?|listed|shows?|registered|recorded|put) (?:me|us|my \w+)"
            r" (?:down |listed |registered |recorded |filed )?(?:as|under)\b",
            rf"^\W*(?:according to |on |in )?(?:the|my|their|our|an?)? ?(?:\w+ ){{0,2}}{_KEEPERS}"
            r" (?:has it|shows?|insists?|thinks?|believes?|lists?|states?|is (?:sure|certain|convinced)"
            r"|reckons?|claims?|assumes?)\b",
        )
    ),
    re.IGNORECASE,
)
"""What somebody's files say of the person is not said by them."""

BACK = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|haha\w*|lol|lmao|well|no|nah|sorry|jk),? ){0,2}(?:(?:i['’]?m |i was |just |only )*"
    r"(?:kidding|joking|messing|teasing|pulling your leg|playing)\b|(?:that|it|this)(?:['’]s| is| was|s)?"
    r" (?:just |only |all )*(?:a |the )?(?:\w+ )?(?:dream|joke|lie|test|song|lyrics?|quote|game|prank"
    r"|nightmare|sarcasm"
    r"|line from)\b|(?:nope|nah|as if|not true|psych|gotcha|got you|fooled you|you wish|i wish|in my dreams"
    r"|if only|yeah right|april fools?)\b\W*(?:$|\w+\W*$)|"
    r"(?:please |pls |just )*(?:ignore|disregard|forget|delete|don['’]?t (?:save|store|keep|remember)) (?:that|this|it"
    r"|the last|my last|all that)\b(?! (?:i|my|we)\b)|then i woke up|and then i woke up|said no ?one)",
    re.IGNORECASE,
)
"""The sentence that takes back the one in front of it."""


_SHOWN = re.compile(
    "|".join(
        (
            r"\b(?:in|on) (?:the|this|that|these|those|my|our|her|his|an?)"
            r" (?:\w+ ){0,2}(?:photos?|pictures?|pics?|selfie"
            r"|video|painting|drawing|portrait|snapshot|clip|collage|mural)\W+(?:i|we|my|our)\b",
            r"^\W*(?:but |well,? )?on paper,? (?:i|we|my)\b|\bfor tax (?:purposes|reasons)\b"
            r"|\bas far as (?:the \w+|my \w+|hr|he|she|they)"
            r" (?:is|are|knows?)\b"
            r"|\b(?:used|using|borrowed|logged in (?:with|on|as)|on|under|with|from) (?:my |the )?\w+['’]s"
            r" (?:\w+ )?(?:login|account|phone|laptop|badge|pass|card|ticket|profile|name|id)\b",
            r"\b(?:evil|cunning|master|secret|devious|genius|sinister) (?:\w+ )?(?:plan|scheme|plot)\b",
            r"\b(?:nearly|almost|wanted to|tried to|could have|should have) (?:call|name|christen)(?:e?d)?\b",
            r"^\W*(?:the|a|some|our|that|this) (?:new|old|other|random|tall|drunk|posh)"
            r" (?:guy|girl|boy|lady|man|woman|bloke|kid|hire|intern|neighbou?r|boss|colleague|teacher|student|tenant"
            r"|driver|waiter|one|customer|caller)\s*:",
            r"\bcalls? me [^,.!?\n]{1,30}[,.;–-]* (?:and |but |which )?(?:i )?(?:hate|can['’]?t stand|loathe|detest"
            r"|not my name|wrong|that['’]s not)\b",
            r"\bif (?:anyone|anybody|someone|somebody|they|he|she) asks?\b[^.!?\n]{0,12}\b(?:i['’]?m|i am|my name)\b",
        )
    ),
    re.IGNORECASE,
)
"""What is so only in a picture, on paper, under another's name, or as a jest."""
_SPOKEN_FOR = re.compile(
    "|".join(
        (
            r"\b(?:i['’]?ll be|i will be|i['’]?m) your (?:\w+ )?(?:server|waiter|waitress|host|hostess|guide"
            r"|captain|driver|instructor|pilot|agent|operator|conductor|steward|stewardess|nurse|barista|moderator)\b",
            r"^\W*(?:(?:hi|hello|hey|good \w+),? )?(?:welcome to|thanks? (?:you )?for (?:calling|choosing"
            r"|flying|holding)|you['’]?(?:re| are| have|ve) (?:reached|through to|now speaking))\b",
            r"\byour (?:captain|pilot|driver|conductor) speaking\b|\bladies and gentlemen\b",
            r"\b(?:the|a|my|our) (?:dog|cat|puppy|kitten|parrot|hamster|toddler|baby|kid|horse|rabbit)"
            r" (?:here|typing|writing|speaking|wrote this|typed this)\b|\b(?:woof|meow|miaow|oink|moo+)\b",
            r"\bnew year,? new me\b|, (?:only )?in my (?:head|mind|dreams|imagination)\b",
            r"\bor (?:was|is) (?:that|it) [A-Z]?\w+\W*$|\bwhich (?:one )?(?:of (?:these|those|them) )?(?:is|are"
            r"|sounds?) (?:right|correct|better|wrong|grammatical)\b",
            r"\b(?:ptsd|adhd|ocd|trauma|amnesia|anxiety) (?:from|after) (?:that|this|those)\b"
            r"|\b(?:ocd|adhd|adhs|amnesia) is (?:kicking|acting|showing|talking|raging|screaming)\b"
            r"|\bself[- ]?diagnosed\b",
            r"\b(?:collection|supply|wealth|stack|stock|range|array) of (?:excuses|regrets|bad \w+|opinions|mistakes"
            r"|disappointments?|fails?|failures|grudges|complaints|unread \w+|worries)\b",
        )
    ),
    re.IGNORECASE,
)
"""What is said in the words of staff, of an animal, of a boast, or not sure of its own words."""
_LODGING = re.compile(
    r"\b(?:hotel|hostel|airbnb|b&b|campsite|venue|guest ?house|resort|restaurant|clinic|office|meeting|party|wedding"
    r"|pickup|pick-up|gym|church|holiday \w+)(?:['’]s)? (?:address|street|postcode|is (?:at|on))\b",
    re.IGNORECASE,
)
_AT_HOME = frozenset({Slot.HOME, Slot.STREET_ADDRESS, Slot.POSTAL_CODE})
_VISITED = re.compile(
    r"\b(?:horse|beast|dog|cat|cow|pig|whale|bear|monkey) of an?\b|\b(?:in|at|on|into|outside) (?:the|our|my) (?:\w+ )?"
    r"(?:office|shop|class|classroom|school|work|garden|loft|attic|roof|pub|café|cafe|kitchen|meeting|bar|hotel)"
    r" (?:yesterday|today|last|this|again|on \w+day|once|earlier|tonight)\b",
    re.IGNORECASE,
)

_CONSIDERED = re.compile(
    r"\b(?:(?:thought|think|thinking|talked|talking|considered|considering|toyed|dreamt|dreamed|looked into"
    r"|tempted|applied|tried|about|meaning|meant|came close|close|eye on|decided against|nearly|almost)"
    r"(?: (?:about|of|with|the idea|to|on|against|over|maybe|even))* "
    r"(?:adopt|buy|get|own|hav|keep|rescu|tak|join|mov|becom|work|start|rent|bring|foster)(?:e|ing|t?ting)?)\b"
    r"(?:(?!\b(?:but|and|so|then|i|we|my)\b)[^,.;!?\n])*$",
    re.IGNORECASE,
)
"""What stands in front of a value that was considered and may never have come about."""
_HAD = frozenset({Slot.PET, Slot.OWNS, Slot.JOB, Slot.EMPLOYER, Slot.HOME, Slot.SCHOOL})


def hides(sentence: str, following: str) -> bool:
    """Whether nothing of this sentence is to be taken; `following` is the sentence after it, or ""."""
    return bool(
        HERE.search(sentence)
        or RECORDED.search(sentence)
        or _SHOWN.search(sentence)
        or _SPOKEN_FOR.search(sentence)
        or BACK.match(following)
    )


def is_doubtful(draft: Draft, text: str, sentence: str) -> bool:
    """Whether a draft of a sentence of the text is given up."""
    if draft.named and is_no_person(text[slice(*draft.named)], sentence):
        return True
    if draft.slot in _AT_HOME and _LODGING.search(sentence):
        return True
    if draft.slot is Slot.PET and _VISITED.search(sentence):
        return True
    if draft.slot in _HAD and _CONSIDERED.search(text[max(draft.start - 90, 0) : draft.start]):
        return True
    if draft.slot in _NO_OWNERS and re.match(r"['’]s\s+\w", text[draft.end : draft.end + 5]):
        return True
    return passes(draft.slot, sentence) or is_idiom(draft.slot, text[draft.start : draft.end], sentence)


_NO_OWNERS = frozenset({Slot.JOB, Slot.HABIT, Slot.LIKES, Slot.DISLIKES, Slot.OWNS})
"""A value that owns what follows ("a vegetarian's nightmare") is not meant itself."""

_CLAUSE = re.compile(
    r"\s+(?:before|after|while|when|whenever|because|cos|unless|until|although|though)\s+(?:i|we|he|she"
    r"|they|you|it"
    r"|(?:the|my|our) (?:kids|children|baby|boys|girls|others|rest|house|family|wife|husband|sun) \w+)\b.*$",
    re.IGNORECASE | re.DOTALL,
)


def end_of(draft: Draft, text: str) -> int:
    """Where the value of an action ends in the text: before a clause of its own ("before the kids wake up")."""
    value = text[draft.start : draft.end]
    cut = _CLAUSE.search(value) if draft.slot in (Slot.HABIT, Slot.PLAN) else None
    return draft.start + (cut.start() if cut else len(value))
