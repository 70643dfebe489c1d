"""Who a form is about where it names two: who sends and who gets, the first guest and the second.

A mover's form has an address now and a new one: the new one is not where the person lives. A shop's "recipient" is
the person. Where the same page also asks for a sender, the sender is the person and the
recipient somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from second_me.core.acting.forms import Field, Form
from second_me.core.acting.near import near

_SENDERS = re.compile(
    r"\b(?:sender(?:'s)?|mittente|absender\w*|exp[eé]diteur|expéditrice|remitente|remetente|afzender|verzender"
    r"|nadawc[ay]|avsändare|afsender|avsender|lähettäjä|odes[ií]latel|feladó|expeditor|отправител[ья]|gönder(?:en|ici)"
    r"|αποστολέας|差出人|寄件人|发件人"
    r"|moving from|move from|loading|laadadres|huidig adres|vertrekadres|current address|present address"
    r"|adresse (?:actuelle|de départ)|(?:aktuelle|jetzige) (?:adresse|anschrift)|auszug(?:sadresse)?|beladeadresse"
    r"|dirección actual|indirizzo (?:attuale|di partenza)|obecny adres|endereço atual|nuvarande adress|současná adresa"
    r"|ship(?:ped)? from|collect(?:ion)? from|pick[ -]?up from)(?!\w)",
    re.IGNORECASE,
)
_RECEIVERS = re.compile(
    r"\b(?:recipient(?:'s)?|receiver(?:'s)?|addressee|consignee|destinat[aá]ri[oa]|empf(?:ä|ae)nger\w*"
    r"|destinataire"
    r"|ontvanger|geadresseerde|odbiorc[ay]|mottagare|mottaker|modtager|vastaanottaja|p[rř][ií]jemce|címzett|destinatar"
    r"|получател[ья]|alıcı|παραλήπτης|受取人|お届け先|收件人"
    r"|moving to|move to|unloading|losadres|nieuw adres|aankomst(?:adres)?|new address|future address"
    r"|nouvelle adresse|adresse d['’]arrivée|(?:neue|künftige) (?:adresse|anschrift)|einzug(?:sadresse)?|entladeadresse"
    r"|nueva dirección|(?:nuovo )?indirizzo di arrivo|nuovo indirizzo|nowy adres|novo endereço|ny adress|nová adresa"
    r"|ship(?:ped)? to|deliver(?:y)? to|dest|rcpt|recip)(?!\w)",
    re.IGNORECASE,
)
_SECONDS = re.compile(
    r"\b(?:(?:second|2nd|third|3rd|other|additional|accompanying) (?:guest|traveller|traveler|passenger|person|driver"
    r"|owner|parent|holder|buyer|tenant|contact|keeper|insured|policyholder|applicant|adult|participant"
    r"|attendee|player|member)|(?:guest|traveller|traveler|passenger|adult|attendee"
    r"|participant|driver|applicant) ?#?[2-9]|co-?applicant|companion|plus one|mitreisende\w*|begleitperson\w*"
    r"|(?:zweite|weitere)[rsn]? (?:gast|person|reisende\w*|fahrer\w*|teilnehmer\w*)"
    r"|(?:second|deuxième|autre) (?:voyageur|passager|invité|participant|conducteur)|accompagnat(?:eur|rice)"
    r"|segund[oa] (?:viajero|huésped|pasajero|titular|hóspede|passageiro)|acompañante|acompanhante"
    r"|second[oa] (?:viaggiatore|ospite|passeggero|intestatario|conducente|proprietario|genitore)"
    r"|accompagnatore|tweede (?:gast|reiziger|persoon)"
    r"|drug(?:i|a|iego) (?:gość|osob\w+|pasażer\w*)|neighbou?r(?:'s)?|nachbar\w*|voisin[es]*|vecin[oa]"
    r"|vicin[oa] di casa|referente|beschenkte\w*|(?:other|additional) (?:occupant|tenant|resident"
    r"|household member|family member|driver|traveller|traveler|guest|passenger|applicant|owner)s?"
    r"|authori[sz]ed person|bevollmächtigte\w*|personnes? (?:autorisée|à contacter|de confiance)\w*"
    r"|persona autori[zs]\w+|osob\w* upoważnion\w*|(?:parent|elternteil|rodzic|genitore|ouder|padre|forælder"
    r"|vårdnadshavare) ?2"
    r"|buren|buur(?:man|vrouw)|sąsiad\w*|supervisor(?:'s)?|line manager(?:'s)?|vorgesetzte\w*)(?!\w)",
    re.IGNORECASE,
)


_HEADINGS = re.compile(
    r"\b(?:(?:about |details of )?(?:your |the |my )?(?:pet|dog|cat|horse|animal)(?:'s)?(?: details| information)?$"
    r"|(?:dein|ihr|das|angaben zum|daten des|angaben zu ihrem)? ?(?:haus)?tier(?:es)?$|(?:ihr |dein )?(?:hund|pferd)$"
    r"|(?:votre |l')?animal(?: de compagnie)?$|(?:su |tu |la )?mascota$|(?:il (?:tuo|suo) )?(?:animale|cane|gatto)$"
    r"|(?:o seu |seu )?animal(?: de estimação)?$|(?:uw |je )?huisdier$|(?:twoje |dane )?zwierz(?:ę|ęcia|ątko)$"
    r"|husdjur(?:et)?$"
    r"|kæledyr(?:et)?$|kjæledyr(?:et)?$|lemmikki$|(?:váš )?mazlíček$"
    r"|(?:previous|former|current) (?:practice|vet|doctor|gp|dentist|insurer|provider|supplier|landlord|school)"
    r"|referees?$|references?$|(?:medical )?(?:doctor|gp|physician)$|hausarzt$|médecin traitant$|huisarts$"
    r"|arbeitgeber(?:in)?$"
    r"|(?:your |details of )?(?:employer|insurer|landlord|company)(?:'s)? (?:details|contact)$)",
    re.IGNORECASE,
)
"""Headings above what belongs to somebody else or to a creature, whole or with what follows."""


_GIFTS = re.compile(
    r"gift|geschenk|cadeau|regalo|presente\b|prezent|presentkort|gavekort|dárek|ajándék", re.IGNORECASE
)
_RELATED_HOW = re.compile(
    r"\b(?:relation(?:ship)?(?: to you)?|verwandtschaft\w*|lien (?:de parenté|avec)|parentesco|parentela"
    r"|grado di parentela"
    r"|verwantschap|relatie tot|pokrewieństwo|stopień pokrewieństwa|släktskap|relation till)\b",
    re.IGNORECASE,
)
"""A question that stands only beside somebody else's name."""
REACH = 2
"""Fields behind one about somebody else that go on with it."""


def goes_on(form: Form, field: Field, theirs: Sequence[bool], seen: bool) -> bool:
    """Whether a field goes on with somebody else: right behind a field that is theirs by its own name (`theirs`, in the
    order of the form) or asks how they are related, for what the form asked of the person before (`seen`)."""
    before = form.fields[max(0, field.index - REACH) : field.index]
    same = [one for one in before if (one.form, one.section) == (field.form, field.section)]
    return seen and any(
        theirs[one.index] or _RELATED_HOW.search(" ".join((one.label, one.aria, near(one)))) for one in same
    )


_CHILDREN = re.compile(
    r"\b(?:child(?:'s)?|pupil(?:'s)?|kind(?:es)?|schüler\w*|l'enfant|enfant|élève|niñ[oa]|alumn[oa]|bambin[oa]"
    r"|figli[oa]"
    r"|criança|alun[oa]|leerling|dzieck[oa]|ucznia|barnets?|elev(?:en)?s?|lapsen|dítěte|gyermek)\b",
    re.IGNORECASE,
)


def has_child(form: Form) -> bool:
    """Whether a form asks about a child under a heading of its own: then its parent is who fills it."""
    return any(_CHILDREN.search(field.section) for field in form.fields)


def has_sender(form: Form) -> bool:
    """Whether a page asks who sends something."""
    return any(_SENDERS.search(text) for field in form.fields for text in _texts(field))


def is_of_another(field: Field, sent: bool) -> bool:
    """Whether a field asks about the other one of two: a second guest, or who gets what the person sends (`sent`)."""
    texts = _texts(field)
    if any(_SECONDS.search(text) for text in texts) or _HEADINGS.search(field.section.strip()):
        return True
    sent = sent or bool(_GIFTS.search(field.section))
    if not sent or any(_SENDERS.search(text) for text in texts[:5]):
        return False
    return any(_RECEIVERS.search(text) for text in texts)


def _texts(field: Field) -> tuple[str, ...]:
    """What a field is called, then what it is called by programs, then the heading above it."""
    named = re.sub(r"(?<=[a-z])(?=[A-Z])|[_\-.\[\]:\d]+", " ", f"{field.name} {field.id}")
    return (field.label, field.aria, field.placeholder, near(field), named, field.section)
