"""Words that say how sensitive a sentence is: one readable table, to be read and extended by people.

A word ends in `*` where it is the beginning of others; several words with blanks are a phrase. All in lower case, as
`folded` writes them, without a possessive ending. A word that is missing costs little with facts (the slot has its own
level) and nothing with whole memories (what no word is known of is private). One that is too much withholds something
harmless.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from second_me.core.disclosure.levels import Sensitivity, Topic
from second_me.core.recall.spelling import folded


@dataclass(frozen=True, slots=True)
class Theme:
    """Words of one kind: the level and topic of what they stand in."""

    name: str
    level: Sensitivity
    topic: Topic
    words: tuple[str, ...]


def _theme(name: str, level: Sensitivity, topic: Topic, words: str) -> Theme:
    return Theme(
        name, level, topic, tuple(" ".join(part.split()) for part in words.split(",") if part.strip())
    )


_O, _P, _S = Sensitivity.ORDINARY, Sensitivity.PRIVATE, Sensitivity.SECRET

CONFIDED = "confided"
"""The words that say that something is a secret, whatever it is."""

THEMES = (
    _theme("codes", _S, Topic.NONE, """
        password*, passphrase*, passcode*, pass code, pin, pin code, pin number, pincode*, puk, door
        code, gate code, alarm code, entry code, access code, unlock code, the combination, security
        code, code for, code of, code to, code is, lock code, safe code, one time code, two factor,
        recovery key, recovery code*, seed phrase, private key, secret key, api key, cvv, cvc, card
        number*, credit card*, debit card*, iban, account number*, bank account*, social security
        number, ssn, bsn, passport number*, licence number, license number, national insurance number,
        tax number, security question*, spare key*, hidden key, key under, key hangs, key is hidden,
        hide the key, login, log in with, wifi key, wi-fi key
        """),
    _theme(CONFIDED, _S, Topic.NONE, """
        secret*, secretly, confidential*, in confidence, confided, between us, between you and me,
        nobody knows, no one knows, nobody else knows, don't tell, do not tell, never tell, haven't
        told, have not told, hasn't told, without telling, must not know, mustn't know, doesn't know,
        does not know, don't know yet, can't know, can't find out, must not find out, mustn't find out,
        not find out, should not know, shouldn't know, keep it quiet, keep this quiet, keep quiet,
        behind his back, behind her back, behind their back, hide it from, hiding it from, hid it from,
        off the record, not a word, hush*, embarrass*, asham*, lied, lying to, lie to, cover up, never
        told, told nobody, told no one, tell nobody, tell no one, to myself, not to tell, not telling,
        keep from, told everyone it, tells everyone it, say it's, says it's, said it was only, told him
        it was, told her it was, pretend*, nobody at work, telling nobody, tells nobody, telling no one,
        alibi
        """),
    _theme("surprises", _S, Topic.FAMILY, """
        surprise*, engagement ring*, propose to, proposing, will propose, proposal ring, present for,
        gift for, birthday present*, christmas present*
        """),
    _theme("affairs", _S, Topic.FAMILY, """
        affair*, cheat*, unfaithful*, infidel*, adulter*, mistress*, lover*, one night stand*, had sex,
        slept with, sleeping with, kissed, kissing, crush on, in love with someone, fell in love with,
        falling for, not in love, don't love, no longer love, stopped loving, flirt*, dating app*,
        tinder, grindr, seeing someone, divorc*, separat* from, separation, break up, breaking up, broke
        up, splitting up, leave my wife, leave my husband, leave my partner, leave my girlfriend, leave
        my boyfriend, leaving my wife, leaving my husband, leaving my partner, leave him, leave her,
        marriage is in trouble, custody, paternity, biological father, biological mother, adopted as,
        for adoption, gave up a baby, gave up my baby, gave up a child, gave up my child, meet in secret
        """),
    _theme("vices", _S, Topic.NONE, """
        gambl*, casino*, betting, bet on, poker, slot machine*, lost at cards, payday loan*, loan shark*, pawn*
        """),
    _theme("law", _S, Topic.NONE, """
        arrest*, convict*, prison*, jail*, criminal*, crime*, police*, lawsuit*, sued, suing, court
        case*, in court, court date, trial date, charged with, charges against, fined, probation,
        parole, restraining order*, bankrupt*, fraud*, tax evasion, undeclared, stole, stolen,
        shoplift*, dui, drunk driving, driving ban, licence suspended, license suspended, subpoena*,
        testif*, indict*, settlement, lawyer*, attorney*, solicitor*, illegal*, deport*, community
        service
        """),
    _theme("health", _P, Topic.HEALTH, """
        doctor*, gp, hospital*, clinic*, surgeon*, surger*, operation, operated on, diagnos*, disease*,
        illness*, ill, sick, sickness, symptom*, treatment*, therap*, medic*, medication*, pill*,
        tablets, prescri*, dose, insulin, diabet*, cancer*, tumour*, tumor*, chemo*, radiation,
        oncolog*, biops*, cyst*, leukaemia, leukemia, lymphoma, epilep*, seizure*, migraine*, asthma*,
        arthriti*, sclerosis, parkinson*, alzheimer*, dementia, stroke, heart attack*, heart condition,
        heart disease, heart failure, cardiolog*, blood pressure, blood test*, cholesterol, anaemi*,
        anemi*, thyroid, kidney*, liver, bowel*, crohn*, colitis, ulcer*, celiac*, coeliac*, allerg*,
        intoleran*, hiv, aids, sti, std, herpes, hepatitis, tested positive, test came back, pregnan*,
        miscarr*, abort*, ivf, fertil*, infertil*, menopaus*, period pains, contracept*, vasectom*,
        scan, mri, x-ray*, ultrasound*, colonoscop*, specialist, ward, physio*, dermatolog*,
        gynaecolog*, gynecolog*, urolog*, neurolog*, psychiatr*, psycholog*, counsell*, counsel*,
        depress*, anxiety, panic attack*, burnout, burn out, burned out, burnt out, bipolar, adhd,
        autis*, asperger*, ptsd, trauma*, suicid*, self harm, eating disorder*, anorex*, bulimi*, ocd,
        schizo*, insomnia, rehab*, addict*, sober, sobriet*, alcoholi*, aa meeting*, drinking problem,
        drink too much, drunk, overdose*, cocaine, heroin, cannabis, weed, drugs, antidepress*,
        sertraline, prozac, lithium, ritalin, hearing aid*, deaf, blind in, disab*, wheelchair*, injur*,
        fractur*, broke my, hernia*, incontinen*, impoten*, erectil*, viagra, weigh, overweight, obes*,
        transplant*, donor*, vaccin*, covid*, sick leave, sick note, health*, syndrome*, disorder*,
        chronic*, inhaler*, epipen*, pacemaker*, gene, genes, genetic*, hereditary, milligram*, mg,
        short-sighted
        """),
    _theme("money", _P, Topic.MONEY, """
        salar*, wage*, earn*, paid, paycheck*, payslip*, income, bonus, a raise, pay rise, debt*, owe*,
        loan*, mortgage*, overdraft*, savings, saved up, invest*, shares, stocks, portfolio, crypto*,
        bitcoin*, inherit*, inheritance*, will says, pension*, benefits, welfare, unemployment, alimony,
        child support, tax, taxes, net worth, rent, credit score, bailiff*, insolven*, afford*, fortune,
        lottery, euro*, eur, dollar*, pounds, gbp, usd, per year, kroner, kronor, krona, francs, lost
        money, left me money
        """),
    _theme("sexuality", _P, Topic.NONE, """
        gay, lesbian*, bisexual*, queer, homosexual*, transgender*, trans, transition*, non-binary,
        nonbinary, asexual*, sex, sexual*, came out, come out, coming out, closeted, porn*, fetish*,
        orientation, hormone*
        """),
    _theme("beliefs", _P, Topic.NONE, """
        religio*, church*, mosque*, synagogue*, temple, pray*, god, faith, muslim*, islam*, christian*,
        catholic*, protestant*, jewish, jew, judaism, hindu*, buddhis*, sikh*, atheis*, agnostic*,
        jehovah*, mormon*, scientolog*, baptis*, convert*, confession, ramadan, bible, quran, koran,
        vote*, voting, political*, politics, party member*, member of the party, labour party,
        conservative party, green party, republican*, democrat*, socialist*, communist*, liberal*,
        left-wing, right-wing, activist*, protest*, union member*, trade union*
        """),
    _theme("working life", _P, Topic.NONE, """
        fired, sacked, laid off, layoff*, redundan*, resign*, my notice, in notice, quit, quitting, job
        interview*, interview*, apply for, applying for, applied for, applied to, application, job
        offer*, headhunt*, recruiter*, new job, looking for a job, look for another job, looking for
        another job, looking for something else, leave the company, leaving the company, job hunt*, hate
        my job, hate my boss, boss is, my boss, performance review*, warning, disciplinary, promotion*,
        whistle*, harass*, bullied, bullying, mobbing, competitor*, start my own, own company, side
        business, moonlight*
        """),
    _theme("private life", _P, Topic.NONE, """
        girlfriend*, boyfriend*, ex, dating, date with, lonely, quarrel*, argument*, fight*,
        fought, argue*, argued, estrang*, abus*, violen*, hit me, violated, funeral*, died, death,
        widow*, grief*, griev*, adopt*, marriage counsel*, couples therap*,
        couple's therap*
        """),
    _theme("working days", _O, Topic.WORK, """
        meeting*, present the, presentation*, slides, report*, deadline*, conference*, workshop*, training*, project*,
        survey*, client*, office, work from home, working from home, inspect*, audit*, launch, sprint, shift*
        """),
    _theme("family days", _O, Topic.FAMILY, """
        christmas, easter, new year's eve, family, visit my, visiting my, stay with my, staying with my, school run,
        with the kids, with the children, play date
        """),
    _theme("house and garden", _O, Topic.HOME, """
        the house, the flat, the apartment, the garden, the kitchen, the roof, the attic, the cellar, the shed,
        renovat*, move house, moving house
        """),
)  # fmt: skip
"""Every theme. Of a sentence with words of several, each counts for itself; those of ordinary ones say only what it is
about."""


_OPEN_CODES = frozenset("postal post zip area country dialling dialing dress colour color".split())
"""Words before "code" that make it one that everybody may know."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


_SHORT = frozenset("it's he's she's that's there's what's who's let's".split())
_NOBODY, _SHARED = frozenset(("nobody", "one")), frozenset(("but", "except"))
"""After "I am telling nobody" a "but": then somebody is told."""


def _pieces(plain: str) -> list[str]:
    return [word if word in _SHORT else word.removesuffix("'s") for word in _WORD.findall(plain)]


def _index() -> dict[str, list[tuple[Theme, str, tuple[str, ...]]]]:
    """{first piece: entries that begin with it}; a piece that is a beginning keeps its star."""
    index: dict[str, list[tuple[Theme, str, tuple[str, ...]]]] = {}
    for theme in THEMES:
        for word in theme.words:
            pieces = tuple(
                piece + "*" * word.endswith("*") if last else piece for piece, last in _marked(_pieces(word))
            )
            index.setdefault(pieces[0], []).append((theme, word, pieces))
    return index


def _marked(pieces: list[str]) -> list[tuple[str, bool]]:
    return [(piece, at == len(pieces) - 1) for at, piece in enumerate(pieces)]


_BY_FIRST = _index()


def _beginning(pieces: list[str], at: int) -> list[tuple[Theme, str, tuple[str, ...]]]:
    """Entries whose first piece stands at a place."""
    word = pieces[at]
    keys = [word, *(word[:end] + "*" for end in range(1, len(word) + 1))]
    return [entry for key in keys if key in _BY_FIRST for entry in _BY_FIRST[key]]


def _stands(wanted: tuple[str, ...], pieces: list[str], at: int) -> bool:
    """Whether an entry whose first piece stands at a place stands there as a whole."""
    end = at + len(wanted)
    if end > len(pieces):
        return False
    if pieces[at] == "code" and at and pieces[at - 1] in _OPEN_CODES:
        return False
    for want, piece in zip(wanted[1:], pieces[at + 1 : end], strict=True):
        if piece != want and not (want[-1] == "*" and piece.startswith(want[:-1])):
            return False
    return wanted[-1] not in _NOBODY or end == len(pieces) or pieces[end] not in _SHARED


_NUMBERS = re.compile(
    r"(?<!\d)(?:\d[ -]?){13,19}(?!\d)|(?<!\w)[a-z]{2}\d{2}[ ]?(?:[a-z0-9]{4}[ ]?){2,7}[a-z0-9]{1,4}(?!\w)"
)
"""Card numbers and IBANs."""
NUMBER = "numbers"
"""The word under which such a number is known."""


def words_of(text: str) -> tuple[tuple[Theme, str], ...]:
    """(theme, word of the table) for all that a text holds; numbers that look like a card's or an account's count as
    codes."""
    plain = folded(text)
    pieces = _pieces(plain)
    found = [
        (theme, word)
        for at in range(len(pieces))
        for theme, word, wanted in _beginning(pieces, at)
        if _stands(wanted, pieces, at)
    ]
    if _NUMBERS.search(plain):
        found.insert(0, (THEMES[0], NUMBER))
    return tuple(dict.fromkeys(found))
