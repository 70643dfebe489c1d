"""Firms and offices that are widely known: what may be taken for an employer where no capital says so."""

from __future__ import annotations

_FIRMS = """
aldi lidl tesco asda sainsburys sainsbury's waitrose morrisons greggs costa starbucks mcdonalds mcdonald's mcd's kfc
subway nandos nando's wetherspoons spoons pret wagamama deliveroo uber ubereats doordash grubhub lyft amazon google
microsoft facebook netflix spotify twitter tiktok bytedance nvidia intel amd ibm oracle salesforce adobe cisco
accenture deloitte pwc kpmg ey capgemini infosys tcs wipro cognizant mckinsey barclays hsbc natwest lloyds santander
halifax nationwide monzo revolut starling citibank citigroup jpmorgan ubs bnp ing-diba commerzbank bunnings woolworths
coles kmart costco walmart walgreens cvs ikea primark h&m zara asos uniqlo decathlon screwfix b&q homebase wickes
argos currys halfords superdrug poundland wilko matalan debenhams nhs bbc itv royal-mail dpd evri hermes ups fedex dhl
usps bt vodafone o2 ee t-mobile verizon at&t comcast boeing airbus rolls-royce bmw audi mercedes volkswagen siemens
bosch sap philips asml shell-uk bp exxon chevron totalenergies equinor statoil astrazeneca gsk pfizer novartis roche
sanofi bayer merck basf nestle nestlé unilever danone heineken carlsberg diageo coca-cola pepsico rabobank maersk
ryanair easyjet lufthansa klm qantas emirates eurowings wizzair flipkart zomato swiggy ola paytm reliance tata
airtel jio hdfc icici sbi zalando klarna stripe paypal airbnb tinder samsung huawei xiaomi sony nintendo toyota
nissan honda hyundai raytheon lockheed serco g4s capita sodexo centrelink telstra optus anz westpac nab safeway
kroger publix wegmans meijer wawa dunkin chipotle wendys wendy's arbys popeyes telekom allianz ericsson nokia dunnes
supervalu centra spar edeka rewe carrefour leclerc auchan jumbo hema picnic gojek grab-rides
"""
FIRMS = frozenset(_FIRMS.split())
"""Names that are no other words."""

COMMON_FIRMS = frozenset(
    """apple target shell next boots gap ford orange visa virgin meta sky fiat puma nike adidas three currys subway
    discord github gitlab slack zoom ebay etsy bunnings oracle costa whsmith iceland budgens macys macy's
    gamestop petco petsmart lowes lowe's kohls kohl's nasa cern unicef oxfam mencap barnardos barnardo's""".split()
)
"""Names that are other words too, or what people talk about: they need a preposition or "joined" in front."""

FIRM_PAIRS = frozenset(
    {
        ("british", "gas"), ("post", "office"), ("royal", "mail"), ("burger", "king"), ("goldman", "sachs"),
        ("morgan", "stanley"), ("whole", "foods"), ("home", "depot"), ("best", "buy"), ("john", "lewis"),
        ("pizza", "hut"), ("nhs", "direct"), ("five", "guys"), ("taco", "bell"), ("marks", "&"), ("jp", "morgan"),
        ("deutsche", "bank"), ("deutsche", "bahn"), ("deutsche", "post"), ("british", "airways"), ("network", "rail"),
        ("credit", "suisse"), ("rolls", "royce"), ("general", "electric"), ("trader", "joes"), ("trader", "joe's"),
        ("jet2", "holidays"), ("sports", "direct"), ("premier", "inn"), ("holiday", "inn"), ("travis", "perkins"),
        ("swiss", "re"), ("munich", "re"), ("wells", "fargo"), ("dollar", "general"), ("dollar", "tree"),
        ("tim", "hortons"), ("air", "india"), ("coca", "cola"), ("johnson", "&"), ("citizens", "advice"),
    }
)  # fmt: skip
"""Names of two words."""
