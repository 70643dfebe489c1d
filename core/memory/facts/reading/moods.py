"""Moods: what is said but not stated as true: questions, conditions, wishes, quotations, irony, fiction, advice.

Precision first: a sentence is put aside on a sign alone. What voids a text from a place on (a role-play, a text to
translate) stays so to its end.
"""

from __future__ import annotations

import re

from second_me.core.memory.facts.reading import doubts
from second_me.core.memory.facts.reading.clauses import Clause
from second_me.core.memory.facts.reading.lists_people import GIVEN
from second_me.core.memory.facts.reading.signs import ASKED, FICTION, IRONY, SHOUTED, TAKEN_BACK, UNREAL
from second_me.core.memory.facts.reading.words import Word

_QUOTED_LINE = re.compile(r"\s*(?:>|♪|♫|\|)")
_TRANSCRIPT = re.compile(r"\s*(?:\[[^\]\n]{1,30}\]\s*)?([^\W\d_][\w.'’ -]{0,24}?)\s*:\s+\S")
_LABELS = frozenset(
    """name names address addresses email e-mail mail phone tel telephone mobile cell number handy birthday
    bday birthdate dob birth website site url homepage employer job title occupation city town zip zipcode
    postcode code surname forename title sex suffix state province county district borough country language
    organisation organization street title correction update edit fyi ps note btw fact facts news reminder
    clear nickname username handle pronouns me language languages allergies allergy hobby hobbies likes
    dislikes thing things well ok okay so also info story details school company pet pets friends kids
    question context disclaimer background this following intro myself it adresse geburtstag korrektur
    telefon nummer breaking important remember please attention warning today status diet health work home
    family location bio answer food drink colour color music sport sports film movie book band summary
    profile age gender live lives hi hello hey""".split()
)
"""Words before a colon that name no speaker."""
VEILS = frozenset(
    """wish wished wishing think thought guess guessed believe believed suppose supposed imagine imagined hope
    hoped hoping doubt doubted dream dreamed dreamt pretend pretended wonder wondering wondered assume
    assumed assuming fear feared worry worried suspect suspected reckon figure figured bet swear felt feel
    feels like seems seem if unless whether though-if suppose supposing say says said saying claim claims
    claimed claiming tell tells told telling heard hear reckons thinks thought believes insists insisted
    suggests suggested jokes joked joke joking writes wrote asks asked ask screams shouts shouted yelled
    whispered replied answered answers replies argues swears rumour rumor convinced lie lied lying lies once
    maybe perhaps probably possibly sing sings sang ifs afraid until till where whether expects expected
    imagining picture decided-if once-if deny denied denies false untrue myth insist insisting claiming
    repeating hopefully someday almost nearly goes went heißt""".split()
)  # fmt: skip
"""A word right before a statement that takes it back."""
OWN_WORD = frozenset({"said", "told", "mentioned", "mention", "say", "tell"})
"""What the person says again of themselves is true ("as I told you, I live in Leeds")."""
_UNSAID = frozenset("was were been n't not never would 'd could might will 'll wo if almost wish".split())
_SPEECH = frozenset(
    """says say said saying claims claim claimed tells told telling thinks think thought believes believe
    reckons reckon insists insisted jokes joked writes wrote replied answered asks asked heard according
    yells yelled shouted announced swears suggests hears""".split()
)
_IF = frozenset({"if", "unless", "whether", "supposing", "assuming"})
_OTHERS = frozenset(
    {"you", "anyone", "anybody", "someone", "somebody", "it", "needed", "necessary", "people", "that"}
)
_MODEST = re.compile(
    r"(?:if )?i (?:can call|may (?:say|call)|remember|recall|'m (?:honest|being honest|not mistaken"
    r"|allowed)|'m to be honest"
    r"|might (?:say|add)|had to (?:pick|choose|guess)|say so|do say|am honest)\b"
)
"""Conditions that only soften what they stand behind ("if I remember right")."""
_PARTING = frozenset({"so", "but", "and", "because", "since", ";"})
"""Words before "if" that part it from the statement in front ("I'm a nurse, so if I ...")."""
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
        if self.fiction or FICTION.search(sentence) or doubts.ON.search(sentence):
            self.fiction = True
            return True
        if doubts.hides(sentence, following):
            return True
        if UNREAL.search(sentence) or IRONY.search(sentence.replace("’", "'")) or SHOUTED.search(sentence):
            return True
        if ASKED.match(sentence.replace("’", "'")) and not sentence.rstrip("\"'”’) ").endswith("?"):
            return True
        if TAKEN_BACK.match(following.replace("’", "'")) or _QUOTED_LINE.match(sentence):
            return True
        return _is_transcript(sentence)


def _is_transcript(sentence: str) -> bool:
    """A line that begins with the name of a speaker."""
    match = _TRANSCRIPT.match(sentence)
    if match is None:
        return False
    label = match.group(1).split()
    if len(label) == 1 and label[0] in GIVEN:
        return True
    named = all(word[0].isupper() for word in label) and len(label) <= 2
    return named and label[-1].lower() not in _LABELS and label[0].lower() not in _NO_SPEAKERS


_NO_SPEAKERS = frozenset("typo correction my our i we call ring text phone email message contact".split())


def quoted(sentence: str) -> list[tuple[int, int]]:
    """What stands in quotation marks and is more than a name: (start, end) within the sentence."""
    return [
        match.span()
        for match in _QUOTES.finditer(sentence)
        if len((match.group(1) or match.group(2) or "").split()) > 3
        or re.match(r"(?:i|i['’]m|we|my)\b", match.group(1) or "", re.IGNORECASE)
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


def _until_then(clauses: list[Clause], place: int) -> bool:
    """ "When I'm a doctor I'll be rich": what is told with "will" is not so yet."""
    lead = clauses[place].lead or _lows(clauses[place])[0]
    near = clauses[place + 1 : place + 2] or clauses[max(place - 1, 0) : place]
    ahead = bool(near) and bool({"'ll", "will", "wo"} & set(_lows(near[0])))
    return lead in ("when", "once", "after") and ahead and bool({"i", "we"} & set(_lows(clauses[place])[:2]))


def _put_aside_conditions(clauses: list[Clause], open_: list[bool]) -> None:
    for place, clause in enumerate(clauses):
        lows = _lows(clause)
        condition = (
            clause.lead in _IF
            or lows[0] in _IF
            or lows[:2] in (["in", "case"], ["even", "if"], ["what", "if"])
            or (clause.lead == "as" and clause.before in ("soon", "long"))
            or _until_then(clauses, place)
        )
        if not condition:
            continue
        open_[place] = False
        subject = next((low for low in lows if low not in _IF), "")
        if subject in _OTHERS or _MODEST.match(" ".join(lows[:7])):
            continue
        if place and clause.before not in _PARTING and not _tells_of_thing(clauses[place - 1]):
            open_[place - 1] = False
        for later in range(place + 1, len(clauses)):
            if clauses[later].lead == "but":
                break
            open_[later] = False


def _tells_of_thing(clause: Clause) -> bool:
    """ "My postcode is LS6 2QT (if the driver asks)": what is so whatever happens."""
    lows = _lows(clause)[:6]
    own = lows[0] in ("my", "our", "it") or lows[:1] in (["postcode"], ["number"], ["address"])
    return own and bool({"is", "'s"} & set(lows)) and not _UNSAID & set(_lows(clause))


def _put_aside_veiled(clauses: list[Clause], open_: list[bool]) -> None:
    veiled = False
    for place, clause in enumerate(clauses):
        if clause.lead in ("but", ";"):
            veiled = False
        if (place and _is_veil(clause, clauses[place - 1])) or (
            place
            and clause.lead == ":"
            and _speaks_of_others(clauses[place - 1].words)
            and not (clauses[0].words[0].low == "you" and len(clauses[0].words) < 5)
        ):
            veiled = True
        if veiled:
            open_[place] = False
        if _reports(clause):
            veiled = True
            open_[place] = False
            tail = clause.lead in (",", "-", "–", "—", "+") and place == len(clauses) - 1
            if place and tail and _only_reports(clause):
                open_[:place] = [False] * place


def _is_veil(clause: Clause, earlier: Clause) -> bool:
    """Whether the word in front of this clause takes it back."""
    word = clause.lead[1:] if clause.lead.startswith("+") else clause.before if clause.lead == "that" else ""
    lows = _lows(earlier)
    if not word:
        return False
    if word in OWN_WORD or (word in ("you", "everyone", "them", "him", "her") and OWN_WORD & set(lows)):
        own = bool({"i", "we"} & set(lows))
        return not own or bool(_UNSAID & set(lows)) or (word == "said" and lows[0] not in ("like", "as"))
    if word in VEILS:
        return True
    if "you" in lows and word in ("what", "where", "how", "which") and {"asked", "ask"} & set(lows):
        return False  # "you asked what I do: ..."
    return bool(_SPEECH & set(lows)) and not ({"i", "we"} & set(lows))


_WITHOUT_SUBJECT = frozenset("was been just had so and anyway keep kept already".split())


def _reports(clause: Clause) -> bool:
    """Somebody else says, thinks or claims something here."""
    lows = _lows(clause)
    if "according" in lows[:3]:
        return True
    for place, low in enumerate(lows[:8]):
        if low in _SPEECH and not {"i", "we", "'m", "you"} & set(lows[:place]) and place:
            return bool(set(lows[:place]) - _WITHOUT_SUBJECT) or clause.lead not in ("", ".")
    return bool(lows) and lows[0] in ("says", "said") and clause.lead in (",", "", "-")


def _only_reports(clause: Clause) -> bool:
    """ "(I live in Rome,) he says", "according to her": not "the app keeps telling me that ..."."""
    lows = _lows(clause)
    if "according" in lows or lows[0] in _SPEECH:
        return True
    place = next((at for at, low in enumerate(lows) if low in _SPEECH), len(lows))
    return len([low for low in lows[place + 1 :] if low.isalnum()]) <= 3


_TOLD_BY = frozenset("song text sentence sign mug shirt quote line sticker form goes went like motto".split())


def _speaks_of_others(words: list[Word]) -> bool:
    lows = {word.low for word in words}
    if words and words[0].low == "for":
        lows -= {"form"}
    return bool(lows & (_SPEECH | _TOLD_BY))


_KEEP = frozenset("remember note save store keep add record write".split())


def _asks_to_remember(clauses: list[Clause]) -> bool:
    """ "Could you remember that I'm allergic to nuts?" states what it asks to keep."""
    first = _lows(clauses[0])
    polite = first[:2] in (["can", "you"], ["could", "you"], ["would", "you"], ["will", "you"])
    return (
        polite
        and len(clauses) > 1
        and bool(_KEEP & set(first[2:4]))
        and clauses[1].lead in ("that", "+that", ":")
    )


_HELLO = frozenset("hi hello hey hiya howdy greetings morning evening".split())


def _introduced(clauses: list[Clause]) -> int:
    """How many clauses at the start greet and say who asks: "hey, I'm Ana Lima, I think we met last week?"."""
    if not _HELLO & set(_lows(clauses[0])[:2]):
        return 0
    told = 1 if len(_lows(clauses[0])) > 2 else 2
    return told if len(clauses) > told and clauses[told].lead in (",", ".", "-", "–", "—", "and", ";") else 0


def _put_aside_questions(clauses: list[Clause], open_: list[bool]) -> None:
    """A sentence that asks: its earlier clauses stay when the last one is a question of its own."""
    if _asks_to_remember(clauses):
        open_[0] = False
        return
    last = _lows(clauses[-1])
    asks = bool(last) and last[0] in _ASKING and not (len(last) <= 3 and {"i", "we", "n't"} & set(last))
    first = _lows(clauses[0])
    if not asks and (told := _introduced(clauses)):
        open_[told:] = [False] * (len(clauses) - told)
        return
    if not asks or len(clauses) == 1 or (first and first[0] in _ASKING):
        open_[:] = [False] * len(clauses)
        return
    open_[-1] = False
    for place, clause in enumerate(clauses[:-1]):
        lows = _lows(clause)
        if lows and (lows[0] in _ASKING or clause.lead in _ASKING):
            open_[place:] = [False] * (len(clauses) - place)
            return
