"""Small lists of English words for the rules about titles. They are meant to be read and added to.

A hyphen parts two words before they are looked up, so no word here has one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _with_s(verbs: Iterable[str]) -> frozenset[str]:
    """Verbs and their forms after he, she or it: rise and rises, go and goes, try and tries."""
    return frozenset(form for verb in verbs for form in (verb, _third(verb)))


def _third(verb: str) -> str:
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if verb[-1] == "y" and verb[-2] not in "aeiou" else f"{verb}s"


# ── What people do when they change ─────────────────────────────────────────────────────────────────────────────────

AUXILIARIES: Final = _set("is are was were be has have had can could will would do does don't doesn't cannot may")
CHANGES: Final = AUXILIARIES | _with_s(
    _set(
        """
        accept achieve adopt afford appear apply arrive ask attend avoid become begin behave believe belong breastfeed bring
        build catch choose claim come complete contribute cook cope decide decline decrease demonstrate depend develop drop
        earn eat employ encourage engage enjoy enrol enter escape excel expect express face fall feed feel find finish
        gain get give go graduate grow handle have hear hire hold improve increase invest join keep know lack last lead
        learn leave listen live lose lower make manage master meet mix move need obtain offer open overcome own
        participate pass pay perform persist prefer progress qualify raise reach read realise rebuild recognise recover recruit
        reduce refer rely remain report respond retain return rise run save say see seek sell share shift show sleep
        solve speak spend stand start stay stop strengthen succeed swim take talk teach tell thrive travel treat try turn
        understand vote wait walk want watch win write
        """
    )
)
# Nouns as well as verbs: taken as verbs only before a word that shows it.
BOTH: Final = _with_s(
    _set(
        "act benefit care change cost exercise experience help interest play plan practise practice result "
        "study support trust use value volunteer work"
    )
)
AFTER_A_VERB: Final = _set(
    """
    a an the their its his her our my this these those it them each one another more less fewer better well harder
    longer to with for in at on from out together alone about towards safely regularly independently locally
    """
)
# Verbs that need nothing after them, so that `and` behind one may join another change.
ALONE: Final = _with_s(
    _set(
        "attend graduate qualify rise fall return recover improve increase decrease drop thrive stay progress grow "
        "succeed decline participate"
    )
)
# Behind one of these a clause begins, and its verb is not that of the sentence.
RELATIVES: Final = _set("who whom whose that which")
CLAUSES: Final = RELATIVES | _set("what where when while because so if before after until than to they we you")
COMPARATIVES: Final = _set(
    """
    better broader calmer cleaner closer deeper earlier easier enhanced fairer faster fewer fuller greater happier
    healthier higher improved increased larger less longer lower more quicker raised reduced richer safer smaller
    stronger sustained warmer wider
    """
)
# After these a word is a noun: fewer falls, the need.
BEFORE_A_NOUN: Final = COMPARATIVES | _set("a an the of to in for with their his her our")
JOINS: Final = _set("and & ; while")

# ── What an organisation does ───────────────────────────────────────────────────────────────────────────────────────

# At the start of a title these say what somebody will do, not what will have changed.
DOING: Final = _set(
    """
    administer arrange carry coach commission conduct coordinate create deliver design distribute
    establish facilitate fund give hold host implement introduce invite launch mentor offer organise organize
    pilot prepare print produce promote provide publish put recruit refurbish roll run send set signpost
    supply support teach train translate tutor visit write
    """
)
DOING_NOW: Final = _set(
    """
    administering arranging carrying coaching commissioning conducting coordinating creating delivering designing
    distributing establishing facilitating funding giving holding hosting implementing introducing inviting launching
    mentoring offering organising organizing piloting preparing printing producing promoting providing publishing
    putting recruiting refurbishing rolling running sending setting signposting supplying supporting teaching training
    translating tutoring visiting writing
    """
)
DONE: Final = _set(
    """
    administered arranged carried commissioned conducted created delivered designed distributed established facilitated
    held hosted implemented introduced launched offered organised organized piloted printed produced provided published
    recruited supplied trained translated
    """
)
# Words that may stand before the verb of a plan.
BEFORE_DOING: Final = _set("to we will shall continue successfully jointly regularly also our team staff")
# What is held or offered: a title that ends in one of these, before `for` or `in`, names something that is done.
OFFERS: Final = _set(
    """
    campaign campaigns class classes clinic clinics club clubs coaching conference conferences counselling course courses
    event events fair fairs festival lectures lessons masterclass masterclasses meetings mentoring mornings outreach
    programme programmes program programs project scheme schemes service services session sessions support talks tours
    trainings training trips tuition tutoring visit visits webinar webinars workshop workshops checks
    """
)
AFTER_DONE: Final = _set("out every each weekly monthly yearly")
AFTER_AN_OFFER: Final = _set("for in on at to with of by about from between across and")

# ── Who changes ─────────────────────────────────────────────────────────────────────────────────────────────────────

# People and organisations; a plural in `s` is found by its singular.
PEOPLE: Final = _set(
    """
    adult alliance apprentice association baby babies board boy carer charity charities child children citizen class classes client cohort
    colleague college committee community communities company companies consortium council couple dad department doctor employee everybody everyone
    anybody anyone family families father female firm folk girl governor graduate group gps guardian guest head host
    household individual infant institution kid learner male man member men migrant minister ministry ministries mother mum neet neighbour nobody
    nurse olds organisation organization parent participant partner partnership patient peer people person prisoner professional
    public pupil refugee resident school somebody someone specialist staff student survivor teacher team teen tenant them
    they those trainee traveller trustee toddler twos threes fours fives unit university universities victim volunteer
    we woman women workforce youngster youth business businesses hospital veteran offender
    """
)
# Several people without an `s`.
PEOPLE_WITHOUT_S: Final = _set("people children women men staff")
# Endings of words for several people, and words that end so and name none.
PEOPLE_ENDS: Final = ("ers", "ors", "ists", "ees", "ians", "mates")
NOT_PEOPLE: Final = _set(
    """
    answers barriers behaviours borders calculators careers centers centres chapters chargers clusters coffees colours
    committees computers corners corridors covers dangers degrees dinners disorders doors errors factors favours fees
    figures filters fingers flavours floors flowers folders guarantees harbours hours indicators labours ladders
    letters lists matters meters mirrors motors newsletters numbers offers orders papers pointers posters powers
    quarters registers rivers rumours sectors sensors shelters shoulders showers stressors suppers towers trees
    triggers vouchers waters winters
    """
)
