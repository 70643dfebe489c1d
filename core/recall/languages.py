"""What a language adds to its script: words that say nothing, and the stems under which others are found.

A language is guessed only where its script does not tell it, from the commonest words, and a guess is never
trusted alone: stems of a guessed language are further keys beside the word as it was written. English needs
none, the index itself stems it (Porter). Snowball's stemmers do the others; Arabic is stemmed lightly, as in
Larkey, Ballesteros and Connell 2007 ("light10"), because deeper stems join words that have nothing in common.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

from second_me.core.recall.spelling import folded

ENGLISH = "en"
_STOP: dict[str, str] = {
    ENGLISH: """a about after again all am an and any are aren't as at be because been before being between both
    but by can can't could couldn't did didn't do does doesn't doing don't down during each few for from further
    had hadn't has hasn't have haven't having he he'd he'll he's her here hers herself him himself his how how's
    i i'd i'll i'm i've if in into is isn't it it's its itself let's me more most my myself no nor not of off on
    once only or other ought our ours out over own same she she'd she'll she's should shouldn't so some such
    than that that's the their theirs them then there there's these they they'd they'll they're they've this
    those through to too under until up very was wasn't we we'd we'll we're we've were weren't what what's when
    when's where where's which while who who's whom why why's will with won't would wouldn't you you'd you'll
    you're you've your yours yourself""",
    "de": """der die das den dem des ein eine einen einem einer eines und oder aber ist sind war waren bin bist
    hat habe haben hatte hatten wird werden wurde ich du er sie es wir ihr mich mir dich dir ihn ihm uns euch
    mein meine meinen meinem meiner dein deine sein seine unser unsere nicht kein keine mit von vom zu zum zur im
    in ins auf aus bei nach vor für über unter durch gegen um als wie was wer wem wen wann wo wohin woher warum
    welche welcher welches welchen viel viele noch auch nur sehr schon dann dass wenn ob ja man""",
    "fr": """le la les un une des du de et ou mais est sont était je tu il elle nous vous ils elles mon ma mes ton
    ta tes sa ses notre nos votre vos ne pas que qui quoi quel quelle quels quelles quand où comment pourquoi dans
    sur avec pour par chez ce cet cette ces ai avons avez ont suis es en y se leur leurs plus très""",
    "es": """el la los las un una unos unas y o pero es son era soy está están estoy yo tú él ella nosotros mi mis
    tu tus su sus nuestro nuestra no con por para de del que qué quién cuándo dónde cómo cuál cuáles cuánto en al
    se lo le les me te he ha han muy más como""",
    "it": """il lo la gli le un uno una e o ma è sono era io tu lui lei noi voi mio mia miei mie tuo tua suo sua
    nostro non con per di del della dei delle che chi quando dove perché quale quali quanto nel nella al alla ho
    hai ha abbiamo hanno si mi ti ci più molto""",
    "pt": """o a os as um uma e ou mas é são era eu tu ele ela nós meu minha meus minhas seu sua nosso não com por
    para de do da dos das que quem quando onde como qual quais quanto em no na nos nas ao se me te muito mais está
    estou foi""",
    "nl": """de het een en of maar is zijn was waren ben bent heb heeft hebben had ik jij je hij zij ze wij we mijn
    jouw haar ons onze niet geen met van naar op uit bij voor over door als wat wie wanneer waar waarom hoe welke
    welk veel nog ook dan dat die deze dit""",
    "ar": """في من الى على عن مع ما ماذا متى اين كيف هل هو هي انا نحن انت كان كانت هذا هذه ذلك التي الذي عند عندي لي
    اي كم لماذا بماذا ان او ثم قد لا لم لن""",
    "hi": """का की के को में से पर ने है हैं था थी थे हूँ हो ही भी और या तो यह वह ये वे मैं मैंने मुझे मेरा मेरी मेरे हम हमने हमारा
    हमारी हमारे तुम आप क्या कब कहाँ कौन कौनसा किस किसने किससे किन कैसे क्यों कितना कितने कितनी नहीं सा सी एक लिए""",
    "ru": """и в во не что он она оно они на я с со как а то все но да ты к у же вы за бы по мне мой моя мое мои
    меня от из о об это этот эта для до или где когда кто чем какой какая какие сколько почему был была было были
    есть мы нас наш наша""",
}
STOP = {name: frozenset(folded(words).split()) for name, words in _STOP.items()}

_GUESSED = ("de", "fr", "es", "it", "pt", "nl")
_SCRIPTS = (("\u0600", "\u06ff", "ar"), ("\u0900", "\u097f", "hi"), ("\u0400", "\u04ff", "ru"))
_SNOWBALL = {
    "de": "german", "fr": "french", "es": "spanish", "it": "italian", "pt": "portuguese", "nl": "dutch",
    "hi": "hindi", "ru": "russian",
}  # fmt: skip
_COMPOUNDING = frozenset(("de", "nl"))
_LONG_ENOUGH = 5
_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ي", "ه")
_ARTICLES = ("وال", "بال", "كال", "فال", "ال", "لل")

ASKING = (
    "什么时候 为什么 怎么样 什么 哪里 哪儿 哪个 哪些 哪位 哪天 怎么 多少 几点 我们 什麼時候 為什麼 什麼 哪裡 怎麼 我們 "
    "でしたか ましたか ですか ますか いつ どこ だれ どんな どう なぜ 何 誰 です ます "
    "เมื่อไหร่ เมื่อไร ที่ไหน อย่างไร เท่าไหร่ เท่าไร อะไร ทำไม ยังไง ใคร ไหม กี่ "
    "언제 어디 누구 무엇 무슨 어떻게 얼마 어느 뭐"
).split()
"""Words of a question, not of what is asked for, in scripts without spaces; longer ones first."""

JAPANESE_PARTICLES = "には では への から まで は が を に で と も の へ や".split()
"""Between or after words in Kanji and Katakana; longer ones first."""

KOREAN_PARTICLES = (
    "에게서 한테서 에서는 으로는 에서 에게 한테 까지 부터 이나 으로 라고 은 는 이 가 을 를 에 의 로 와 과 도 만"
).split()
"""At the end of a word; longer ones first."""


def script_language(word: str) -> str | None:
    """The language whose rules a folded word's script calls for; None for Latin and all others."""
    for first, last, language in _SCRIPTS:
        if first <= word[0] <= last:
            return language
    return None


def language_of(words: Iterable[str]) -> str:
    """The likeliest language of a text in Latin letters; English unless another one's words are more.

    `words` are folded.
    """
    said = set(words)
    best = max(_GUESSED, key=lambda language: len(said & STOP[language]))
    return best if len(said & STOP[best]) > len(said & STOP[ENGLISH]) else ENGLISH


def says_nothing(word: str, language: str) -> bool:
    """Whether a folded word is one of the commonest of English, its script's language, or the guessed one."""
    script = script_language(word)
    return word in STOP[script or language] or word in STOP[ENGLISH]


@lru_cache(maxsize=1 << 16)
def indexed_stem(word: str, language: str) -> str:
    """The stem under which a folded word is found. English words are left to the index; `core.recall.quotes.stem`
    is for comparing them."""
    if language == "ar":
        return _light(word)
    if language not in _SNOWBALL:
        return word
    # A stemmer of its own each time: they keep their place in the word, and searches run in threads.
    return str(folded(snowballstemmer.stemmer(_SNOWBALL[language]).stemWord(word)))


def _light(word: str) -> str:
    if word.startswith("و") and len(word) > 3:
        word = word[1:]
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 2:
            word = word.removeprefix(article)
            break
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            word = word.removesuffix(ending)
    return word


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))


def written_out(word: str) -> str:
    """German umlauts as two letters, as on keyboards without them; the word itself where there is none."""
    return word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")


def keys_of(word: str, language: str) -> tuple[str, ...]:
    """What the index holds for a word of a text in a language: itself or its script's stem, then what more."""
    if script := script_language(word):
        return (indexed_stem(word, script),)
    root, plain = indexed_stem(word, language), _without_accents(word)
    # The index drops accents by itself: what differs in nothing else is not held twice.
    further = (each for each in (root, written_out(word)) if each not in (word, plain))
    return (word, *dict.fromkeys(further))


def asked_as(word: str, language: str) -> tuple[str, ...]:
    """What a word of a question may be held as; with a `*` at the end, as the beginning of a word.

    German and Dutch write compounds in one word: `Fahrrad` shall find `Fahrradschlüssel`.
    """
    keys = keys_of(word, language)
    compound = language in _COMPOUNDING and len(word) >= _LONG_ENOUGH and script_language(word) is None
    return (*keys, word + "*") if compound else keys
