"""What belongs to what: a denial of a kind ("no pets", "never married", "I don't eat meat") is held against every
value of the kind ("my dog Rex", "my ex-husband Jules", "bacon for breakfast"). Pure.

Word lists of our own; a word that is in none is its own kind.
"""

from __future__ import annotations

import re
from functools import lru_cache

from second_me.core.memory.facts.claims import ME, Kept, Stance
from second_me.core.memory.facts.slots import Slot
from second_me.core.memory.facts.values import canonical

SIBLINGS, CHILDREN, SPOUSES = "siblings", "children", "spouses"
_KIN = {
    SIBLINGS: "sibling siblings brother brothers sister sisters twin bro sis",
    CHILDREN: "child children kid kids son sons daughter daughters baby toddler firstborn newborn",
    SPOUSES: "wife husband spouse ex-wife ex-husband missus hubby",
    "grandchildren": "grandchild grandchildren grandkids grandkid grandson granddaughter",
    "cousins": "cousin cousins",
    "nieces": "niece nieces",
    "nephews": "nephew nephews",
    "aunts": "aunt aunts auntie aunty",
    "uncles": "uncle uncles",
}
_ONLY = {
    "brother": "brother bro", "sister": "sister sis", "son": "son", "daughter": "daughter",
    "wife": "wife ex-wife missus", "husband": "husband ex-husband hubby",
}  # fmt: skip
"""What the word for one sex denies."""
_KIND_OF = {word: kind for kind, words in _KIN.items() for word in words.split()}
_ANY_PET = frozenset("pet animal".split())
_ANY_ALLERGY = frozenset("allergi anyth".split())
_NO_FOOD = frozenset(
    """bee bees wasp wasps pollen dust cat cats dog dogs horse horses latex penicillin aspirin ibuprofen grass birch
    mould mold nickel fur animals hay plasters amoxicillin feathers""".split()
)
_WHEELS = frozenset(
    """volvo honda toyota ford bmw audi mercedes volkswagen vw tesla skoda škoda fiat renault peugeot citroën citroen
    opel vauxhall mazda nissan kia hyundai subaru lexus jaguar porsche ferrari mini dacia chevrolet chevy dodge jeep
    corolla civic golf polo fiesta focus prius yaris passat octavia clio micra corsa astra hatchback estate convertible
    suv minivan""".split()
)
_SAME_THINGS = (
    _WHEELS | {"car"},
    frozenset("television tv telly".split()),
    frozenset("phone smartphone iphone samsung galaxy pixel".split()),
    frozenset("bike bicycle brompton".split()),
    frozenset("motorbike motorcycle ducati yamaha kawasaki harley triumph".split()),
    frozenset("laptop macbook thinkpad".split()),
    frozenset("piano steinway".split()),
    frozenset("guitar stratocaster telecaster".split()),
)
_MEAT = frozenset(
    """meat steak steaks bacon ham sausage sausages beef burger burgers lamb pork chicken turkey salami ribs mince
    meatballs brisket mutton veal duck schnitzel chorizo pepperoni kebab prosciutto bratwurst""".split()
)
_FISH = frozenset(
    "fish salmon tuna prawns shrimp sushi cod mackerel oysters crab lobster anchovies sardines".split()
)
_DAIRY = frozenset("milk cheese butter yoghurt yogurt eggs egg omelette cream honey".split())
_ALCOHOL = frozenset(
    """alcohol wine beer beers whisky whiskey gin vodka rum pint pints cider champagne prosecco lager cocktail cocktails
    booze sherry port ale stout brandy""".split()
)
_SMOKES = frozenset("smoke smokes smoking smoked cigarette cigarettes cigar cigars pipe fag fags".split())
_DIETS = {
    "vegetarian": _MEAT | _FISH, "veggie": _MEAT | _FISH, "vegan": _MEAT | _FISH | _DAIRY, "pescatarian": _MEAT,
    "pescetarian": _MEAT, "teetotal": _ALCOHOL, "teetotaller": _ALCOHOL, "teetotaler": _ALCOHOL,
}  # fmt: skip
_BROAD = {"meat": _MEAT, "fish": _FISH, "dairy": _DAIRY, "alcohol": _ALCOHOL}
_TAKEN = frozenset("eat eats ate eaten drink drinks drank drunk have has had grab take order cook".split())
_NOT_REAL = frozenset(
    "vegan veggie vegetarian plant-based fake mock alcohol-free non-alcoholic free zero plant tofu soy oat".split()
)


def broader(denied: Kept, holds: Kept) -> bool:
    """Whether the denial of one claim speaks of what the other tells, though their values are not the same."""
    slot, other = denied.claim.slot, holds.claim.slot
    if _is_allergy(denied) and other is Slot.HABIT:
        return denied.subject == holds.subject and _eaten(denied.value, holds)
    if slot is Slot.HABIT:
        return denied.subject == holds.subject and other in (Slot.HABIT, Slot.LIKES) and _habit(denied, holds)
    if slot is not other or _denies(denied) is _denies(holds):
        return False
    if slot is Slot.RELATION:
        return denied.subject == ME != holds.subject and _kin(denied.value, holds.value)
    same = canonical(slot, denied.value) == canonical(slot, holds.value)
    return not same and denied.subject == holds.subject and _same_kind(slot, denied, holds)


def denies(kept: Kept) -> bool:
    """Whether a claim is a denial that may be of a kind: it says so, or names a diet, or an only child."""
    return _denies(kept) or _is_diet(kept) or _is_allergy(kept)


def of_siblings(kept: Kept) -> bool:
    """Whether a denial is of brothers and sisters: who has one has always had."""
    lone = kept.value.casefold()
    return kept.claim.slot is Slot.RELATION and (lone == "only child" or _KIND_OF.get(lone) == SIBLINGS)


def _denies(kept: Kept) -> bool:
    lone = kept.claim.slot is Slot.RELATION and kept.value.casefold() == "only child"
    return kept.claim.stance is Stance.DENIED or lone


def _is_diet(kept: Kept) -> bool:
    plain = kept.claim.slot is Slot.HABIT and kept.claim.stance is Stance.HOLDS
    return plain and kept.value.casefold() in _DIETS


def _is_allergy(kept: Kept) -> bool:
    return kept.claim.slot is Slot.ALLERGY and kept.claim.stance is Stance.HOLDS


def _eaten(allergen: str, holds: Kept) -> bool:
    """Whether a habit is to eat what somebody is allergic to."""
    words = re.findall(r"[\w-]+", holds.value.casefold())
    last = re.findall(r"[\w-]+", allergen.casefold())[-1:]
    plain = holds.claim.stance is Stance.HOLDS and words and not _NOT_REAL & set(words)
    refused = (
        _ALLERGENS.get(last[0], {last[0], last[0].removesuffix("s"), last[0] + "s"}) if last else frozenset()
    )
    return bool(plain and words[0] in _TAKEN and words[0][0] in "ead" and set(refused) & set(words[1:]))


_ALLERGENS = {
    "shellfish": frozenset("prawn prawns shrimp shrimps crab lobster mussels oysters scallops clams".split()),
    "nuts": frozenset("nuts peanuts walnuts almonds cashews hazelnuts pecans pistachios".split()),
    "lactose": frozenset("milk cheese yoghurt yogurt cream".split()),
    "dairy": frozenset("milk cheese yoghurt yogurt cream butter".split()),
    "seafood": _FISH,
    "fish": _FISH,
}


def _kin(denied: str, holds: str) -> bool:
    low, tie = denied.casefold(), re.findall(r"[\w-]+", holds.casefold())
    word = tie[-1] if tie else ""
    if low == "married" and word == "married":
        return True
    if low in ("only child", "married"):
        return _KIND_OF.get(word) == (SIBLINGS if low == "only child" else SPOUSES)
    single = low.removesuffix("s") if low.removesuffix("s") in _ONLY else low
    if single in _ONLY:
        return word in _ONLY[single].split()
    return low in _KIND_OF and _KIND_OF.get(word) == _KIND_OF[low]


def _same_kind(slot: Slot, denied: Kept, holds: Kept) -> bool:
    kind, value = canonical(slot, denied.value), canonical(slot, holds.value)
    if slot is Slot.ALLERGY:
        of_food = "food allerg" in denied.quote.casefold()
        return kind in _ANY_ALLERGY and not (of_food and _NO_FOOD & set(holds.value.casefold().split()))
    if slot is Slot.PET:
        return kind in _ANY_PET or kind in value.split() or _told_as(kind, holds)
    if slot is Slot.HEALTH:
        broken = denied.value.casefold().startswith("broken") and value.startswith("broke")
        return broken or value.endswith(" " + kind)
    if slot is Slot.OWNS:
        mine, its = denied.value.casefold().split()[-1], set(holds.value.casefold().split())
        return kind == value.split()[-1] or any(mine in same and its & same for same in _SAME_THINGS)
    return False


def _told_as(kind: str, holds: Kept) -> bool:
    """Whether a pet's name was told with its animal right before or behind it ("our cat Tinker")."""
    words = [word for word in re.findall(r"\w+", holds.quote)]
    name = re.findall(r"\w+", holds.value)
    if not name or name[0] not in words:
        return False
    at = words.index(name[0])
    near = words[max(at - 3, 0) : at] + words[at + len(name) : at + len(name) + 3]
    return kind in {canonical(Slot.PET, word) for word in near}


@lru_cache(maxsize=4_096)
def _refused(value: str, diet: bool) -> frozenset[str]:
    """The words of what is not eaten, drunk or smoked."""
    words = re.findall(r"[\w-]+", value.casefold())
    if diet:
        return _DIETS[words[-1]]
    if not words:
        return frozenset()
    if words[0].startswith("smok"):
        return _SMOKES
    if words[0] not in _TAKEN:
        return frozenset()
    if len(words) == 1:
        return _ALCOHOL if words[0].startswith("dr") else frozenset()
    return _BROAD.get(words[-1], frozenset({words[-1], words[-1].removesuffix("s"), words[-1] + "s"}))


def _habit(denied: Kept, holds: Kept) -> bool:
    if holds.claim.stance is Stance.DENIED or not (_denies(denied) or _is_diet(denied)):
        return False
    if _begins(holds, denied):
        return True
    refused = _refused(denied.value, _is_diet(denied))
    if not refused:
        return False
    words = re.findall(r"[\w-]+", holds.value.casefold())
    if _NOT_REAL & set(words) or not words:
        return False
    if holds.claim.slot is Slot.LIKES:
        return len(words) <= 2 and words[-1] in refused
    if words[0].startswith("smok"):
        return refused is _SMOKES and not (_MEAT | _FISH | _DAIRY) & set(words)
    return words[0] in _TAKEN and bool(refused & set(words[1:]))


def _begins(holds: Kept, denied: Kept) -> bool:
    """ "I never go to the gym", "I go to the gym every morning"."""
    mine, its = (canonical(Slot.HABIT, each.value).split() for each in (denied, holds))
    return holds.claim.slot is Slot.HABIT and 1 < len(mine) < len(its) and its[: len(mine)] == mine
