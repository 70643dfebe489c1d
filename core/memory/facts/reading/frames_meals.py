"""Meals: what somebody always has for breakfast, with dinner, or every Sunday; also when told as lasting until now."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading.frames_habits import habit, says_how_often
from second_me.core.memory.facts.reading.frames_plans import pointing
from second_me.core.memory.facts.reading.said import Draft, Said
from second_me.core.memory.facts.reading.values import action
from second_me.core.memory.facts.slots import Slot

_MEALS = frozenset("breakfast lunch dinner supper tea brunch pudding dessert".split())
_SERVED = frozenset(
    """coffees teas beers pints glasses cups cigarettes
    wine beer whisky gin cider sherry pint cup glass mug coffee tea milk juice cereal porridge muesli toast egg eggs
    bacon sausage sausages ham cheese yoghurt yogurt soup salad steak meat chicken fish pasta rice bread cake
    chocolate biscuit biscuits cigarette cigar""".split()
)


def _by_day(said: Said) -> bool:
    """ "four coffees a day"."""
    lows = [word.low for word in said.words[said.at :]]
    return any(
        low in ("a", "per", "every") and after in ("day", "week", "night") for low, after in pairwise(lows)
    )


def meal(said: Said) -> Iterator[Draft]:
    """ "I always have a glass of wine with dinner", "every Sunday I've had bacon for breakfast"."""
    group = said.group
    if group.verb == "smoke" and group.be and group.perfect and group.tense == "ing" and not group.negated:
        if said.has("since", "for") and not (group.modal or group.will):
            yield said.draft(Slot.HABIT, (group.at, group.at + 1), Stance.HOLDS)
        return
    if group.verb not in ("have", "eat", "drink", "take", "get", "order"):
        return
    lasting = group.perfect and group.tense == "past" and not group.past
    plain = group.tense == ("s" if said.named else "base") and not (group.past or group.perfect)
    unsure = group.negated or group.modal or group.will or group.can or group.be or group.ended
    if unsure or not (lasting or plain) or not (group.always or says_how_often(said) or _by_day(said)):
        return
    if any(habit(said)):
        return
    span = action(said.words, group.at, timed=True)
    lows = [word.low for word in said.words[span[0] + 1 : span[1]]] if span else []
    served = bool(_SERVED & set(lows)) or any(
        low in ("for", "with") and following in _MEALS for low, following in pairwise(lows)
    )
    if span and served and len(lows) <= 8 and not pointing(said, span):
        yield said.draft(Slot.HABIT, span, Stance.HOLDS, timed=False)
