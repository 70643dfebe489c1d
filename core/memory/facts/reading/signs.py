"""Signs that what is said is not meant as true: words of role-play, fiction, dreams, jest.

A sign of `FICTION` voids the text from its sentence on, one of `UNREAL`, `IRONY` or `SHOUTED` its sentence, one of
`TAKEN_BACK` at the start of a sentence the one before.
"""

from __future__ import annotations

import re

_TONGUES = r"(?:french|german|spanish|italian|english|dutch|polish|latin|japanese)"
_WORKS = (
    r"(?:story|poem|bio|letter|song|essay|scene|script|dialog(?:ue)?|character|persona|monologue|e?mail|message"
    r"|text|haiku"
    r"|limerick|review|profile|post|caption|toast|speech|ad|tweet)"
)
_PLEASE = (
    r"(?:^\W*(?:please |pls |now |ok(?:ay)?,? )?|(?:can|could|would|will) you (?:please )?"
    r"|help me (?:to )?|please )"
)

FICTION = re.compile(
    "|".join(
        (
            r"\brole-?\s?play\w*|\bmake[- ]believe\b|\bonce upon a time\b|\bin[- ]character\b"
            r"|\bpretend(?:ing)?\b",
            r"\blet'?s (?:imagine|suppose|pretend)\b|\bpicture this\b|^\W*(?:please )?act as\b"
            r"|\brepeat after me\b",
            r"\bimagine\b(?=,? (?:that|if|i|you|we|my|our|being|living|having|working|a|an|the)\b)",
            rf"\bhow do (?:you|i|we) (?:say|spell)\b|\b(?:say|write|put) (?:this |it |that )?in {_TONGUES}\b",
            r"\btranslate (?:this|that|the|it|into|to|for|:)|\btranslate:|\btranslation:"
            r"|\bexample sentences?\b",
            r"\bsample (?:text|sentence|bio|letter)\b|\b(?:rewrite|rephrase|proofread|paraphrase)\b"
            r"|\bsummari[sz]e this\b",
            r"\b(?:correct|fix) (?:this|my|the) (?:text|sentence|grammar|paragraph)\b|\blorem\b",
            rf"{_PLEASE}(?:write|draft|compose|make up|generate|invent|give|create|finish|continue) (?:me |us "
            rf"|up )?"
            rf"(?:a|an|my|the|some|this) (?:\w+ ){{0,3}}{_WORKS}\b",
            r"\b(?:my|our) (?:\w+ ){0,2}(?:novel|short story|screenplay|fan-?fic(?:tion)?|protagonist|narrator"
            r"|villain"
            r"|character|avatar|persona|heroine)\b|\bd&d\b",
            r"\b(?:copy(?:ing)?|copied|past(?:ing|ed)|forward(?:ing|ed)|quot(?:ing|ed)|transcrib(?:ing"
            r"|ed))\b[^.!?\n]{0,60}:",
            r"\b(?:voicemail|message|text|letter|note|spam|mail|e-?mail|card|advert|listing|review|comment"
            r"|tweet|post|profile)"
            r" (?:i got )?(?:from|by|of|below|above)\b[^:.!?\n]{0,40}:|\bnot mine\b\W{0,3}:|^\W*role\s?:",
            r"\bread (?:this|that|it) (?:out|aloud)\b|\bthe following\b[^.!?\n]{0,20}:",
            r"\bfor (?:the|this|that|our|my) (?:\w+ )?(?:exercise|sketch|demo|skit|rehearsal|improv|scene"
            r"|drill)\b",
            r"\blet'?s (?:\w+ )?(?:play|do) a (?:\w+ )?(?:game|scene|quiz)\b",
            r"\byou(?:'re| are) (?:the|a|an|my) \w+(?: \w+)?,? (?:and |while )?i(?:'m| am| play)\b",
            r"\bchapter (?:\d+|one|two|three|four|five|ten)\W*:|\bmurder mystery\b|\bfancy dress\b|\bcosplay\w*"
            r"|\blarp\w*|\bcostume\b|\bmonopoly\b|\bduolingo\b|\bthe sims\b|\banimal crossing\b|\bstardew\b",
            r"\broses are red\b|\bknock,? knock\b|\b(?:in|on) (?:gta\w*|runescape|skyrim|fortnite|roblox|minecraft"
            r"|pokemon|zelda|fifa|farmville|tomodachi|second life|baldur's gate|dnd|red dead|elden ring|wow)\b",
            r"\btext adventure\b|\bescape room\b|\balter ego\b|\bstage name\b|\bprank call\b|\bbio ideas?\b",
            r"\baudition\w*|\bfake (?:profile|account|id|name|bio)\b|\b(?:dress(?:ed|ing)? up|going) as (?:a|an|the)\b",
            r"\bplay(?:ing|ed)? (?:shops?|house|doctors?|nurses|teachers?|schools?|pirates|families|hospitals?)\b",
            r"(?:^|\W)(?:test(?:ing)?,? )+(?:test(?:ing)?\W*)?(?:\d|my|i|hello|one)\b"
            r"|\b(?:just|only|is|bot) a? ?test\b",
            r"\bimaginary (?:friend|dog|cat|life|husband|wife)\b|\brole\s*:",
            r"\bstell dir vor\b|\bübersetze?\b|\bangenommen\b|\brollenspiel\b|\btun wir so\b",
        )
    ),
    re.IGNORECASE,
)

_MADE_UP = (
    r"(?:dreams?|nightmare|game|book|movie|film|play|series|show|story|musical|skit|parallel universe"
    r"|alternate universe"
    r"|(?:past|previous|another|next|other) life|fantasy|simulation|improv\w*|quiz|ideal world|perfect world)"
)
_TEXTS = (
    r"(?:adverts?|ads?|advertisement|listing|description|label|leaflet|brochure|flyer|headline"
    r"|article|caption|profile"
    r"|transcript|inscription|graffiti|subtitles?|blurb|paragraph|sentence|chapter|chorus|verse"
    r"|banner|placard|letter"
    r"|postcard|e-?mail|text|message|voicemail|quote|line|lyrics|script|sign|poster|forum|thread|group chat)"
)
UNREAL = re.compile(
    "|".join(
        (
            rf"\b(?:in|from|during) (?:a|an|the|my|this|that|another|our|his|her|last night's|some|one"
            rf"|these) (?:\w+ ){{0,2}}"
            rf"{_MADE_UP}\b",
            r"\bin (?:dreams|minecraft|skyrim|the sims|real life i wish)\b|\bin (?:my )?(?:past|another"
            r"|previous) life\b",
            r"\b(?:i|we) (?:\w+ ){0,2}(?:dreamt|dreamed)\b|\bdream(?:t|ed)? (?:that|where|in which|about)\b"
            r"|\bmy dream\b",
            r"\b(?:for example|for instance|e\.g|hypothetical(?:ly)?|fictional|lyrics?|placeholder|dummy)\b",
            r"\b(?:the|this|a|her|his) (?:\w+ ){0,2}(?:novel|screenplay|protagonist|narrator|villain"
            r"|main character|hero"
            r"|heroine|sims)\b",
            r"\b(?:the|that|this) (?:song|poem|quote|line|chorus|verse) (?:goes|says|is|reads)\b"
            r"|\bas the song\b",
            r"[🎵🎶♪♫🎤]|\b(?:he|she|they|band|sting|queen|beatles|it) (?:sang|sings)\b|\b(?:at"
            r"|during) karaoke\b|\bkaraoke night\b|\bquoting\b"
            r"|\bunquote\b",
            r"\b(?:that song|the tune|movie line|famous line|meme|slogan|bumper sticker|t-shirt|fortune cookie"
            r"|riddle)\b",
            r"\b(?:mug|shirt|sign|tattoo|horoscope|quiz|sticker|poster) (?:that )?(?:says|said|reads|told)\b",
            r"\bfor the sake of (?:the )?argument\b|\bas a joke\b|\bfor (?:halloween|carnival|the play"
            r"|a laugh)\b",
            r"\b(?:im|in einem|in meinem) traum\b",
            r"\bin (?:another|a different|a parallel|some other) (?:\w+ )?(?:universe|world|timeline|reality"
            r"|country|century)\b",
            r"\b(?:isn'?t|wasn'?t|not|never|hardly|no longer) (?:really |at all |even )?"
            r"(?:true|correct|the case|a fact)\b",
            r"\b(?:i|we) (?:once|briefly) [^.!?\n]{0,60}\bfor (?:a|one|two) (?:\w+ )?"
            r"(?:minute|hour|day|night|evening|week|weekend)s?\b",
            r"\b(?:rumou?r|legend|gossip|word) (?:has it|goes|on the street)\b",
            r"\bargument's sake\b|\bon (?:stage|tinder|bumble|hinge|grindr)\b|\bin (?:the )?(?:first|last"
            r"|second|opening|next) (?:chapter"
            r"|act|scene)\b",
            rf"\b(?:the|an?|this|that|her|his|their"
            rf"|whose) (?:\w+ ){{0,2}}{_TEXTS} (?:from (?:\w+ ){{1,4}})?(?:read|reads|said|says|goes"
            r"|went|opens|began|begins|starts|started|is)\b\W(?!(?:now )?\S+@\w)",
            rf"\b(?:from|in|on) (?:the|an?|this|that|her|his|their) (?:\w+ ){{0,2}}{_TEXTS}[^:.!?\n]{{0,40}}:",
            r"\b(?:singing|humming|chanting|reciting|rapping|belting out|yodelling|mumbling) (?:\W*(?:i|my|we)\b)",
            r"(?:^|[.!?…] ?)\W*(?:also |literally |actual )?(?:me|nobody|no ?one|him|her|them|everyone|internet|mum|dad"
            r"|boss|(?:(?:some|the|a|that|this|old|random|my) )?"
            r"(?:guy|man|woman|bloke|lady|kid|girl|boy|dude|lad)[^:.!?]{0,25})\s*:",
            r"\b(?:in|on|from) (?:corrie|eastenders|emmerdale|the simpsons|bridgerton"
            r"|the archers|coronation street)\b",
            r"\bin my head i(?:'m|’m|m| am)\b",
            r"\bcaptcha\b|\bon my (?:cv|resume|résumé|profile|tinder|hinge) i (?:put|said|wrote|claim\w*|have|say)\b",
            r"\bi (?:put|wrote|claimed|lied) that\b|\bmade me (?:type|say|write|read|repeat)\b",
            r"\bwhen i was (?:about |like |a |only )?(?:little|small|tiny|kid|child|toddler|[3-9]|three|four"
            r"|five|six|seven|eight)\b.{0,30}\bi was an?\b",
            r"\bfor (?:a|an|one|two|three|about a|half a) (?:\w+ )?(?:minute|hour|day|night|evening|week"
            r"|weekend|moment|second)s?"
            r"(?: in \w+)?,? (?:i|we) (?:was|were)\b",
        )
    ),
    re.IGNORECASE,
)

_MOCKED = (
    r"(?:the )?(?:life|hard|bad|silly|sofa|couch|procrastination|mum|dad|mom|nothing|pain|despair"
    r"|regrets?|doom|broken|lost"
    r"|common|being|not|never|doing|wishful|misery|naps?|hope|poor|chaos|snacks?|leftovers|excuses"
    r"|broke|overthinking)"
)
IRONY = re.compile(
    "|".join(
        (
            r"(?:^|\s)/[sj]\b|\byeah,? (?:right|sure)\b|\bas if\b|\blol,? sure\b|\bsure,? lol\b|[🙄🙃😏]",
            r"\bsure,? (?:i|because|and|my)\b|\boh,? (?:sure|great|joy|absolutely|totally|of course|wonderful"
            r"|fantastic|how"
            r"|goody|brilliant|lovely|perfect)\b|\boh,? (?:yes|yeah|right),? (?:because|sure)\b",
            r"\bsarcas\w+|\biron(?:y|ic|ically)\b|\bjust kidding\b|\bjk\b|\bkidding\b|\bjoking\b|\bnot!"
            r"|\bso-called\b",
            r"(?<!so )(?<!but )\bobviously\b|\bclearly i\b|\bof course i\b|(?<!and )\bapparently\b"
            r"|\ballegedly\b|\bsupposedly\b",
            r"\bbecause (?:that's|that is) (?:exactly|just|totally) what\b|\bwho doesn'?t (?:love|like|want)\b",
            r"\bsaid no (?:one|body)\b|\bsaid nobody\b|\bin your dreams\b|\bwhen pigs fly\b|, my (?:butt|arse"
            r"|ass|foot)\b",
            r"\b(?:king|queen|emperor|pope|prince|princess|duke|duchess|god) of\b|\btooth fairy\b"
            r"|\beaster bunny\b",
            r"\bi'?m (?:the )?(?:pope|queen|king|santa|batman|superman|napoleon|cinderella)\b"
            r"|\bder kaiser von\b",
            r"\blucky me\b|\byay me\b|\b(?:ja|na|schon),? klar\b|\bliving the dream\b|\bjust what i (?:need"
            r"|want)ed\b",
            r"\bnothing (?:says|like) \w+ like\b|\bnothing i love more\b|\bhow i (?:just )?(?:love|adore"
            r"|enjoy)\b|\byou bet\b",
            rf"\b(?:university|school|college|academy|institute|ministry|department|faculty|bank|church"
            rf"|hotel) of (?:{_MOCKED})\b",
            r"\bevidently\b|\brolls? (?:my )?eyes\b|\bthanks for asking\b|\bhow did you (?:guess|know)\b"
            r"|\bmight as well\b",
            r"\bha,? ha\b|\bvery funny\b|\b(?:haha(?:ha)*|hehe|heh|lmao|rofl)\W*$|\btechnically\b|\bin spirit\b"
            r"|\bat heart\b",
            r"(?:[,.]|\bbut) not really\b|\(not\)|\bdog in (?:the|this) (?:fight|race)\b|\bnot that i\b"
            r"|\bmade (?:that|it) up\b|\bwhat a joy\b|\bthe highlight of my\b",
        )
    ),
    re.IGNORECASE,
)

SHOUTED = re.compile(
    r"\b(?:just|simply|so|JUST|SO) (?:LOVE|ADORE|ENJOY|LOO+VE)\b|\bTHRILLED\b"
    r"|\bsooo+ (?:in love|happy|fun)\b"
)
"""A verb of liking in capitals after "just"."""

TAKEN_BACK = re.compile(
    r"^\W*(?:not\W*$|not!|just kidding|jk\b|kidding|/s\b|psych|joking|only joking|lol no\b|as if\b|yeah,? right"
    r"|in my dreams|i wish\b|said no one)",
    re.IGNORECASE,
)

ASKED = re.compile(
    r"^\W*(?:(?:so|and|but|wait|ok(?:ay)?|hey|hi|um+|also|now|then|right|well|hang on|sorry)\b[, ]+){0,3}"
    r"(?:(?:is|are|was|were|isn'?t|aren'?t|wasn'?t|weren'?t)\s+(?:i|we|you|my|our|it|that|this|there"
    r"|he|she|they)\b"
    r"|(?:am|do|does|did|don'?t|doesn'?t|didn'?t|have|haven'?t|has|had|hadn'?t|should|shouldn'?t"
    r"|would|wouldn'?t)\s+"
    r"(?:i|we|you|he|she|they|it)\b|(?:does|has) my\b|(?:could|can|might) it be\b|how come\b|since when\b"
    r"|(?:where|why|how|what|who|when|which)\b (?:else |exactly |on earth )?(?:do|does|did|is|are|was"
    r"|were|can|could"
    r"|would|should|has|have) (?:i|we|you|it|he|she|they|my|our|this|that)\b|any (?:idea|clue"
    r"|chance) (?:if|whether|why|how|what)\b)",
    re.IGNORECASE,
)
"""A question by the order of its words, also without its mark; "had I ..." is a condition."""
