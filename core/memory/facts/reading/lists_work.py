"""Words for work: trades, and what schools and firms are called."""

from __future__ import annotations

_JOBS = """
accountant actor actress actuary acupuncturist administrator adviser advisor agent analyst anaesthetist animator
architect archivist artist assistant associate astronaut astronomer attorney auditor author baker banker barber
barista barrister bartender beautician beekeeper bookbinder bookkeeper bookseller bouncer brewer bricklayer
broker builder bus-driver butcher buyer cabinetmaker caretaker carer carpenter cartoonist cashier caterer
chambermaid chef chemist childminder choreographer cleaner clerk coach cobbler cocktail-maker columnist comedian
composer concierge conductor confectioner constable consultant contractor controller cook coordinator copywriter
councillor counsellor counselor courier curator custodian dancer dealer decorator dentist designer detective
developer devops dietician dietitian diplomat director dispatcher diver dj doctor doula draughtsman dressmaker
driver ecologist economist editor electrician engineer entrepreneur estate-agent estimator executive fabricator
facilitator farmer farrier firefighter fireman fisherman fitter florist forester freelancer gamedev gardener
geologist glazier goldsmith governess gp grocer groom groundskeeper guard guide gynaecologist hairdresser
handyman head headteacher historian host hostess housekeeper hygienist illustrator instructor interpreter
investigator ironmonger janitor jeweller jeweler joiner journalist judge keeper labourer landscaper lawyer
lecturer librarian lifeguard linguist lobbyist locksmith logistician machinist magistrate maid manager
manicurist marketer mason masseur masseuse mathematician mechanic mediator medic merchant metalworker
meteorologist midwife milkman miner minister model mortician musician nanny nurse nutritionist obstetrician
officer operator optician optometrist orderly osteopath paediatrician painter paramedic paralegal pastor
pathologist pediatrician performer pharmacist philosopher photographer physician physicist physio
physiotherapist pianist pilot planner plasterer plumber podiatrist poet policeman policewoman politician porter
postman postwoman potter presenter priest principal probation-officer producer professor programmer proofreader
psychiatrist psychoanalyst psychologist publican publicist publisher rabbi radiographer radiologist ranger
realtor receptionist recruiter referee registrar repairman reporter representative researcher restaurateur
roofer sailor salesman salesperson saleswoman scaffolder scientist sculptor seamstress secretary sergeant server
shepherd shoemaker singer sociologist soldier solicitor specialist statistician steward stewardess stockbroker
storekeeper strategist stylist supervisor surgeon surveyor tailor tattooist teacher technician technologist
teller tester therapist tiler toolmaker trader trainee trainer translator treasurer trucker tutor typist
tuner leader
typographer umpire undertaker underwriter upholsterer usher valet vet veterinarian vicar videographer violinist
waiter waitress warden watchmaker weaver welder winemaker worker writer zookeeper zoologist ceo cto cfo coo dba
sre lead apprentice intern headmaster headmistress postdoc sous-chef copilot stuntman webmaster youtuber
streamer influencer blogger novelist screenwriter playwright cinematographer biologist botanist archaeologist
anthropologist toxicologist cardiologist dermatologist neurologist oncologist geneticist self-employed
chiropractor dev cop captain pa headhunter skipper pastry-chef inspector assessor auctioneer baggage-handler
bellringer binman boatbuilder bosun calligrapher chaplain cheesemaker chimney-sweep choirmaster compositor
conservator coroner costumier cutler deckhand docker draper engraver ergotherapist facilities-manager falconer
ferryman flautist footballer framer gaffer gamekeeper glassblower groundsman hatter horologist installer
lacemaker lampworker lathe-operator luthier machinist milliner mixologist organist packer pathologist picker
polisher proof-reader quantity-surveyor ranger registrar restorer rigger saddler sculptress signwriter
silversmith sommelier sound-engineer spinner steeplejack stonemason storyteller subeditor taxidermist tanner
thatcher turner ventriloquist verger viticulturist warehouseman wheelwright woodcarver woodworker woodturner
wigmaker cellist bassist drummer guitarist percussionist violist harpist trombonist trumpeter dramaturge
dramaturg choreologist audiologist epidemiologist virologist immunologist pharmacologist radiotherapist
orthodontist endodontist ophthalmologist urologist rheumatologist gastroenterologist anesthetist
anesthesiologist sonographer optometrist orthoptist dispenser social-worker youth-worker caseworker sexton
beadle bailiff notary barista-trainer dispatcher signaller signalman stationmaster trackman lineman roustabout
roughneck driller surveyor cartographer hydrologist oceanographer seismologist volcanologist agronomist
horticulturist arborist lumberjack shearer milker drover stockman groomer farmhand postie medic copper handyman
sparky brickie farmworker dinnerlady lollipop-lady nightwatchman founder cofounder co-founder phlebotomist
sparky sparkie chippy chippie brickie postie trucker squaddie barmaid barman sysadmin coder swe
cabbie tradie hca tiler ta-teacher paralegal labourer fundraiser photographer dogwalker dog-walker childcarer
lollipop-man
quant underwriter bookie chargehand storeman storesman shopkeeper stockist keyholder greenkeeper greengrocer
fishmonger florist ghostwriter copyeditor subtitler stenographer ceramicist printmaker jeweller
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
    {
        "head",
        "lead",
        "model",
        "server",
        "guide",
        "host",
        "artist",
        "guard",
        "judge",
        "driver",
        "cook",
        "leader",
    }
)
"""Trades that are as often something else: only with a place of work or a word in front."""

SCHOOL_WORDS = frozenset(
    """university uni college school academy institute polytechnic universität uni. hochschule gymnasium lyceum lycée
conservatory faculty primary secondary grammar kindergarten tu mit eth ucl ucla lse nyu kit rwth epfl ysgol
liceum liceo scoil escola école ecole""".split()
)
"""One of these in a name makes it a school's."""

NOT_EMPLOYERS = frozenset(
    """home night nights day days weekends school work sea height least last first once times all peace rest
    risk random speed present noon dawn midnight myself yourself fun free money living change years hours
    christmas office uni university college hospital me you them him her us it that this monday tuesday
    wednesday thursday friday saturday sunday""".split()
)
"""Words after "work at" or "for" that name no firm, small letters."""

WORKPLACES = frozenset(
    """council ministry hospital clinic surgery library museum brewery bakery factory mill plant mine quarry
    airport harbour harbor port docks post-office courthouse court prison embassy consulate university
    college school nursery kindergarten zoo aquarium theatre theater opera cinema hotel hostel restaurant
    pub café cafe bar casino bank pharmacy chemist garage dealership sawmill shipyard foundry refinery
    winery distillery dairy abattoir slaughterhouse farm vineyard nursery-school observatory institute lab
    laboratory morgue crematorium cathedral monastery newspaper station depot warehouse supermarket bookshop
    florist laundry gym pool waterworks skole skolen skola skolan""".split()
)
"""Heads of places of work that stand without a name: "the eye clinic"."""
OF_WHAT = frozenset(
    """brigade police army navy railway railways government parish charity orchestra hall office centre center
    shop store department company agency firm service services board authority union club trust archive
    archives bureau""".split()
) | frozenset({"school", "church"})
"""Heads of places of work that need a word in front: "the fire brigade", "the tax office"."""

DOER_ENDS = ("er", "or", "ist", "eer")
"""How words for somebody who does something for a living may end."""
NO_TRADES = frozenset(
    """lover believer member owner user beginner player runner swimmer gamer speaker sleeper eater thinker
    learner listener smoker drinker father mother brother sister daughter neighbour neighbor junior senior
    minor visitor survivor sufferer feminist atheist optimist pessimist perfectionist minimalist socialist
    communist capitalist realist idealist romanticist pacifist activist nudist racist sexist purist hobbyist
    cyclist motorist tourist riser pleaser bloomer timer loser winner fighter dreamer follower supporter
    hater hoarder collector watcher spotter hiker walker climber rider surfer skier skater crier hugger
    talker traveller traveler foreigner outsider insider newcomer stranger commuter passenger customer buyer
    renter lodger boarder widower bachelor prisoner hypochondriac number letter answer matter order
    character chapter computer printer cooker mother-in-law father-in-law voter donor ancestor competitor
    contributor subscriber viewer reader owner-occupier holder sponsor starter finisher joker nature summer
    winter water power paper other another ever never over under after super killer monster hunter-gatherer
    amateur quitter saver spender shopper complainer worrier overthinker procrastinator snorer morning-
    person believer volunteer pioneer camper knitter crocheter birder boulderer kayaker rower boxer wrestler
    fencer admirer partner caller career center centre dweller solver whisperer ringer cancer disaster
    teenager outlier layabout sitter leader sender""".split()
)
"""Doers by their ending that are no trades."""
NO_MAKERS = frozenset(
    """good bad great big small early late heavy light fast slow first second third last old young new real
    true avid keen total complete proud poor rich happy sad lifelong hopeless terrible awful pretty
    certified self social born night morning weekend sunday dog cat team people compulsive chronic serial
    nervous messy tidy quiet loud picky fussy deep frequent regular occasional casual serious passionate
    huge massive little nice kind strong weak hard soft single double dirty clean sore quick""".split()
)
"""Words that say how somebody is, in front of a doer: no trade then."""

FIRMS_IN_S = frozenset("siemens boots asos mcdonalds dunnes greggs starbucks morrisons".split())
"""Firms in small letters whose names are no plurals."""
