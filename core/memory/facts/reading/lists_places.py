"""Words for countries, languages and towns, and how streets are called."""

from __future__ import annotations

_COUNTRIES = """
afghanistan albania algeria andorra angola argentina armenia australia austria azerbaijan bahrain bangladesh
belarus belgium belize benin bhutan bolivia botswana brazil brunei bulgaria burundi cambodia cameroon canada
chad chile china colombia croatia cuba cyprus czechia denmark ecuador egypt england eritrea estonia ethiopia
fiji finland france gabon georgia germany ghana greece guatemala guinea guyana haiti honduras hungary iceland
india indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya kosovo kuwait laos latvia
lebanon lesotho liberia libya liechtenstein lithuania luxembourg madagascar malawi malaysia mali malta mauritius
mexico moldova monaco mongolia montenegro morocco mozambique myanmar namibia nepal netherlands nicaragua niger
nigeria norway oman pakistan panama paraguay peru philippines poland portugal qatar romania russia rwanda samoa
scotland senegal serbia slovakia slovenia somalia spain sudan sweden switzerland syria taiwan tanzania thailand
togo tunisia turkey turkmenistan uganda ukraine uruguay usa uk us uzbekistan venezuela vietnam wales yemen
zambia zimbabwe america deutschland österreich schweiz holland
"""
COUNTRIES = frozenset(_COUNTRIES.split())
COUNTRY_PAIRS = frozenset(
    {
        ("new", "zealand"), ("south", "africa"), ("south", "korea"), ("north", "korea"), ("saudi", "arabia"),
        ("sri", "lanka"), ("costa", "rica"), ("el", "salvador"), ("ivory", "coast"), ("united", "kingdom"),
        ("united", "states"), ("czech", "republic"), ("northern", "ireland"), ("puerto", "rico"),
        ("sierra", "leone"), ("burkina", "faso"), ("north", "macedonia"), ("hong", "kong"), ("dominican", "republic"),
        ("great", "britain"),
    }
)  # fmt: skip

_REGIONS = """
europe asia africa scandinavia bavaria bayern hessen saxony texas california florida ohio michigan oregon
washington illinois georgia virginia arizona colorado nevada utah montana idaho iowa kansas missouri minnesota
wisconsin indiana kentucky tennessee alabama mississippi louisiana arkansas oklahoma nebraska dakota wyoming
maine vermont massachusetts connecticut pennsylvania maryland delaware hawaii alaska ontario quebec alberta
manitoba yorkshire cornwall devon kent essex sussex surrey lancashire norfolk suffolk tuscany sicily provence
brittany normandy andalusia catalonia flanders wallonia queensland tasmania victoria thuringia brandenburg
saarland carinthia styria tyrol vorarlberg burgenland lombardy piedmont liguria umbria calabria puglia sardinia
veneto saskatchewan newfoundland manitoba nunavut yukon zeeland drenthe overijssel gelderland limburg friesland
alsace lorraine burgundy galicia asturias extremadura cantabria aragon murcia transylvania silesia masovia
moravia bohemia punjab gujarat kerala rajasthan maharashtra karnataka goa hokkaido okinawa gauteng jalisco
oaxaca sonora chiapas yucatán sonora cumbria northumberland dorset somerset wiltshire hampshire berkshire
baden-württemberg nordrhein-westfalen rheinland-pfalz mecklenburg-vorpommern schleswig-holstein sachsen-anhalt
sachsen thüringen niedersachsen rhineland-palatinate saxony-anhalt emilia-romagna friuli-venezia trentino toscana
oxfordshire cambridgeshire hertfordshire bedfordshire leicestershire derbyshire staffordshire cheshire
shropshire gloucestershire worcestershire warwickshire lincolnshire nottinghamshire rutland powys gwynedd gwent
fife moray caithness donegal kerry mayo leitrim wexford wicklow tipperary kildare roscommon antrim armagh tyrone
"""
REGIONS = frozenset(_REGIONS.split())
REGION_PAIRS = frozenset(
    {
        ("new", "york"), ("new", "jersey"), ("new", "mexico"), ("new", "hampshire"), ("north", "carolina"),
        ("south", "carolina"), ("north", "dakota"), ("south", "dakota"), ("west", "virginia"), ("rhode", "island"),
        ("british", "columbia"), ("nova", "scotia"), ("new", "brunswick"), ("south", "australia"), ("lower", "saxony"),
        ("western", "australia"), ("northern", "territory"), ("upper", "austria"), ("lower", "austria"),
        ("west", "bengal"), ("tamil", "nadu"), ("uttar", "pradesh"), ("minas", "gerais"), ("baja", "california"),
        ("western", "cape"), ("eastern", "cape"), ("north", "holland"), ("south", "holland"), ("north", "brabant"),
        ("county", "cork"), ("county", "kerry"), ("county", "mayo"), ("county", "durham"), ("county", "donegal"),
        ("west", "yorkshire"), ("north", "yorkshire"), ("south", "yorkshire"), ("east", "yorkshire"),
        ("west", "midlands"), ("greater", "manchester"), ("greater", "london"), ("county", "down"),
        ("county", "galway"), ("county", "clare"), ("west", "sussex"), ("east", "sussex"), ("baden", "württemberg"),
    }
)  # fmt: skip
STATE_CODES = frozenset(
    """AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA
    RI SC SD TN TX UT VT VA WA WV WI WY DC NSW VIC QLD TAS ACT ON QC BC AB MB SK NS NB
    NT SA YT NU RJ SP MG RS PR BA PE CE DF ES GO RN PB AM""".split()
)
"""How states and provinces are written short behind a town."""
PROVINCES = frozenset(
    """AG AL AN AO AP AQ AR AV BA BG BI BL BN BO BR BS BT BZ CB CE CH CL CN CO CR CS CT CZ EN FC FE FG FI FM FR GE GO GR
    IM IS KR LC LE LI LO LT LU MB MC ME MI MN MO MS MT NA NO NU OR PA PC PD PE PG PI PN PO PR PT PU PV PZ RA RC RE RG RI
    RM RN RO SA SI SO SP SR SS SU SV TA TE TN TO TP TR TS TV UD VA VB VC VE VI VR VT VV""".split()
)
"""How Italian provinces are written short behind a town."""
"""Parts of the world that are larger than a town."""

_TOWNS = """
amsterdam ankara antwerp athens atlanta auckland austin baltimore bangalore bangkok barcelona basel beijing
beirut belfast belgrade berlin bern bilbao birmingham bogotá bologna bonn bordeaux boston bratislava bremen
brighton brisbane bristol brno brooklyn bruges brussels bucharest budapest buffalo cairo calgary cambridge
canberra cardiff caracas casablanca charlotte chennai chicago christchurch cincinnati cleveland cologne
copenhagen córdoba cork dallas delhi denver detroit dhaka doha dortmund dresden dubai dublin dundee durban
düsseldorf edinburgh edmonton eindhoven essen exeter florence frankfurt freiburg galway gdansk gdańsk geneva
genoa ghent glasgow gothenburg göttingen granada graz grenoble groningen haarlem haifa halifax hamburg hanover
hannover hanoi heidelberg helsinki houston hull innsbruck istanbul jakarta jena jerusalem johannesburg karachi
karlsruhe kiel kiev kyiv köln kraków krakow kyoto lagos lahore lausanne leeds leicester leiden leipzig lille
lima limerick linz lisbon liverpool ljubljana london luxembourg lyon madrid mainz málaga malmö manchester manila
mannheim marseille melbourne memphis miami milan minneapolis minsk monterrey montevideo montpellier montreal
moscow mumbai munich münchen münster nairobi nantes naples nashville newcastle nice nicosia nijmegen norwich
nottingham nuremberg nürnberg oakland odense orlando osaka oslo ottawa oxford palermo paris perth philadelphia
phoenix pittsburgh plymouth porto portland portsmouth poznań prague pretoria quito reading reykjavik riga rome
rotterdam salzburg santiago sarajevo seattle seoul seville shanghai sheffield singapore sofia southampton
stockholm stockport strasbourg stuttgart swansea sydney tallinn tampere tehran tokyo toronto toulouse trondheim
tucson tunis turin turku uppsala utrecht valencia vancouver venice verona vienna vilnius warsaw warschau
wellington wien winnipeg wrocław york zagreb zürich zurich
"""
_MORE_TOWNS = """
aalborg aarhus aberdeen abidjan abuja accra addis adelaide agra ahmedabad akron albany albuquerque alexandria
algiers alicante almaty amarillo amman amritsar anaheim anchorage antalya arequipa arlington asheville bacolod
baghdad bakersfield baku ballarat bandung banff bari barnsley barranquilla basingstoke basra belo belo-horizonte
bendigo bengaluru bergen bhopal bhubaneswar bilbao biloxi bishkek blackburn blackpool boise bolton boulder
bournemouth bradford braga brampton bundaberg burlington burnley bursa busan cairns calcutta cancun cartagena
catania cebu chandigarh chattanooga cheltenham chester chesterfield chiang chittagong chongqing cluj coimbatore
coimbra colchester colombo coventry crawley croydon cuenca curitiba cusco daegu dakar darlington darwin davao
dayton debrecen dehradun denpasar derby dnipro doncaster duluth dunedin durham eastbourne edmonton erbil espoo
faisalabad fargo faro fez flint fortaleza fredericton fremantle fresno fukuoka gaborone galveston gdynia geelong
gillingham gisborne giza gloucester gomel greensboro grimsby guadalajara guangzhou guayaquil guelph guildford
gurgaon gurugram guwahati haiphong harare harrogate hartford hartlepool hastings heraklion hiroshima hobart hoboken
honolulu hubli hyderabad iasi ibadan iloilo incheon indore invercargill inverness ipoh ipswich islamabad ithaca
izmir jacksonville jaipur jeddah johor kabul kamloops kampala kandahar kano kanpur kathmandu katowice kaunas
kelowna kharkiv kigali kilkenny kitchener knoxville kobe kochi kolkata kuala-lumpur kumasi lancaster lansing
launceston limassol linköping lodz luanda lubbock lublin lucknow ludhiana lund lusaka luton lviv mackay madison
madurai maidstone malacca malaga manama manaus mandalay mangalore maputo maracaibo marrakesh medan medellin mendoza
merida middlesbrough milwaukee minneapolis mombasa moncton multan muscat mysore nagoya nagpur nanaimo nanjing
nashik newark noida northampton odesa odessa oldham omaha osaka oulu padua patna penang peshawar
peterborough philly phuket pisa plovdiv providence puebla pune rabat raipur raleigh ranchi rawalpindi recife reno
richmond rimini riyadh roanoke rochdale rochester rockhampton rosario rotherham rotorua sacramento saigon sapporo
saskatoon scottsdale scranton scunthorpe semarang sendai shenzhen shreveport shrewsbury slough solihull southend
spokane stavanger stevenage stirling stoke sudbury sunderland surabaya swindon sylhet syracuse szczecin tacoma
taipei tallahassee tampa tamworth tangier tartu tashkent taunton tauranga tbilisi telford tempe thane thessaloniki
tijuana timisoara toledo toowoomba torquay townsville trieste trivandrum tromsø truro tulsa vadodara valletta
valparaiso vantaa varanasi varna vellore vigo visakhapatnam västerås wakefield walsall warrington watford wichita
wigan windhoek wollongong wolverhampton worcester worthing wrexham wuhan yangon yerevan yogyakarta yokohama yonkers
zaragoza örebro łódź
"""
TOWNS = frozenset((_TOWNS + _MORE_TOWNS).split())
"""Large towns: what may be taken for a town without a preposition that says so ("I left Vienna")."""

_LANGUAGES = """
afrikaans albanian amharic arabic armenian azerbaijani basque belarusian bengali bosnian breton bulgarian
burmese cantonese catalan chinese corsican croatian czech danish dari dutch english esperanto estonian farsi
finnish flemish french frisian gaelic galician georgian german greek gujarati hausa hebrew hindi hungarian
icelandic igbo indonesian irish italian japanese kannada kazakh khmer korean kurdish lao latin latvian lingala
lithuanian luxembourgish macedonian malay malayalam maltese mandarin marathi mongolian nepali norwegian pashto
persian polish portuguese punjabi quechua romanian russian sami samoan serbian shona sinhala slovak slovene
slovenian somali spanish swahili swedish tagalog tamil telugu thai tibetan tigrinya turkish twi ukrainian urdu
uzbek vietnamese welsh wolof xhosa yiddish yoruba zulu deutsch englisch französisch spanisch italienisch
polnisch türkisch russisch arabisch niederländisch portugiesisch schwedisch dänisch chinesisch japanisch
griechisch bsl asl
"""
LANGUAGES = frozenset(_LANGUAGES.split())

STREET_TYPES = frozenset(
    """street st st. road rd rd. avenue ave ave. lane ln drive dr court ct boulevard blvd way place pl square sq
    terrace close crescent gardens hill row mews park walk grove parade highway alley quay wharf broadway
    circle trail bank view rise green common meadow meadows heights fields mount vale dene croft wood
    cottages villas buildings yard gate path pass parkway pike loop plaza point cove ridge bend fold garth
    wynd brae loan embankment promenade esplanade passage causeway copse glade hollow orchard spinney strand
    sidings ct. pl. cres""".split()
)
"""Last words of streets that have the number in front."""

STREET_FIRST = frozenset(
    """rue avenue boulevard place chemin quai impasse allée allee cours route passage via viale piazza corso calle
avenida av. avda. plaza paseo rua travessa ulica ul ul. os. al. pl. osiedle aleja aleje carrer rambla""".split()
)
"""First words of streets."""

STREET_ENDS = (
    "straße", "strasse", "str", "str.", "gasse", "weg", "allee", "platz", "ring", "ufer", "damm", "gracht", "straat",
    "laan", "plein", "kade", "dijk", "singel", "steeg", "hof", "gatan", "vägen", "gade", "vej", "gata", "veien",
    "katu", "tie", "utca",
)  # fmt: skip
"""Ends of streets that are one word."""
