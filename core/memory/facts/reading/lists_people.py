"""Words for people: kin and other ties, titles, given names, what a name cannot be."""

from __future__ import annotations

from second_me.core.memory.facts.reading.lists_names import MORE_GIVEN

_KIN = """
wife husband spouse partner fiancé fiance fiancée fiancee girlfriend boyfriend missus hubby bf gf mother father
mum mom mam mummy mommy dad daddy mama papa mutter vater ma pa parent parents sister brother sis bro sibling
siblings sisters brothers twin triplets twins son daughter sons daughters child children kid kids baby toddler
newborn firstborn stepson stepdaughter grandmother grandfather grandma grandpa granny gran grandad granddad nan
nana nanna grandparents grandson granddaughter grandchild grandchildren grandkids grandkid aunt auntie aunty
uncle cousin cousins niece nephew nieces nephews godmother godfather godson goddaughter godchild stepmother
stepfather stepmum stepmom stepdad stepsister stepbrother half-sister half-brother step-sister mother-in-law
father-in-law sister-in-law brother-in-law son-in-law daughter-in-law ex ex-wife ex-husband ex-girlfriend ex-
boyfriend ex-partner friend friends mate buddy pal bestie bff roommate flatmate housemate roomie flatmates
roommates neighbour neighbor neighbours neighbors colleague coworker co-worker boss manager supervisor mentor
assistant teammate business-partner colleagues coworkers teacher tutor professor coach trainer therapist doctor
dentist gp landlord landlady lawyer accountant hairdresser physio barber nanny babysitter carer childminder vet
intern apprentice cleaner gardener eldest youngest oldest in-laws psychiatrist psychologist psychotherapist
counsellor counselor midwife surgeon plumber electrician builder tailor pastor priest vicar rabbi imam guru
sponsor solicitor attorney publisher broker caseworker headmaster headteacher principal lecturer instructor
postman postwoman butcher osteopath chiropractor pen-pal penpal bandmate classmate teammate chauffeur groomer
handyman foreman forewoman co-founder cofounder tenant subtenant lodger mechanic secretary optician stylist
advisor adviser lad lass
"""
KIN = frozenset(_KIN.split())
"""Heads of "my ... NAME"."""

CARERS = frozenset(
    "doctor dentist gp therapist lawyer accountant vet hairdresser barber landlord landlady trainer coach teacher"
    " tutor professor physio".split()
)
"""Ties that are trades as well: without "my" they are a person's work."""

GROUPS = frozenset(
    "parents siblings sisters brothers sons daughters children kids twins triplets grandparents grandchildren"
    " grandkids cousins nieces nephews in-laws friends flatmates roommates neighbours neighbors"
    " colleagues coworkers".split()
)
"""Ties to several, who may be named in a list."""

KIN_PAIRS = frozenset(
    {
        ("best", "friend"), ("best", "mate"), ("best", "friends"), ("business", "partner"), ("step", "mother"),
        ("step", "father"), ("step", "sister"), ("step", "brother"), ("half", "sister"), ("half", "brother"),
        ("line", "manager"), ("team", "lead"), ("great", "aunt"), ("great", "uncle"), ("foster", "mother"),
        ("foster", "son"), ("foster", "daughter"), ("piano", "teacher"), ("room", "mate"), ("flat", "mate"),
        ("other", "half"), ("little", "one"), ("wee", "one"),
    }
)  # fmt: skip

KIN_MODIFIERS = frozenset(
    "older younger little big elder eldest youngest oldest late dear own new old former lovely beloved twin baby first"
    " second middle current good close long-time longtime lovely wonderful amazing great only favourite favorite"
    " aged lil kid teenage adult darling sweet poor crazy estranged adopted adoptive childhood".split()
)
"""What may stand between "my" and the tie and says nothing of it."""

TITLES = frozenset(
    "mr mr. mrs mrs. ms ms. mx mx. miss dr dr. prof prof. professor sir dame lord lady rev rev. herr frau".split()
)

PREFIXES = frozenset(
    "mr mr. mrs mrs. ms ms. miss mx mx. dr dr. prof prof. professor sir dame rev rev. fr. hr.".split()
)
"""Titles that people put before their own name."""
SUFFIXES = frozenset(
    "jr jr. sr sr. ii iii iv phd ph.d md m.d. esq esq. mbe obe cbe dds msc mba rn cpa".split()
)
"""What people put behind their own name."""

PARTICLES = frozenset(
    "de la le du van der den von zu zur di da del della dos das do el al bin ibn ben ter ten y e af av of".split()
)
"""Small words inside a name when a capital follows."""

_GIVEN = """
aaron abby abdul abigail ada adam ade adele adrian agnes ahmed aidan aisha alan albert alejandro alex alexander
alexandra alexis alfred ali alice alicia alina alison allison alma amanda amara amelia amina amir amit amy ana
anastasia anders andré andre andrea andreas andrew andy angela angelica anita anja ann anna annabel anne annette
annika anthony anton antonio anya aoife arjun arthur arun ashley asif astrid audrey aurora ava axel ayesha ayumi
barbara barney bart bea beatrice becky bella ben benedict benjamin bernard bernd beth bettina betty bianca bill
billy björn bob bobby boris brad brandon brenda brian bridget britta bruce bruno bryan caitlin callum cameron
camila camille carina carl carla carlos carmen carol caroline cass catherine cathy cecilia charles charlie
charlotte chen chiara chidi chloe chris christian christina christine christopher claire clara claudia clemens
colin connor craig cynthia dagmar daisy damian dan dana daniel daniela danny daria dave david dean deborah
denise dennis derek diana diego dieter dimitri dinesh dmitri dominic don donald donna dora doris dorothy doug
douglas dylan eddie edgar edith edward eileen elaine eleanor elena eli elias elif elijah elin elisa elise eliza
elizabeth ella ellen elliot emil emilia emily emma emmanuel enrique eric erica erik erika ernest esther ethan
eugene eva eve evelyn fabian fatima felicity felix femi fiona flora florence florian frances francesca francis
francisco frank franz fred freddie frederick freya frida friedrich fritz gabriel gabriela gareth gary gemma
geoff george georgia gerald gerard giorgio giovanni giulia gloria gordon grace graham greg gregory greta guido
guillermo gustav gwen hannah hana hanna hans harold harriet harry harvey hassan hazel heather heidi heike heinz
helen helena helga helmut henrik henry hilda hiroshi holly horst howard hugh hugo ian ibrahim ida ingrid irene
iris isaac isabel isabella isabelle isla ivan ivy jack jackie jacob jake james jamie jan jana jane janet janine
jasmin jasmine jason javier jean jeff jeffrey jen jennifer jenny jens jeremy jerome jess jessica jesús jill jim
jimmy jin jo joan joana joanna joanne joe joel johan johanna johannes john johnny jon jonas jonathan jordan
jorge josé jose josef joseph josephine josh joshua joy joyce juan juana judith judy julia julian julie jürgen
justin kai karen karim karin karl karla kate katharina katherine kathleen kathryn kathy katie katja keith kelly
ken kenji kenneth kerstin kevin khalid kim kirsten klaus konrad krishna kristen kristin kurt kwame kyle lars
laura lauren laurence lea leah lee lena leo leon leonard leonie leslie lewis li lia liam lilian lily lina linda
lisa liv liz logan lois lorenzo lotte lou louis louisa louise luca lucas lucia lucy luis luisa lukas luke luna
lydia lynn mabel maddie madeleine madison magda maggie malcolm malik manfred manuel mara marc marco marcus
margaret margot maria marie mariam marina mario marion marius marjorie mark marlene marta martha martin martina
marvin mary maryam mateo mathilda matilda matt matteo matthew matthias maureen maurice max maximilian may maya
megan mehmet mei melanie melissa mercedes mia michael michaela michel michelle miguel mika mike mila milan mira
miranda miriam mo mohamed mohammed moira molly mona monica monika morgan moritz muhammad nadia nadine naomi
natalia natalie natasha nathan ned neil nicholas nick nicola nicole niels nigel nikhil nils nina noah noel noemi
noor nora norman oksana olaf ole oleg olga oliver olivia omar oscar oskar otto owen pablo paola pascal patricia
patrick paul paula pauline pedro peggy penny per peter petra phil philip philipp phoebe pia piet pieter pilar
piotr polly priya quentin rachel rafael raj rajesh ralf ralph ramón rania raquel ravi ray raymond rebecca regina
reinhard renate rené rhys ricardo richard rick rita rob robert roberta roberto robin rodrigo roger roland romain
roman ron ronald rosa rosalind rose rosie ross roy ruben ruby rudolf rupert ruth ryan sabine sabrina sally salma
sam samantha samir samuel sandra sanjay santiago sara sarah sasha scott sean sebastian selma sergei sergio shane
shannon sharon sheila shirley sibylle sigrid silvia simon simone siobhan sofia sonia sophia sophie sören stacy
stan stefan stefanie stella stephanie stephen steve steven stuart sue sunita susan susanne suzanne sven sylvia
tamara tanja tanya tara tariq tatiana ted teresa terry tess thea theo theresa thomas tim timothy tina tobias
toby todd tom tomás tony tracy tristan ulrich ulrike una ursula uwe valentina valerie vanessa vera verena
veronica vicky victor victoria vijay viktor vincent viola violet virginia vivian vladimir wade walter wanda
wanjiru wayne wei wendy wilhelm will william wolfgang xavier yan yara yasmin yasmine yuki yusuf yvonne zara
zeynep zoe zofia
"""
GIVEN = frozenset(_GIVEN.split()) | MORE_GIVEN
"""Common given names, small letters."""

NOT_NAMES = frozenset(
    """
i you he she it we they me my our your the a an this that these those there here what who where when why how which
and but or so if because as at by for from in into of on to with not no yes ok okay hi hey hello dear thanks thank
please sorry well oh ah wow lol omg btw fyi anyway actually honestly also just still now then today tomorrow yesterday
tonight monday tuesday wednesday thursday friday saturday sunday january february march april june july august
september october november december christmas easter ramadan god jesus santa english french german spanish italian
dutch chinese japanese korean russian polish turkish arabic hindi portuguese american british irish scottish welsh
canadian australian indian mexican european african asian christian muslim jewish catholic buddhist hindu protestant
batman superman spiderman groot ironman neo satan queen king president captain pope emperor doctor ceo cto cfo pm hr
it vp team bmw vegan vegetarian aries taurus gemini cancer leo virgo libra scorpio sagittarius capricorn aquarius
pisces ready sure glad happy sad tired new very really totally fine good great mud
""".split()
) - {"leo", "march"}  # fmt: skip
"""Words that stand with a capital and name nobody."""
