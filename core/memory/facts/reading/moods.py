"""Moods: what is said but not stated as true: questions, conditions, wishes, quotations, irony, fiction, advice.

Precision first: a sentence is put aside on a sign alone. What voids a text from a place on (a role-play, a text to
translate) stays so to its end.
"""

from __future__ import annotations

import re

from second_me.core.memory.facts.reading.clauses import Clause
from second_me.core.memory.facts.reading.words import Word

_FICTION = re.compile(
    r"\b(?:role-?\s?play\w*|pretend(?:ing)?|make[- ]believe|let'?s (?:play|imagine|suppose)|act as|imagine"
    r"|picture this"
    r"|translate|translation|(?:how do (?:you|i|we) (?:say|spell)|say|write|put) (?:this |it "
    r"|that )?in (?:french|german|"
    r"spanish|italian|english|dutch)|example sentences?|sample (?:text|sentence|bio|letter)"
    r"|rewrite|rephrase|proofread|paraphrase|correct (?:this|my|the) (?:text|sentence|grammar|paragraph)"
    r"|summari[sz]e this"
    r"|(?:write|draft|compose|make up|generate|invent|give|create|finish|continue) (?:me |us |up )?(?:a|an|my"
    r"|the|some|this)"
    r" (?:\w+ ){0,3}(?:story|poem|bio|letter|song|essay|scene|script|dialog(?:ue)?|character|persona|monologue"
    r"|email|mail"
    r"|message|text|haiku|limerick|review|profile|post|caption|toast|speech)"
    r"|(?:my|the|this|a|our|her|his) (?:\w+ ){0,2}(?:novel|short story|screenplay|fan-?fic(?:tion)?|d&d|campaign|"
    r"protagonist|narrator|villain|character|avatar|persona|hero|heroine|lyrics?|sims?)\b|in character|in-character"
    r"|once upon a time|fictional|the (?:song|poem|quote|line|chorus|verse) "
    r"(?:goes|says|is|reads)|as the song|lorem|repeat after me|stell dir vor|übersetze?|angenommen|"
    r"rollenspiel|tun wir so)\b",
    re.IGNORECASE,
)
_UNREAL = re.compile(
    r"\b(?:in|from|during) (?:(?:a|the|my|this|that|another|our|his|her|last night's|some|one"
    r"|these) (?:\w+ ){0,2})?(?:dreams?|"
    r"nightmare|game|book|movie|film|play|series|show|story|musical|skit|parallel universe|"
    r"alternate universe|(?:past|previous|another|next|other) life|minecraft|skyrim|fantasy|simulation|improv\w*)\b"
    r"|\b(?:i|we) (?:\w+ ){0,2}(?:dreamt|dreamed)\b|\bdream(?:t|ed)? (?:that|where|in which|about)\b|\bmy dream\b"
    r"|\b(?:for example|for instance|e\.g|hypothetical(?:ly)?|lyrics?|placeholder|dummy)\b"
    r"|\bfor the sake of (?:the )?argument\b|\bas a joke\b|\bfor (?:halloween|carnival|the play|a laugh)\b"
    r"|\b(?:im|in einem|in meinem) traum\b",
    re.IGNORECASE,
)
_IRONY = re.compile(
    r"(?:^|\s)/s\b|(?:^|\s)/j\b|\byeah,? right\b|\byeah,? sure\b|\bas if\b|\blol,? sure\b|\bsure,? lol\b"
    r"|\boh,? sure\b"
    r"|\bsure,? (?:i|because|and|my)\b|\boh,? (?:great|joy|right|yes|yeah|absolutely|totally|of course"
    r"|wonderful|fantastic"
    r"|how|goody|brilliant|lovely|perfect)\b"
    r"|\bsarcas\w+|\biron(?:y|ic|ically)\b|\bjust kidding\b|\bjk\b|\bkidding\b|\bjoking\b|\bnot!"
    r"|\bobviously\b|\bclearly i\b|\bof course i\b|\bapparently\b|\ballegedly\b|\bsupposedly\b|\bso-called\b"
    r"|[🙄🙃😜😏😉]"
    r"|\bbecause (?:that's|that is) (?:exactly|just|totally) what\b|\bwho doesn'?t (?:love|like|want)\b"
    r"|\bsaid no one\b"
    r"|\bsaid nobody\b|\bin your dreams\b|\bwhen pigs fly\b|\bnothing (?:says|like) \w+ like\b|\bmy (?:butt"
    r"|arse|ass|foot)\b"
    r"|\b(?:king|queen|emperor|pope|prince|princess|duke|duchess|president|god|tooth fairy|easter bunny"
    r"|santa(?: claus)?)"
    r" of\b|\bi'?m (?:the )?(?:pope|queen|king|santa|batman|superman|napoleon|cinderella)\b"
    r"|\bund ich bin der kaiser\b"
    r"|\blucky me\b|\byay me\b|\bliving the dream\b|\bcan'?t wait to\b|\bjust what i (?:need|want)ed\b"
    r"|\bhow i (?:just )?(?:love|"
    r"adore|enjoy)\b|\byou bet\b|[,.] not really\b|\bnot that i\b|\bmade (?:that|it) up\b",
    re.IGNORECASE,
)
_SHOUTED = re.compile(
    r"\b(?:just|so|absolutely|really|totally|do|SO|REALLY|JUST|TOTALLY)? ?(?:LOVE|ADORE|ENJOY|LOOOVE|love love)\b"
)
_TAKEN_BACK = re.compile(r"^\W*(?:not\W*$|not!|just kidding|jk\b|kidding|/s\b|psych|joking|only joking|lol no\b|"
                         r"as if\b|yeah,? right|in my dreams|i wish\b|said no one)", re.IGNORECASE)  # fmt: skip
_QUOTED_LINE = re.compile(r"\s*(?:>|♪|♫|\|)")
_TRANSCRIPT = re.compile(r"\s*(?:\[[^\]\n]{1,30}\]\s*)?([^\W\d_][\w.'’ -]{0,24}?)\s*:\s+\S")
_LABELS = re.compile(
    r"(?:\w+ ){0,3}(?:name|names|address|addresse?|email|e-mail|mail|phone|tel|telephone|mobile|cell|number"
    r"|handy|birthday|bday"
    r"|birthdate|dob|birth|website|site|url|homepage|employer|job|title|occupation|city|town|zip|zipcode"
    r"|postcode|code"
    r"|correction|update|edit|fyi|ps|p\.s|note|btw|fun fact|fact|news|reminder|to be clear|nickname|username"
    r"|handle|pronouns"
    r"|me|about me|language|languages|allergies|allergy|hobby|hobbies|likes|dislikes|thing|things|well|ok|okay"
    r"|so|also|info"
    r"|story|details|school|company|pet|pets|friends|kids|favou?rite \w+|good news|big news|quick question"
    r"|context|disclaimer"
    r"|background|number is|this|following|intro|myself|it|adresse|geburtstag|korrektur|telefon|nummer|lives"
    r"|breaking)",
    re.IGNORECASE,
)  # fmt: skip
VEILS = frozenset(
    """wish wished wishing think thought guess guessed believe believed suppose supposed imagine imagined hope
    hoped hoping doubt doubted dream dreamed dreamt pretend pretended wonder wondering wondered assume assumed
    assuming fear feared worry worried suspect suspected reckon figure figured bet swear felt feel feels like
    seems seem if unless whether though-if suppose supposing say says said saying claim claims claimed claiming
    tell tells told telling heard hear reckons thinks thought believes insists insisted suggests suggested jokes
    joked joke joking writes wrote asks asked ask screams shouts shouted yelled whispered replied answered
    answers replies argues swears rumour rumor convinced lie lied lying lies once maybe perhaps probably
    possibly sing sings sang ifs afraid until till where whether expects expected imagining picture decided-if
    once-if hopefully someday almost nearly heißt""".split()
)  # fmt: skip
"""A word right before a statement that takes it back."""
OWN_WORD = frozenset({"said", "told", "mentioned", "mention", "say", "tell"})
"""What the person says again of themselves is true ("as I told you, I live in Leeds")."""
_UNSAID = frozenset("n't not never would 'd could might will 'll wo if almost wish".split())
_SPEECH = frozenset(
    """says say said saying claims claim claimed tells told telling thinks think thought believes believe reckons reckon
    insists insisted jokes joked writes wrote replied answered asks asked heard according yells yelled shouted announced
    swears suggests hears""".split()
)
_IF = frozenset({"if", "unless", "whether", "supposing", "assuming"})
_OTHERS = frozenset(
    {"you", "anyone", "anybody", "someone", "somebody", "it", "needed", "necessary", "people", "that"}
)
_ASKING = frozenset(
    """what how why any which where who whats do does did can could would will should is are am was were have
    has any anyone anybody wanna want know got""".split()
)
_QUOTES = re.compile(r"[\"“”„«»‟]([^\"“”„«»‟\n]{0,2000})[\"“”„«»‟]|(?<!\w)['‘]([^'’‘\n]{12,400})['’](?!\w)")


class Veil:
    """What is known of a text so far: whether the rest is fiction."""

    def __init__(self) -> None:
        self.fiction = False

    def hides(self, sentence: str, following: str) -> bool:
        """Whether nothing in this sentence is stated as true; `following` is the sentence after it, or ""."""
        if self.fiction or _FICTION.search(sentence):
            self.fiction = True
            return True
        if _UNREAL.search(sentence) or _IRONY.search(sentence.replace("’", "'")) or _SHOUTED.search(sentence):
            return True
        if _TAKEN_BACK.match(following.replace("’", "'")) or _QUOTED_LINE.match(sentence):
            return True
        return _is_transcript(sentence)


def _is_transcript(sentence: str) -> bool:
    """A line that begins with the name of a speaker."""
    match = _TRANSCRIPT.match(sentence)
    if match is None or _LABELS.fullmatch(match.group(1)):
        return False
    label = match.group(1)
    return (
        len(label.split()) <= 2
        and label[0].isupper()
        and label.split()[0].lower() not in ("my", "our", "i", "we")
    )


def quoted(sentence: str) -> list[tuple[int, int]]:
    """What stands in quotation marks and is more than a name: (start, end) within the sentence."""
    return [
        match.span()
        for match in _QUOTES.finditer(sentence)
        if len((match.group(1) or match.group(2) or "").split()) > 3
    ]


def stated(clauses: list[Clause], is_question: bool) -> list[bool]:
    """For each clause of a sentence whether it says what is true."""
    open_ = [True] * len(clauses)
    _put_aside_conditions(clauses, open_)
    _put_aside_veiled(clauses, open_)
    if is_question:
        _put_aside_questions(clauses, open_)
    return open_


def _lows(clause: Clause) -> list[str]:
    return [word.low for word in clause.words]


def _put_aside_conditions(clauses: list[Clause], open_: list[bool]) -> None:
    for place, clause in enumerate(clauses):
        lows = _lows(clause)
        condition = (
            clause.lead in _IF
            or lows[0] in _IF
            or lows[:2] in (["in", "case"], ["even", "if"], ["what", "if"])
        )
        if not condition:
            continue
        open_[place] = False
        subject = next((low for low in lows if low not in _IF), "")
        if subject in _OTHERS:
            continue
        if place:
            open_[place - 1] = False
        for later in range(place + 1, len(clauses)):
            if clauses[later].lead == "but":
                break
            open_[later] = False


def _put_aside_veiled(clauses: list[Clause], open_: list[bool]) -> None:
    veiled = False
    for place, clause in enumerate(clauses):
        if clause.lead in ("but", ";"):
            veiled = False
        if (place and _is_veil(clause, clauses[place - 1])) or (
            place and clause.lead == ":" and _speaks_of_others(clauses[place - 1].words)
        ):
            veiled = True
        if veiled:
            open_[place] = False
        if _reports(clause):
            veiled = True
            open_[place] = False
            if place and clause.lead in (",", "-", "–", "—", "+") and place == len(clauses) - 1:
                open_[:place] = [False] * place


def _is_veil(clause: Clause, earlier: Clause) -> bool:
    """Whether the word in front of this clause takes it back."""
    word = clause.lead[1:] if clause.lead.startswith("+") else clause.before if clause.lead == "that" else ""
    lows = _lows(earlier)
    if not word:
        return False
    if word in OWN_WORD or (word in ("you", "everyone", "them") and OWN_WORD & set(lows)):
        own = bool({"i", "we"} & set(lows))
        return not own or bool(_UNSAID & set(lows)) or (word == "said" and lows[0] not in ("like", "as"))
    if word in VEILS:
        return True
    return bool(_SPEECH & set(lows)) and not ({"i", "we"} & set(lows))


def _reports(clause: Clause) -> bool:
    """Somebody else says, thinks or claims something here."""
    lows = _lows(clause)
    if "according" in lows[:3]:
        return True
    for place, low in enumerate(lows[:8]):
        if low in _SPEECH and not {"i", "we", "'m", "you"} & set(lows[:place]) and place:
            return True
    return bool(lows) and lows[0] in ("says", "said") and clause.lead in (",", "", "-")


def _speaks_of_others(words: list[Word]) -> bool:
    lows = {word.low for word in words}
    return bool(
        lows
        & (
            _SPEECH
            | {
                "song",
                "text",
                "sentence",
                "sign",
                "mug",
                "shirt",
                "quote",
                "line",
                "sticker",
                "form",
                "goes",
                "went",
                "like",
                "motto",
            }
        )
    )


def _put_aside_questions(clauses: list[Clause], open_: list[bool]) -> None:
    """A sentence that asks: its earlier clauses stay when the last one is a question of its own."""
    last = _lows(clauses[-1])
    asks = bool(last) and last[0] in _ASKING and not (len(last) <= 3 and {"i", "we", "n't"} & set(last))
    first = _lows(clauses[0])
    if not asks or len(clauses) == 1 or (first and first[0] in _ASKING):
        open_[:] = [False] * len(clauses)
        return
    open_[-1] = False
    for place, clause in enumerate(clauses[:-1]):
        lows = _lows(clause)
        if lows and (lows[0] in _ASKING or clause.lead in _ASKING):
            open_[place:] = [False] * (len(clauses) - place)
            return
