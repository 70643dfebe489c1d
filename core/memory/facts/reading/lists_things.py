"""Words for animals, belongings, illnesses and what people are allergic to."""

from __future__ import annotations

_ANIMALS = """
dog cat puppy kitten rabbit bunny hamster gerbil parrot budgie budgies canary canaries cockatiel tortoise turtle
goldfish fish snake python gecko lizard iguana horse pony ponies donkey goat pig sheep cow chicken hen duck goose
ferret rat mouse mice chinchilla chameleon axolotl tarantula bird parakeet cockatoo macaw alpaca llama guinea-pig
hedgehog snail poodle labrador lab beagle dachshund terrier spaniel retriever collie corgi pug chihuahua husky
dalmatian greyhound whippet rottweiler dobermann doberman boxer bulldog schnauzer shepherd mastiff labradoodle
cockapoo mutt mongrel pomeranian samoyed malamute akita setter pointer vizsla weimaraner sheepdog hound dachshund
staffie staffy lurcher cavapoo cockerpoo cavachon goldendoodle maltese frenchie bichon havanese jackapoo sprocker
westie yorkie shih-tzu tabby siamese persian ragdoll sphynx bengal moggy doggo doggy pup kitty hund katze kater
welpe hase kaninchen pferd
"""
ANIMALS = frozenset(_ANIMALS.split())
ANIMAL_FIRST = frozenset(
    "golden german border guinea jack great labrador french english irish cocker springer bearded maine british russian"
    " shetland bernese basset saint st st. yorkshire scottish corn ball king staffordshire australian rescue".split()
)
"""First words of kinds of animals of several words ("golden retriever")."""

_OWNED = """
car bike bicycle motorbike motorcycle scooter moped van truck lorry campervan camper caravan motorhome boat
sailboat yacht canoe kayak house flat apartment cottage cabin farm allotment garden greenhouse shed piano guitar
violin viola cello drums drum-kit keyboard ukulele banjo saxophone trumpet flute clarinet accordion synth
synthesizer harp bass laptop computer pc desktop macbook phone smartphone iphone tablet ipad kindle e-reader
console playstation ps4 ps5 xbox switch camera lens drone telescope microscope binoculars tv television
projector printer 3d-printer turntable record-player hi-fi dishwasher washing-machine sewing-machine espresso-
machine oven fridge freezer treadmill rowing-machine surfboard skateboard snowboard skis tent sofa watch
smartwatch sewing loom kiln tractor lawnmower trailer e-bike ebike suv hatchback convertible pickup minivan
sedan estate wagon jeep tandem unicycle holiday-home bookshop shop restaurant cafe café bakery vineyard
farmhouse bungalow townhouse caravan windmill barn stable orchard smallholding plot chainsaw generator dinghy
rowboat sailing-boat speedboat narrowboat houseboat barge paddleboard raft hang-glider glider plane aeroplane
microlight mandolin oboe bassoon trombone tuba viola recorder bagpipes organ harmonica cornet marimba xylophone
lute zither horse-box trailer cargo-bike tricycle go-kart quad hearse limousine roadster cabriolet coupe lathe
bandsaw pottery-wheel anvil forge press easel overlocker knitting-machine bread-maker air-fryer coffee-machine
barbecue smoker telescope camcorder headset keyboard monitor server router robot-vacuum hoover air-conditioner
dehumidifier wardrobe typewriter pool hot-tub sauna aquarium
"""
OWNED = frozenset(_OWNED.split())
"""Heads of what somebody keeps for years: "I have a ... HEAD" says that they own it."""

_BRANDS = """
volvo honda toyota ford bmw audi mercedes volkswagen vw tesla skoda škoda seat fiat renault peugeot citroën
citroen opel vauxhall mazda nissan kia hyundai subaru suzuki lexus jaguar porsche ferrari mini dacia chevrolet
chevy dodge jeep yamaha kawasaki ducati vespa triumph harley brompton iphone ipad macbook imac thinkpad lenovo
dell hp asus acer pixel samsung galaxy kindle nikon canon fuji fujifilm leica sony gopro fender gibson steinway
stratocaster telecaster playstation xbox nintendo switch garmin fitbit roomba rolex omega casio raspberry
corolla civic golf polo fiesta focus prius yaris passat octavia clio micra corsa astra
"""
BRANDS = frozenset(_BRANDS.split())

_ILLS = """
asthma diabetes arthritis epilepsy migraine migraines hypertension anaemia anemia eczema psoriasis celiac
coeliac crohn's ibs adhd add autism dyslexia dyspraxia depression anxiety bipolar ptsd ocd insomnia narcolepsy
apnea apnoea hypothyroidism hyperthyroidism endometriosis fibromyalgia lupus ms parkinson's alzheimer's parkinsons
alzheimers crohns dementia
cancer leukaemia leukemia lymphoma glaucoma cataracts tinnitus vertigo scoliosis sciatica osteoporosis gout
hepatitis hiv tuberculosis pneumonia bronchitis copd angina arrhythmia hernia ulcer gastritis reflux gerd
colitis diverticulitis pcos hay-fever hayfever rosacea acne vitiligo shingles haemophilia hemophilia thrombosis
tendonitis bursitis concussion covid long-covid rheumatism neuropathy cirrhosis cystitis sinusitis tonsillitis
haemorrhoids hemorrhoids disease disorder syndrome condition disability pressure cholesterol fever palsy
sclerosis fibrosis murmur pacemaker dystrophy deficiency intolerance phobia claustrophobia arachnophobia vertigo
heartburn stroke sinus myopia astigmatism colour-blindness rls slipped-disc disc tachycardia chronic-fatigue
dermatitis chickenpox measles mumps malaria scarlet-fever
"""
ILLS = frozenset(_ILLS.split())
"""Heads of illnesses: "I have ... HEAD" is about health."""
ILL_FIRST = frozenset(
    "high low hay type chronic bad severe mild multiple heart long cystic sleep kidney thyroid".split()
)
COMMON_COLDS = frozenset("fever pressure disc condition sinus ms add disease stroke".split())
"""Heads that count only with a word in front ("hay fever", "high blood pressure")."""

_STATES = """
diabetic asthmatic epileptic anaemic anemic autistic dyslexic deaf blind pregnant colour-blind colorblind
color-blind colourblind dyspraxic arthritic bipolar coeliac celiac short-sighted nearsighted shortsighted
hypertensive claustrophobic
"""
STATES = frozenset(_STATES.split())
"""Adjectives of health: "I'm ..."."""

DIETS = frozenset(
    "vegetarian vegan pescatarian pescetarian teetotal teetotaller teetotaler veggie flexitarian".split()
)
INTOLERANT = frozenset("lactose gluten fructose histamine dairy wheat".split())

BUSINESSES = frozenset(
    """company firm business studio startup start-up shop store bakery cafe café restaurant pub bar gallery
    agency practice salon workshop brewery press label farm school consultancy bookshop garage boutique
    hotel hostel charity""".split()
)
"""What somebody may run under a name."""
