"""Words for work: trades, and what schools and firms are called."""

from __future__ import annotations

_JOBS = """
accountant actor actress actuary acupuncturist administrator adviser advisor agent analyst anaesthetist animator
architect archivist artist assistant associate astronaut astronomer attorney auditor author baker banker barber
barista barrister bartender beautician beekeeper bookbinder bookkeeper bookseller bouncer brewer bricklayer broker
builder bus-driver butcher buyer cabinetmaker caretaker carer carpenter cartoonist cashier caterer chambermaid chef
chemist childminder choreographer cleaner clerk coach cobbler cocktail-maker columnist comedian composer concierge
conductor confectioner constable consultant contractor controller cook coordinator copywriter councillor counsellor
counselor courier curator custodian dancer dealer decorator dentist designer detective developer devops dietician
dietitian diplomat director dispatcher diver dj doctor doula draughtsman dressmaker driver ecologist economist
editor electrician engineer entrepreneur estate-agent estimator executive fabricator facilitator farmer farrier
firefighter fireman fisherman fitter florist forester freelancer gamedev gardener geologist glazier goldsmith
governess gp grocer groom groundskeeper guard guide gynaecologist hairdresser handyman head headteacher historian
host hostess housekeeper hygienist illustrator instructor interpreter investigator ironmonger janitor jeweller
jeweler joiner journalist judge keeper labourer landscaper lawyer lecturer librarian lifeguard linguist lobbyist
locksmith logistician machinist magistrate maid manager manicurist marketer mason masseur masseuse mathematician
mechanic mediator medic merchant metalworker meteorologist midwife milkman miner minister model mortician musician
nanny nurse nutritionist obstetrician officer operator optician optometrist orderly osteopath paediatrician painter
paramedic paralegal pastor pathologist pediatrician performer pharmacist philosopher photographer physician
physicist physio physiotherapist pianist pilot planner plasterer plumber podiatrist poet policeman policewoman
politician porter postman postwoman potter presenter priest principal probation-officer producer professor
programmer proofreader psychiatrist psychoanalyst psychologist publican publicist publisher rabbi radiographer
radiologist ranger realtor receptionist recruiter referee registrar repairman reporter representative researcher
restaurateur roofer sailor salesman salesperson saleswoman scaffolder scientist sculptor seamstress secretary
sergeant server shepherd shoemaker singer sociologist soldier solicitor specialist statistician steward stewardess
stockbroker storekeeper strategist stylist supervisor surgeon surveyor tailor tattooist teacher technician
technologist teller tester therapist tiler toolmaker trader trainee trainer translator treasurer trucker tutor
typist typographer umpire undertaker underwriter upholsterer usher valet vet veterinarian vicar videographer
violinist waiter waitress warden watchmaker weaver welder winemaker worker writer zookeeper zoologist ceo cto cfo
coo dba sre lead apprentice intern headmaster headmistress postdoc sous-chef copilot stuntman webmaster youtuber
streamer influencer blogger novelist screenwriter playwright cinematographer biologist botanist archaeologist
anthropologist toxicologist cardiologist dermatologist neurologist oncologist geneticist self-employed chiropractor
dev cop captain pa headhunter skipper pastry-chef founder cofounder co-founder phlebotomist
"""
JOBS = frozenset(_JOBS.split())
"""Heads of trades: "I'm a ... HEAD" says what somebody works as."""

JOB_ENDS = ("ologist", "ographer", "ician", "monger", "smith", "wright")
NO_JOB_BEFORE = frozenset(
    "good bad terrible great big horrible keen amazing decent lousy rubbish total huge real born natural aspiring"
    " wannabe would-be future hopeful failed armchair fast slow careful reckless lucky proud home amateur hobby sunday"
    " avid better worse best worst perfect strong slow picky messy".split()
)
"""Before a trade they say how somebody is, not what they do ("I'm a terrible driver")."""

NO_JOBS = frozenset(
    {"head", "lead", "model", "server", "guide", "host", "artist", "guard", "judge", "driver", "cook"}
)
"""Trades that are as often something else: only with a place of work or a word in front."""

SCHOOL_WORDS = frozenset(
    """university uni college school academy institute polytechnic universität uni. hochschule gymnasium lyceum lycée
conservatory faculty primary secondary grammar kindergarten tu mit eth ucl ucla lse nyu kit rwth epfl""".split()
)
"""One of these in a name makes it a school's."""

NOT_EMPLOYERS = frozenset(
    """home night nights day days weekends school work sea height least last first once times all peace rest
    risk random speed present noon dawn midnight myself yourself fun free money living change years hours
    christmas office uni university college hospital me you them him her us it that this monday tuesday
    wednesday thursday friday saturday sunday""".split()
)
"""Words after "work at" or "for" that name no firm, small letters."""
