"""The forms of questions that want an overview, language by language. English is complete; a language adds rows.

`rest` and `more` are what a form leaves open: a time, a topic. `person` is with whom somebody talked. A form
matches the whole question, outer punctuation and courtesies taken off.
"""

from __future__ import annotations

import re
from enum import Enum, auto


class Wants(Enum):
    """What a form asks for: what was in a time (nothing but a time may stand in it); the same, lately where no
    time stands in it; a summary of whatever stands in it; the same of what the person told."""

    TIME = auto()
    RECENT = auto()
    SUMMARY = auto()
    TOLD = auto()


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


POLITE = _compiled(
    r"^(?:(?:so|and|ok(?:ay)?|hey|hi|well|please|bitte|s'il te plaît|por favor|请|कृपया|can you|could you"
    r"|would you|will you"
    r"|kannst du|peux-tu|puedes|i'd like you to|i want you to|i would like you to)[\s,，]+)+|[\s,]+(?:please"
    r"|bitte|por favor)$"
)
RECENTLY = _compiled(
    r"(?:\b(?:lately|recently|of late|these days|in letzter zeit|kürzlich|neulich|récemment|ces derniers temps"
    r"|últimamente|recientemente)\b|最近|हाल में|हाल ही में|इन दिनों)"
)
MY_TIME = _compiled(r"\bmy (week|month|year)\b")
MY_DAY = _compiled(r"\bmy day\b")
"""Of the present one: rules of time need not know "my week"."""
THE_WEEKEND = _compiled(r"\b(?:my|the) weekend\b")
"""The present one on its days, the last one on others."""
IT_WAS = ("it was in ", "es war im ", "c'était en ", "fue en ")
"""Before a time that stands alone, so that rules of time know it as one, and as past."""
OWN = _compiled(
    r"^\s*(?:(?:and|und|et|y|my|our|the|meine?[mnrs]?|unsere?[mnrs]?|der|die|das|den|dem|mon|ma|notre|le|la|mi|el)\s+)+"
)
JOINING = _compiled(
    r"(?:\b(?:so far|back in|in|on|at|during|for|from|of|since|over|within|throughout|between|and|the|my|im|am|während"
    r"|seit|über|von|vom|und|den|dem|der|die|das|en|au mois de|pendant|durant|depuis|de|du|le|la|durante|desde"
    r"|el|del|y)\s*"
    r"|(?:在|的|में|के|का|की)\s*)+$"
)
ABOUT = _compiled(
    r"^(?:(?:about|regarding|on|of|around|concerning|with|over|über|zu|sur|sobre|de|关于|對於)\s*\b)+"
)
TOLD = _compiled(
    r"(?:(?:what|everything|all|whatever|anything)(?: that)? )?"
    r"(?:i|we)(?:'ve| have| had)? (?:just |ever |already )?(?:told|said|tell|say|wrote|written|mentioned|shared"
    r"|talked|spoke|noted"
    r"|discussed)(?: (?:to )?(?:you|each other))?(?:\s|$)"
    r"|(?:what|everything|all)(?: that)? you (?:know|remember|have)(?:\s|$)"
    r"|alles,? was ich (?:dir )?|was ich dir |tout ce que je t'ai dit |ce que je t'ai (?:dit|raconté) "
    r"|(?:todo )?lo que te (?:dije|conté|he dicho|he contado) |我(?:跟你|对你|告诉你)?(?:说|讲|提)?过?的?(?:关于)?"
)

_SUMMARY = (
    r"(?:(?:short|brief|quick|little|rough|concise|general) )?(?:summary|overview|recap|outline|rundown"
    r"|run-down|digest|review|synopsis)"
)
_TALKS = r"(?:conversations?|chats?|talks?|discussions?|messages|exchanges|calls|correspondence)"
_NEXT = r"about|in|on|during|for|from|of|since|over|last|this|yesterday|today|lately|recently"
_DID = r"(?:did|do|have|had)"

_ENGLISH = (
    (
        Wants.TIME,
        r"what(?:'s| has| all| else)*(?: has| had)? happened(?: to (?:me|us)| with (?:me|us)| in my life"
        r"| around me)?(?!\w)(?P<rest>.*)",
    ),
    (
        Wants.TIME,
        rf"what(?: all| else)? {_DID} (?:i|we) (?:all )?(?:do|done|been doing|get done|get up to|got up to"
        rf"|experienced?|live through)"
        r"(?: with myself| in my life)?(?!\w)(?P<rest>.*)",
    ),
    (Wants.RECENT, r"what(?:'ve| have| had) (?:i|we) been (?:up to|doing|busy with|occupied with)(?!\w)"
     r"(?P<rest>.*)"),
    (Wants.TIME, r"what (?:was|were|am) (?:i|we) (?:up to|doing|busy with|occupied with)(?!\w)(?P<rest>.*)"),
    (
        Wants.RECENT,
        r"what(?:'s| is| has| has been|'s been)(?: been)? (?:new|going on|happening|up) (?:with me|with us"
        r"|in my life)(?!\w)(?P<rest>.*)",
    ),
    (Wants.TIME, r"what (?:went on|was going on|has been going on)(?: with me| in my life)?(?!\w)(?P<rest>.*)"),
    (Wants.TIME, r"how (?:was|were|did|has)(?P<rest> (?:my |the )?.*?)(?: go| gone| been| for me| look like)?"),
    (Wants.TIME, r"(?:what )?did anything (?:important |interesting |special )?happen(?: to me)?(?!\w)"
     r"(?P<rest>.*)"),
    (Wants.SUMMARY, r"(?:catch me up|bring me up to date|fill me in|walk me through|take me through|look back)"
     r"(?: on| at| with)?(?!\w)(?P<rest>.*)"),
    (
        Wants.SUMMARY,
        rf"(?:tell me about|show me|list|summari[sz]e|sum up|recap|describe)(?: all)?(?: of)? (?:my|our|the) "
        rf"(?:\w+ )?{_TALKS} with "
        rf"(?P<person>\S+(?: (?!(?:{_NEXT})\b)\S+)?)(?P<rest>(?: (?:{_NEXT})\b.*)?)",
    ),
    (
        Wants.SUMMARY,
        rf"(?:give me |i'd like |i want )?(?:an? |the )?{_SUMMARY} of (?:my|our|the) (?:\w+ )?{_TALKS} with "
        rf"(?P<person>\S+(?: (?!(?:{_NEXT})\b)\S+)?)(?P<rest>(?: (?:{_NEXT})\b.*)?)",
    ),
    (
        Wants.SUMMARY,
        rf"what (?:{_DID}|were) (?P<person>[^\s]+(?: [^\s]+)?) and (?:i|me) (?:talk|talked|talking|been talking"
        rf"|speak|spoken|chat|chatting"
        r"|discuss|discussed|discussing|write)(?: about)?(?!\w)(?P<rest>.*)",
    ),
    (
        Wants.SUMMARY,
        rf"what (?:{_DID}|were) (?:i|we) (?:talk|talked|talking|been talking|speak|spoken|chat|chatting)"
        rf"(?: about)? with "
        r"(?P<person>\S+)(?: about)?(?!\w)(?P<rest>.*)",
    ),
    (
        Wants.TIME,
        rf"what(?: all| else)? {_DID} (?:i|we) (?:tell|told|say|said|talk|talked|write|written|discuss"
        rf"|discussed|speak|chat)"
        r"(?: (?:to |with )?you)?(?: about)?(?!\w)(?P<rest>.*)",
    ),
    (
        Wants.TOLD,
        r"(?:tell me|list|show me|remind me of|repeat|say) (?:again )?(?:everything|all)(?: that)? (?:i|we)"
        r"(?:'ve| have)?(?: ever)? "
        r"(?:told|said|wrote|mentioned|shared)(?: (?:to )?you)?(?: about)?(?!\w)(?P<rest>.*)",
    ),
    (
        Wants.SUMMARY,
        r"(?:tell me|list|show me) (?:everything|all)(?: that)?(?: you (?:know|remember|have))?(?: about)?"
        r"(?P<rest> .*)",
    ),
    (Wants.SUMMARY, rf"(?:summari[sz]e|sum up|recap|review|outline|give {_SUMMARY} of)(?P<rest> .*?)(?: for me"
     rf"| to me)?"),
    (
        Wants.SUMMARY,
        rf"(?:(?:give|show|write|make|get|tell) (?:me )?|i(?:'d like| want| need| would like) (?:to have )?)?"
        rf"(?:an? |the |my )?{_SUMMARY}"
        r" (?:of|about|on|for|over)(?P<rest> .*)",
    ),
)  # fmt: skip
_OTHERS = (
    # German
    (Wants.TIME, r"was ist (?:mir |uns )?(?P<rest>.*?)(?:mir )?(?:alles )?(?:so )?(?:passiert|geschehen"
     r"|los gewesen)"
     r"(?P<more>.*)"),
    (Wants.TIME, r"was war (?P<rest>.*?)los(?P<more>.*)"),
    (Wants.RECENT, r"was habe? ich (?P<rest>.*?)(?:alles )?(?:so )?(?:gemacht|getan|getrieben|unternommen"
     r"|erlebt)(?P<more>.*)"),
    (Wants.TOLD, r"fasse? (?:mir )?(?:alles )?(?:zusammen,? )?was ich (?:dir )?(?:über|von|zu)(?P<rest> .*?) "
     r"(?:erzählt|gesagt)(?: habe?)?(?: zusammen)?"),
    (Wants.SUMMARY, r"fasse? (?:mir )?(?:bitte )?(?P<rest>.*) zusammen"),
    (Wants.SUMMARY, r"(?:gib|mach|zeig|schreib)e? mir (?:bitte )?(?:einen?|den|die) (?:kurze[nr]? )?"
     r"(?:überblick|übersicht|zusammenfassung|rückblick) "
     r"(?:über|von|auf|zu|zum)(?P<rest> .*)"),
    (Wants.SUMMARY, r"(?:erzähle?|berichte?) mir (?:etwas )?(?:von|über) (?:meinen?|unseren?|die|den) "
     r"(?:gesprächen?|unterhaltungen|chats?) mit "
     r"(?P<person>\S+)(?P<rest>.*)"),
    # French
    (Wants.TIME, r"(?:que s['’]est-il passé|qu['’]est-ce qui s['’]est passé|qu['’]est-il arrivé)(?P<rest>.*)"),
    (Wants.RECENT, r"(?:qu['’]ai-je fait|qu['’]est-ce que j['’]ai fait)(?P<rest>.*)"),
    (Wants.TOLD, r"résume(?:r)?(?:-moi)? (?:tout )?ce que je t['’]ai (?:dit|raconté) (?:sur|de|à propos de)"
     r"(?P<rest> .*)"),
    (Wants.SUMMARY, r"parle[- ]moi de mes (?:conversations|discussions|échanges) avec (?P<person>\S+)"
     r"(?P<rest>.*)"),
    (Wants.SUMMARY, r"(?:donne|fais)[- ]moi (?:un|une|le) (?:bref |petit )?(?:aperçu|résumé|bilan|synthèse) "
     r"(?:de|du|sur)(?P<rest> .*)"),
    (Wants.SUMMARY, r"résume(?:r)?(?:-moi)?(?P<rest> .*)"),
    # Spanish
    (Wants.TIME, r"(?:qué|que) (?:me )?(?:pasó|ha pasado|sucedió|ocurrió)(?P<rest>.*)"),
    (Wants.RECENT, r"(?:qué|que) (?:hice|he hecho|hicimos|he estado haciendo)(?P<rest>.*)"),
    (Wants.TOLD, r"resume(?:me)? (?:todo )?lo que te (?:dije|conté|he dicho|he contado) (?:sobre|de|acerca de)"
     r"(?P<rest> .*)"),
    (Wants.SUMMARY, r"h[áa]blame de mis (?:conversaciones|charlas) con (?P<person>\S+)(?P<rest>.*)"),
    (Wants.SUMMARY, r"(?:dame|hazme|haz) un (?:breve )?(?:resumen|repaso) (?:de|del|sobre)(?P<rest> .*)"),
    (Wants.SUMMARY, r"resume(?:me)?(?P<rest> .*)"),
    # Chinese
    (Wants.TIME, r"(?:在)?(?P<rest>.*?)(?:我)?(?:都)?(?:发生|發生)(?:了|过)(?:什么|哪些)(?:事情?)?"),
    (Wants.RECENT, r"我?(?P<rest>.*?)(?:我)?(?:都)?(?:在)?(?:做了什么|干了什么|忙(?:些)?什么|做(?:了)?些什么)"),
    (Wants.TOLD, r"(?:总结|概括)(?:一下)?我(?:跟你|对你|告诉你)?(?:说|讲|提)?过?的?(?:关于)?"
     r"(?P<rest>.+?)(?:的(?:事情?|内容|话))?"),
    (Wants.SUMMARY, r"(?:总结|概括|回顾)(?:一下)?(?:我的)?(?P<rest>.+)"),
    (Wants.SUMMARY, r"(?:说说|讲讲|谈谈)我(?:和|跟|与)(?P<person>.+?)的(?:对话|聊天|谈话)(?P<rest>.*)"),
    # Hindi
    (Wants.TIME, r"(?P<rest>.*?)(?:मेरे साथ )?क्या(?:[- ]क्या)? हुआ(?: था)?"),
    (Wants.RECENT, r"मैंने (?P<rest>.*?)क्या(?:[- ]क्या)? किया(?: था| है)?"),
    (Wants.TOLD, r"(?P<rest>.+?) के बारे में (?:मैंने )?(?:तुम्हें |आपको )?(?:जो )?(?:कुछ )?(?:बताया|कहा)(?: है"
     r"| था)?,? (?:उसका |का )?सारांश(?: दो| दें| दीजिए)?"),
    (Wants.SUMMARY, r"(?P<rest>.+?) का (?:एक )?(?:सारांश|अवलोकन)(?: दो| दें| दीजिए| बताओ| बताइए)?"),
)  # fmt: skip

FRAMES = tuple((wants, _compiled(pattern)) for wants, pattern in (*_ENGLISH, *_OTHERS))
"""In order: the first form that matches and makes sense decides."""
