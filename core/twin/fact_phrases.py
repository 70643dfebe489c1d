"""How people ask for a fact: one table of nouns ("my phone number") and one of sentences ("where do I live").

A question must be one of these as a whole, so that a question about a fact ("why do I live here") is none of it.
Places in braces are filled by `core.twin.asked_facts`: `{own}` is whose it is, `{who}` who it is about, `{do}` and
`{be}` the verb with its tense, `{a}` an article. The groups `did`, `used`, `old` and `before` tell of the past, `word`
is a word that the fact must hold, and where there is a group `name` more than it. Rows are tried in order. A later
language adds rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from second_me.core.memory.facts.claims import Qualifier
from second_me.core.memory.facts.slots import Slot

ADDRESS = (Slot.STREET_ADDRESS, Slot.ADDRESS_LINE1, Slot.HOME)
LIVING = (Slot.HOME, Slot.ADDRESS_LEVEL2, Slot.STREET_ADDRESS)
TOWN = (Slot.ADDRESS_LEVEL2, Slot.HOME)
COUNTRY = (Slot.COUNTRY_NAME, Slot.COUNTRY)
WORKPLACE = (Slot.EMPLOYER, Slot.ORGANIZATION)
WORK = (Slot.JOB, Slot.ORGANIZATION_TITLE)
NAME = (Slot.NAME, Slot.GIVEN_NAME)
TEL = (Slot.TEL,)
BORN = (Slot.BIRTHDAY,)
PETS = (Slot.PET,)
OWNED = (Slot.OWNS, Slot.PET)

TIMELESS = frozenset({Slot.BIRTHDAY, Slot.RELATION})
"""These have no past: "when was Anna born"."""

SAYS_NO_PAST = TIMELESS | {Slot.SCHOOL}
"""Of these "did" and "was" ask for no end: "where did I go to school"."""

ANIMAL = (
    r"(?P<word>dog|puppy|cat|kitten|hamster|rabbit|parrot|budgie|bird|fish|horse|pony|snake|turtle|tortoise"
    r"|guinea pig)"
)


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun for some slots, the best first, as a pattern. `asked_by` are the words that ask for it; `alone`: it asks
    for them also without one ("my address?")."""

    words: str
    slots: tuple[Slot, ...]
    asked_by: str = "what|which"
    qualifier: Qualifier = Qualifier.NONE
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Sentence:
    """A question for some slots, the best first, as patterns between " | ". `indirect`: only behind "do you know"."""

    words: str
    slots: tuple[Slot, ...]
    indirect: bool = False


_NUMBER = r"(?:tele)?phone(?:[ -]?number| no\.?)|phone ?nr\.?"

NOUNS = (
    Noun(r"middle names?", (Slot.ADDITIONAL_NAME,)),
    Noun(r"(?:first|given|fore|christian) ?names?", (Slot.GIVEN_NAME, Slot.NAME)),
    Noun(r"(?:last|family|sur) ?name", (Slot.FAMILY_NAME, Slot.NAME)),
    Noun(r"(?:nicknames?|pet ?names?)", (Slot.NICKNAME,)),
    Noun(r"(?:user ?names?|login ?name|handle|screen ?name)", (Slot.USERNAME,)),
    Noun(r"(?:(?:full|whole|complete|real|own) )?name", NAME),
    Noun(r"(?:e-?mail|mail)(?: address(?:es)?| adress)?", (Slot.EMAIL,)),
    Noun(r"(?:website|web ?site|home ?page|blog|web ?page|url)", (Slot.URL,)),
    Noun(
        r"(?:(?:home|postal|street|mailing|full|complete|exact|living) )?add?ress",
        ADDRESS,
        "what|which|where",
    ),
    Noun(r"street(?: (?:name|and (?:house )?number))?", (Slot.STREET_ADDRESS, Slot.ADDRESS_LINE1)),
    Noun(r"(?:post ?code|postal code|zip(?: ?code)?)", (Slot.POSTAL_CODE,)),
    Noun(rf"(?:work|office|business) (?:{_NUMBER}|number|phone)", TEL, qualifier=Qualifier.WORK),
    Noun(rf"(?:{_NUMBER}|number) (?:at|for) work", TEL, qualifier=Qualifier.WORK),
    Noun(rf"home (?:{_NUMBER}|number|phone)|land ?line(?: number)?", TEL, qualifier=Qualifier.HOME),
    Noun(rf"(?:mobile|cell|cell ?phone) (?:{_NUMBER}|number)", TEL, qualifier=Qualifier.MOBILE),
    Noun(r"mobile|cell", TEL, qualifier=Qualifier.MOBILE, alone=False),
    Noun(_NUMBER, TEL),
    Noun(r"number", TEL, alone=False),
    Noun(
        r"(?:birth ?day|bday|date of birth|birth ?date|dob)",
        BORN,
        "what|when|which|what day|what date|on what day",
    ),
    Noun(r"pronouns", (Slot.PRONOUNS,)),
    Noun(r"(?:gender|sex)", (Slot.SEX,)),
    Noun(r"(?:job ?title|position at work)", (Slot.ORGANIZATION_TITLE, Slot.JOB)),
    Noun(r"(?:job|profession|occupation|line of work|trade)", WORK),
    Noun(r"(?:employer|company|work ?place)", WORKPLACE, "what|which|who|where"),
    Noun(r"(?:school|university|college|uni)", (Slot.SCHOOL,), "what|which|where"),
    Noun(r"(?:allergies|allergy)", (Slot.ALLERGY,)),
    Noun(r"pets?", PETS, "what|which|who"),
    Noun(
        r"(?:health (?:problems?|issues?|conditions?)|medical conditions?|illness(?:es)?|diseases?)",
        (Slot.HEALTH,),
    ),
    Noun(r"languages", (Slot.SPEAKS, Slot.LANGUAGE)),
    Noun(r"likes", (Slot.LIKES,), alone=False),
    Noun(r"dislikes", (Slot.DISLIKES,), alone=False),
    Noun(r"plans", (Slot.PLAN,), alone=False),
    Noun(r"habits", (Slot.HABIT,), alone=False),
)
"""Of the first that fits: so "last name" stands before "name"."""

SENTENCES = (
    Sentence(r"where {do} {who} live", LIVING),
    Sentence(r"where {be} {who} living | where {be} {own} home", LIVING),
    Sentence(r"(?:what|which) (?:city|town|village|place) {do} {who} live in", TOWN),
    Sentence(r"in (?:what|which) (?:city|town|village) {do} {who} live", TOWN),
    Sentence(r"(?:what|which) (?:city|town|village) {be} {who} living in", TOWN),
    Sentence(r"(?:what|which) (?:e-?mail|mail)(?: address)? {do} {who} (?:have|use)", (Slot.EMAIL,)),
    Sentence(rf"(?:what|which) (?:{_NUMBER}) {{do}} {{who}} (?:have|use)", TEL),
    Sentence(r"(?:what|which) address {do} {who} have", ADDRESS),
    Sentence(r"(?:what|which) country {do} {who} live in", COUNTRY),
    Sentence(r"in (?:what|which) country {do} {who} live", COUNTRY),
    Sentence(r"(?:what|which) street {do} {who} live (?:on|in)", ADDRESS[:2]),
    Sentence(r"(?:on|in) (?:what|which) street {do} {who} live", ADDRESS[:2]),
    Sentence(r"where {be} {who} (?:working|employed)", WORKPLACE),
    Sentence(r"where {do} {who} work", WORKPLACE),
    Sentence(r"who {do} {who} work for", WORKPLACE),
    Sentence(
        r"(?:what|which) (?:company|firm|employer|organi[sz]ation) {do} {who} work (?:for|at)", WORKPLACE
    ),
    Sentence(r"(?:for|at) (?:what|which) company {do} {who} work", WORKPLACE),
    Sentence(r"what {do} {who} do (?:for (?:a living|work|money)|professionally|at work|as a job)", WORK),
    Sentence(r"what {do} {who} work as | what does {who} do", WORK),
    Sentence(r"what {be} {who} working as", WORK),
    Sentence(r"(?:what|which) (?:kind of )?job {do} {who} have", WORK),
    Sentence(r"where {do} {who} (?:study|go to (?:school|university|college|uni))", (Slot.SCHOOL,)),
    Sentence(r"where {be} {who} (?:studying|going to school|a student)", (Slot.SCHOOL,)),
    Sentence(
        r"(?:what|which) (?:school|university|college|uni) {do} {who} (?:go to|attend|study at)",
        (Slot.SCHOOL,),
    ),
    Sentence(r"(?:when|on what (?:day|date)|(?:in )?(?:what|which) (?:day|year)) {be} {who} born", BORN),
    Sentence(r"when {do} {who} have (?:(?:a|my|his|her|their) )?birthday", BORN),
    Sentence(r"(?:what|how) {be} {who} called", NAME),
    Sentence(r"what(?: foods?| things| medicines?)? {be} {who} allergic to", (Slot.ALLERGY,)),
    Sentence(r"to what {be} {who} allergic", (Slot.ALLERGY,)),
    Sentence(r"(?:what|which) (?:food )?allergies {do} {who} have", (Slot.ALLERGY,)),
    Sentence(
        r"{do} {who} have (?:any )?allergies | {be} {who} allergic to (?:anything|something)", (Slot.ALLERGY,)
    ),
    Sentence(
        r"(?:what|which) (?:illness(?:es)?|diseases?|(?:medical|health) (?:conditions?|problems?|issues?))"
        r" {do} {who} (?:have|suffer from)",
        (Slot.HEALTH,),
    ),
    Sentence(r"what (?:was|were) {who} diagnosed with", (Slot.HEALTH,)),  # it is told of what holds
    Sentence(r"what {be} {who} (?:suffering from|ill with)", (Slot.HEALTH,)),
    Sentence(r"what {do} {who} suffer from", (Slot.HEALTH,)),
    Sentence(r"what (?:has|have) {who} been diagnosed with", (Slot.HEALTH,)),
    Sentence(r"{do} {who} (?:have|own|keep) (?:any |a )?pets?", PETS),
    Sentence(r"(?:what|which)(?: kinds? of)? pets?(?: animals)? {do} {who} (?:have|own|keep)", PETS),
    Sentence(rf"{{do}} {{who}} (?:have|own|keep) (?:any |an? ){ANIMAL}s?", PETS),
    Sentence(r"what {be} {own} pets?(?: called|['’]s? names?) | what {be} the names? of {own} pets?", PETS),
    Sentence(rf"(?P<name>)(?:what|who) {{be}} {{own}} {ANIMAL}s?(?: called|['’]s? names?)?", PETS),
    Sentence(rf"(?P<name>)(?:what|which) {{be}} the names? of {{own}} {ANIMAL}s?", PETS),
    Sentence(r"(?:what|which) languages? (?:{do}|can) {who} (?:speak|know)", (Slot.SPEAKS, Slot.LANGUAGE)),
    Sentence(r"what (?:things )?{do} {who} (?:like|love|enjoy)", (Slot.LIKES,)),
    Sentence(r"what (?:things )?{do} {who} (?:dislike|hate|detest|not (?:like|enjoy))", (Slot.DISLIKES,)),
    Sentence(r"what (?:don['’]?t|doesn['’]?t) {who} (?:like|enjoy)", (Slot.DISLIKES,)),
    Sentence(r"what (?:can['’]?t|cannot) {who} stand", (Slot.DISLIKES,)),
    Sentence(
        r"(?:what|which)(?: (?:kind|sort|make) of)? (?P<word>car|bike|bicycle|motorbike|boat)"
        r" {do} {who} (?:drive|have|own|ride)",
        OWNED,
    ),
    Sentence(r"{do} {who} (?:own|have) {a} (?P<word>[^\W\d_]+)", OWNED),
    Sentence(r"what {do} {who} own", (Slot.OWNS,)),
    Sentence(r"who {be} {who}(?: to me)?", (Slot.RELATION,)),
    Sentence(r"how {do} i know {who} | how {be} {who} related to me", (Slot.RELATION,)),
    Sentence(r"(?:what|which) {be} the name of {who}", (Slot.RELATION,)),
    # behind "do you know"
    Sentence(r"where {who} (?:lives?|(?P<did>lived))", LIVING, indirect=True),
    Sentence(r"where {who} (?:works?|(?P<did>worked))", WORKPLACE, indirect=True),
    Sentence(r"what {who} does for a living | what i do for a living", WORK, indirect=True),
    Sentence(r"when {who} (?:was|is|were) born", BORN, indirect=True),
    Sentence(r"who {who} (?:is|was)", (Slot.RELATION,), indirect=True),
    Sentence(r"what {who} (?:am|is|are) allergic to", (Slot.ALLERGY,), indirect=True),
    # German
    Sentence(r"wo (?:wohne|lebe) ich", LIVING),
    Sentence(r"wo (?P<did>habe) ich (?:gewohnt|gelebt)", LIVING),
    Sentence(r"wo (?:wohnt|lebt|(?P<did>wohnte|lebte)) {who}", LIVING),
    Sentence(r"wo arbeite ich | bei wem arbeite ich", WORKPLACE),
    Sentence(r"wo (?:arbeitet|(?P<did>arbeitete)) {who}", WORKPLACE),
    Sentence(r"wann habe ich geburtstag | wann bin ich geboren", BORN),
    Sentence(r"wann ist mein geburtstag", BORN),
    Sentence(r"wann hat {who} geburtstag | wann ist {who}s geburtstag", BORN),
    Sentence(r"(?:was|wie) (?:ist|lautet) {who}s (?:telefon|handy)?nummer", TEL),
    Sentence(r"habe ich (?:ein )?haustiere?", PETS),
    Sentence(
        r"(?P<name>)wie hei(?:ß|ss)t meine? (?P<word>hund|katze|kater|hamster|kaninchen|vogel|pferd)", PETS
    ),
    Sentence(r"wann (?:ist|wurde) {who} geboren", BORN),
    Sentence(r"wer ist {who}", (Slot.RELATION,)),
    Sentence(r"wie hei(?:ß|ss)e ich", NAME),
    Sentence(r"(?:was|wie) (?:ist|lautet) meine (?:adresse|anschrift)", ADDRESS),
    Sentence(r"(?:was|wie) (?:ist|lautet) meine (?:telefon|handy)?nummer", TEL),
    Sentence(r"(?:was|wie) (?:ist|lautet) meine (?:e-?)?mail(?:-?adresse)?", (Slot.EMAIL,)),
    Sentence(r"(?:was|wie) (?:ist|lautet) meine (?:postleitzahl|plz)", (Slot.POSTAL_CODE,)),
    Sentence(r"wogegen bin ich allergisch", (Slot.ALLERGY,)),
    Sentence(r"wogegen ist {who} allergisch", (Slot.ALLERGY,)),
    Sentence(r"welche sprachen spreche ich", (Slot.SPEAKS,)),
    Sentence(r"was bin ich von beruf | was ist mein beruf", WORK),
    # French
    Sentence(r"où (?:est-ce que )?j['’]habite", LIVING),
    Sentence(r"où habite {who}", LIVING),
    Sentence(r"où (?:est-ce que )?je travaille", WORKPLACE),
    Sentence(r"où travaille {who}", WORKPLACE),
    Sentence(r"quelle est mon adresse", ADDRESS),
    Sentence(r"quelle est mon adresse (?:e-?mail|électronique) | quel est mon e-?mail", (Slot.EMAIL,)),
    Sentence(r"quel est mon numéro(?: de téléphone)?", TEL),
    Sentence(r"quand est mon anniversaire", BORN),
    Sentence(r"quand est l['’]anniversaire (?:de |d['’]){who}", BORN),
    Sentence(r"qui est {who}", (Slot.RELATION,)),
    Sentence(r"comment (?:est-ce que )?je m['’]appelle", NAME),
    # Spanish
    Sentence(r"dónde vivo", LIVING),
    Sentence(r"dónde vive {who}", LIVING),
    Sentence(r"dónde trabajo", WORKPLACE),
    Sentence(r"dónde trabaja {who}", WORKPLACE),
    Sentence(r"cuál es mi dirección", ADDRESS),
    Sentence(r"cuál es mi (?:número(?: de teléfono)?|teléfono)", TEL),
    Sentence(r"cuál es mi correo(?: electrónico)?", (Slot.EMAIL,)),
    Sentence(r"cuándo es mi cumpleaños", BORN),
    Sentence(r"cuándo es el cumpleaños de {who}", BORN),
    Sentence(r"quién es {who}", (Slot.RELATION,)),
    Sentence(r"cómo me llamo", NAME),
    Sentence(r"qué idiomas hablo", (Slot.SPEAKS,)),
    Sentence(r"(?P<name>)cómo se llama mi (?P<word>perro|gato|caballo|conejo|pájaro|hámster)", PETS),
)
"""A sentence without `{own}` and `{who}` asks about the person."""
