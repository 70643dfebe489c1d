"""What forms ask that is no value of the person's card: numbers of contracts and customers, codes, birth and
nationality, former names and addresses, names of firms and creatures that one is not. Our own lists, for texts as
`words_of` gives them: small, without accents and signs."""

from __future__ import annotations

import re

from second_me.core.acting.recognition.words import words_of

_NUMBERED = (
    # English
    r"(?:customer|client|member(?:ship)?|contract|policy|insurance|insured|order|booking|reservation|reference"
    r"|invoice"
    r"|account|loyalty|library card|voucher|coupon|promo(?:tion(?:al)?)?|discount|gift(?: card)?|referral"
    r"|invit(?:e|ation)"
    r"|tracking|patient|student|employee|registration|serial|meter|case|ticket|flyer|plate|vehicle|claim"
    r"|licen[cs]e"
    r"|permit|application|donor|supporter|subscription|subscriber|purchase order|po) (?:number|no|nr|num|code"
    r"|id|ref)",
    # Deutsch
    r"(?:kunden|vertrags?|versicherungs|versicherten|mitglieds?|bestell|auftrags|buchungs|referenz|rechnungs"
    r"|gutschein"
    r"|rabatt|aktions|promo|konto|zahler|patienten|matrikel|personal|serien|mandats|akten|schadens?|policen?"
    r"|reservierungs"
    r"|ausweis|abo|spender|einladungs|vorgangs|sendungs|kassen|steuer|fahrgestell) ?(?:nummer|nr|codes?|id"
    r"|kennung|zeichen)",
    r"kennzeichen",
    # français
    r"(?:numero|no|n|code|reference|ref|identifiant) (?:de la |de l |de |du |d )?(?:client|contrat|police"
    r"|adherent|assure"
    r"|commande|reservation|dossier|facture|membre|fidelite|licence|carte|parrain\w*|promo\w*|reduction|cadeau"
    r"|avantage"
    r"|suivi|abonne\w*|allocataire|etudiant|matricule|bon|inscription|immatriculation|sinistre)",
    # español, português
    r"(?:numero|no|n|num|codigo|cod) (?:de la |de |del |do |da )?(?:cliente|contrato|poliza|apolice|soci[oa]"
    r"|pedido"
    r"|encomenda|reserva|asegurad[oa]|segurad[oa]|expediente|factura|fatura|descuento|desconto|promocional"
    r"|promocion"
    r"|cup[oa]o?n?m?|afiliad[oa]|referencia|seguimiento|abonad[oa]|tarjeta|carteirinha|cartao|beneficiario"
    r"|matricula"
    r"|processo|invitacion|convite|utente|rastreio|aluno|estudiante)",
    # italiano
    r"(?:numero|n|num|codice|cod) (?:di |del |della |dell |d )?(?:cliente|contratto|polizza|soci[oa]|ordine"
    r"|prenotazione"
    r"|sconto|promozionale|promo|coupon|pratica|fattura|tessera|assicurat\w+|spedizione|riferimento|univoco"
    r"|abbonamento|matricola|invito|targa)",
    # Nederlands
    r"(?:klant(?:en)?|contract|polis|lidmaatschaps|leden|lid|bestel|order|boekings|reserverings|factuur"
    r"|kortings|actie"
    r"|vouchers?|cadeau|referentie|verzekerden|verzekerings|relatie|dossier|debiteuren|patienten|studenten"
    r"|personeels"
    r"|uitnodigings) ?(?:nummer|nr|codes?|id)",
    r"kenteken",
    # polski
    r"(?:numer|nr|kod) (?:klient\w*|umowy|polisy|czlonkowski|zamowienia|rezerwacji|rabatowy|promocyjny|faktury"
    r"|karty"
    r"|referencyjny|legitymacji|kuponu|abonent\w*|pacjenta|albumu|rejestracyjny|zaproszenia|przesylki)",
    # svenska, dansk, norsk, suomi
    r"(?:kund|kunde|avtals?|aftale|medlems|order|ordre|boknings|booking|bestillings|bestallnings|forsakrings"
    r"|forsikrings"
    r"|rabatt?|kampanj\w*|faktura|presentkorts?|gavekorts?|referens|polise?|kupon\w*|sags?|saks) ?"
    r"(?:nummer|nr|kod|koden?|id)",
    r"(?:asiakas|jasen|tilaus|varaus|vakuutus|alennus|kampanja|viite|sopimus|lahjakortti)\w* ?(?:numero|koodi"
    r"|tunnus)",
    # cesky, slovensky, magyar, romana, turkce
    r"(?:cislo|kod|c) (?:zakazni\w+|smlouvy|zmluvy|pojist\w+|poist\w+|objednavky|rezerva\w+|klienta|clen\w+"
    r"|poukaz\w*)",
    r"(?:zakaznicke|clenske|variabilni|variabilne) cislo|(?:slevovy|zlavovy|promo) kod",
    r"(?:ugyfel|szerzodes|rendelesi?|kupon|kotveny|tagsagi|foglalasi|kedvezmeny)\w* ?(?:szam|kod|azonosito)\w*",
    r"(?:numar|nr|cod) (?:de |)(?:client|contract|polita|comanda|reducere|promo\w*|membru|rezervare|voucher)",
    r"(?:musteri|sozlesme|police|uye|siparis|rezervasyon|indirim|kupon|kampanya) (?:no|numarasi|kodu)",
    # russkij, ukrainska
    r"(?:номер|код) (?:клиента|договора|полиса|заказа|брони\w*|карты|скидки|купона|клієнта|договору|поліса"
    r"|замовлення)",
    # all
    r"promo ?codes?|promocode|промокод|(?:e )?coupons?|vouchers?|cup[oa]ns?|kupon\w*|cupom|cupao|gutschein\w*"
    r"|rabattcode"
    r"|gift cards?",
)
_BIRTH = (
    r"birth name|name at birth|(?:sur|family |last )?name (?:at|before) (?:birth|marriage)|maiden(?: name)?",
    r"(?:place|city|town|country|state|county) of birth|birth ?(?:place|country|city)",
    r"geburts(?:name|ort|land|staat|stadt)|geborene|madchenname|lediger name|name bei der geburt",
    r"nom de (?:jeune fille|naissance)|(?:lieu|ville|pays|commune|departement) de naissance",
    r"(?:lugar|pais|ciudad|provincia|municipio) de nacimiento|apellidos? de soltera",
    r"(?:luogo|comune|citta|provincia|stato|paese|nazione) di nascita|cognome (?:da nubile|alla nascita)"
    r"|nat[oa] a",
    r"(?:local|pais|cidade|estado) de nascimento|naturalidade|nome de solteir[oa]",
    r"geboorte(?:plaats|land|naam)|meisjesnaam|(?:miejsce|kraj) urodzenia|nazwisko (?:rodowe|panienskie)",
    r"fodelse(?:ort|land|namn)|fode(?:sted|by|land)|fodested|flicknamn|pigenavn|syntyma(?:paikka|maa|kunta)"
    r"|tyttonimi",
    r"mist[oa] narozeni|mesto narodenia|miesto narodenia|rodne (?:prijmeni|priezvisko)|szuletesi (?:hely|nev)"
    r"|leanykori nev",
    r"loc(?:ul)? (?:de )?naster(?:e|ii)|dogum yeri|kizlik soyadi|место рождения|девичья фамилия"
    r"|місце народження",
)
_NATION = (
    r"nationalit\w+|nacionalidade?|nazionalita|narodowosc|citizenship|citizen of|cittadinanza|ciudadania"
    r"|cidadania",
    r"staatsangehorigkeit|staatsburger\w*|obywatelstwo|medborgarskap|statsborgerskab|statsborgerskap"
    r"|kansalaisuus",
    r"obcanstvi|obcianstvo|statni prislusnost|allampolgarsag|cetatenie|uyru[kg]u?|гражданство|громадянство"
    r"|υπηκοοτητα",
)
_FORMER = (
    r"(?:previous|former|prior|old) (?:employer|address|name|surname|street|city|company|job|insur\w+|names)",
    r"other names? used|names? previously used|(?:vorherig|bisherig|fruher|ehemalig)e[rsnm]?|alte (?:adresse"
    r"|anschrift)",
    r"(?:ancien(?:ne)?s? |adresse |employeur )(?:adresse|employeur|nom|assureur|precedente?)|(?:direccion"
    r"|empresa|domicilio)"
    r" anterior|(?:endereco|emprego|empregador) anterior|(?:indirizzo|datore di lavoro|residenza) precedente"
    r"|(?:vorig|vroeger)e? (?:adres|werkgever|naam|verzekera\w+)|poprzedni\w* \w+|tidigare (?:adress"
    r"|arbetsgivare|namn)"
    r"|tidligere (?:adresse|arbe[ij]dsgiver|navn)",
)
_FIRMS = (
    r"(?:name of )?(?:your )?(?:insurance (?:company|provider)|insurer|health insurance|bank|gp|dentist"
    r"|landlord|agency"
    r"|travel agent|broker|supplier|vendor|airline)(?: name)?|krankenkasse|krankenversicherung|versicherung"
    r"|versicherer",
    r"(?:name der )?bank(?:name)?|kreditinstitut|vermieter(?:in)?|hausarzt|assureur|mutuelle|banque|aseguradora"
    r"|banco",
    r"assicurazione|banca|seguradora|verzekeraar|zorgverzekeraar|ubezpieczyciel|forsakringsbolag"
    r"|forsikringsselskab",
)
_CREATURES = (
    r"(?:pet|dog|cat|horse|puppy|animal|team|band|group|event|project|product|course|file|list|wedding|venue"
    r"|hotel|school"
    r"|boat|ship|vessel|practice|clinic|surgery|store|branch|station|company contact|brand|domain|song|book"
    r"|doctor|teacher|coach|trainer|agent|seller|physician|bank|insurer)(?: s)? name",
    r"name (?:of|des|der|vom) (?:(?:your|the|ihres|ihrer|deines) )?(?:pet|dog|cat|horse|animal|team|band|group"
    r"|event|project"
    r"|product|course|school|doctor|teacher|hundes|tieres|haustiers|katze|pferdes|teams|vereins|projekts|kurses"
    r"|arztes"
    r"|schule|bank|hausarztes|gp|bride|groom)",
    r"djurets namn|dyrets navn|elaimen nimi|jmeno (?:psa|kocky|zvirete)|(?:tier|hunde|katzen|pferde|team"
    r"|projekt|produkt|vereins|kurs|gruppen)name",
    r"nom (?:de (?:l |la |votre )?|du )(?:animal|chien|chat|equipe|projet|produit|groupe|ecole|medecin|banque"
    r"|association)",
    r"nombre (?:de (?:la |su )?|del )(?:mascota|perro|gato|equipo|proyecto|producto|grupo|colegio|medico"
    r"|banco)",
    r"nome (?:dell |della? |del |do |da |di )(?:animale?|cane|gatto|cao|gato|squadra|equipe|equipa|progetto"
    r"|projeto|gruppo"
    r"|grupo|prodotto|produto|scuola|escola|medico|banca|banco)",
    r"(?:team|huisdier|project|groeps|product)naam|naam (?:van )?(?:het |de |uw |je )?(?:huisdier|hond|kat|team"
    r"|school|arts)",
    r"(?:imie|nazwa) (?:psa|kota|zwierzecia|druzyny|projektu|produktu|grupy|szkoly|banku)|lagnamn|holdnavn"
    r"|lagnavn",
)
_SECOND_NAMES = (
    r"segundo apellido|apellido materno|(?:second|maternal|mother s) (?:surname|last name|family name)"
    r"|sobrenome materno",
)
_SIGNED = (
    r"signature|unterschrift|firma del \w+|assinatura|handtekening|podpis|underskrift|allekirjoitus|ort(?: und"
    r"| u)? datum",
    r"place (?:and )?date|date and place|lieu et date|fait a|lugar y fecha|luogo e data|local e data"
    r"|plaats en datum",
    r"miejscowosc i data|ort och datum|sted og dato|misto a datum",
)
_SENT = (
    r"(?:indirizzo )?pec|posta certificata",
    r"(?:referred|recommended|invited|introduced) by|who (?:referred|recommended|invited) you|empfohlen (?:von"
    r"|durch)|empfehlung von"
    r"|geworben (?:von|durch)|parrain(?:e par)?|recomendado por|consigliato da|indicado por|aanbevolen door"
    r"|polecony przez"
    r"|polecajac\w+|varvad av",
    r"(?:company|business|organi[sz]ation|firm|employer|club|school) (?:s )?(?:website|web ?site|url|homepage)"
    r"|(?:firmen|vereins|unternehmens)(?:website|webseite|homepage)|site (?:web )?(?:de l |de la )(?:entreprise"
    r"|societe)"
    r"|(?:sitio )?web de (?:la )?empresa|sito (?:web )?(?:aziendale|della (?:ditta|societa))|site da empresa"
    r"|bedrijfswebsite|strona (?:www )?firmy",
)


def _any(*lists: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(each for one in lists for each in one)})(?!\w)")


_NEVER = _any(_NUMBERED, _BIRTH, _NATION, _FORMER, _CREATURES, _SECOND_NAMES, _SIGNED, _SENT)
_TRAVEL = re.compile(
    r"\b(?:departures?|arrivals?|destinations?|depart|arrivee|abfahrt\w*|abreise\w*|ankunft\w*|reiseziel"
    r"|zielort|partenza"
    r"|arrivo|destinazione|salida|llegada|destino|partida|chegada|vertrek\w*|aankomst\w*|bestemming|wyjazdu"
    r"|przyjazdu"
    r"|avresa\w*|ankomst\w*|odjezdu|prijezdu|(?:pick ?up|drop ?off|collection|return|event|venue|meeting)"
    r" (?:location|city|town|place|point|station|country|branch)|abhol(?:ort|station)|veranstaltungsort"
    r"|agence de \w+)\b"
)
_FIRM = re.compile(rf"(?:{'|'.join(_FIRMS)})")
_EASTERN = (
    "生年月日",
    "誕生日",
    "出生",
    "出生日期",
    "생년월일",
    "생일",
    "출생",
    "تاريخ الميلاد",
    "לידה",
    "जन्म",
)
_BIRTHDAY = re.compile(
    r"birth|\bborn\b|\bdob\b|\bd o b\b|\bur\b|\bnac\b|\bbday|geburt|geboren|\bgeb\b|gebdat|naiss"
    r"|\bnee?(?: e)? le\b|nacim|\bnaci(?:o|da|do)\b"
    r"|\bnasc|\bnat[oa]\b|geboorte|urodz|fodel|fodt|fods|\bfodd\b|syntym|\bnaroz|\bnarod|szulet|naster|nascut"
    r"|рожд"
    r"|народж|роден|γεννησ|dogum|anniversaire|cumplean|aniversa|compleanno|verjaar|rojstva|rodjen|rodenj"
    r"|\bdzimsan"
    r"|\bgimim|\bsunni|ngay sinh|lahir|" + "|".join(re.escape(" ".join(words_of(each))) for each in _EASTERN)
)


def is_not_mine(words: str) -> bool:
    """Whether a field that is called so asks for what no fact of the person answers."""
    return bool(_NEVER.search(words))


def is_of_a_journey(words: str) -> bool:
    """Whether a place that is called so is where one goes, not where one lives."""
    return bool(_TRAVEL.search(words))


def is_of_a_firm(words: str) -> bool:
    """Whether a field's whole name is a firm or a house that is not where the person works."""
    return bool(_FIRM.fullmatch(words))


def tells_birth(words: str) -> bool:
    """Whether a text speaks of somebody's birth."""
    return bool(_BIRTHDAY.search(words))
