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
# Of those above, the ones that are nouns as often: behind "and" they are verbs only before a word that shows it.
NOUNS_TOO: Final = _set(
    """
    claim claims decline declines decrease decreases drop drops employ enter fall falls feed feeds finish finishes gain gains
    increase increases lack lacks lead leads leave live lives lower move moves need needs offer offers own pass passes
    pay progress qualify reach reaches refer report reports return returns rise rises run runs share shares shift shifts
    show shows sleep stand stands start starts stay stays stop stops swim swims talk talks travel treat treats try turn
    turns vote votes wait waits walk walks want wants watch watches win wins
    """
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
    administer arrange conduct coordinate create deliver distribute establish facilitate implement introduce
    organise organize promote provide publish recruit refurbish run signpost teach translate
    """
)
# So do these, which are nouns too, before a number or a word that shows it: train 500 teachers, set up a club.
DOING_OR_NOUN: Final = _set(
    """
    carry coach commission design fund give hold host invite launch mentor offer pilot prepare print produce put roll
    send set supply support train tutor visit write
    """
)
SHOWS_DOING: Final = _set(
    """
    a an the our all each every new free weekly monthly termly yearly quarterly regular further out up and
    one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred hundreds
    """
)
# And before those for whom it is done: train teachers. But not: support workers, host families.
DOING_TO: Final = _set("coach fund invite mentor support train tutor visit")
COMPOUNDS: Final = _set("workers staff drivers operators crews families teachers' managers officers")
DOING_NOW: Final = _set(
    """
    administering arranging conducting coordinating creating delivering distributing establishing facilitating hosting
    implementing introducing launching offering organising organizing promoting providing recruiting
    """
)
DOING_NOW_OR_NOUN: Final = _set(
    "coaching funding giving holding mentoring running setting supporting teaching training tutoring"
)
# What was done to something that is held.
DONE: Final = _set("arranged carried conducted delivered facilitated held hosted organised organized")
# Words that may stand before the verb of a plan.
BEFORE_DOING: Final = _set("to we will shall")
# What is held or offered: a title that ends in one of these, before `for` or `in`, names something that is done.
OFFERS: Final = _set(
    """
    coaching counselling masterclass masterclasses mentoring seminar seminars session sessions training trainings tuition
    tutoring webinar webinars workshop workshops
    """
)
# These do so before `for` and `on` only: clubs for primary pupils, and not: thriving clubs.
OFFERS_FOR: Final = _set(
    """
    campaign campaigns checks class classes clinic clinics club clubs conference conferences course courses event events
    fair fairs lectures lessons meeting meetings programme programmes program programs talks trips visits
    """
)
# A title with one of these says how good it has become.
PRAISE: Final = COMPARATIVES | _set(
    """
    accessible active adequate affordable available effective efficient embedded excellent fair good great high
    inclusive independent local outstanding popular quality reliable relevant safe strong successful sustainable
    thriving trusted universal vibrant viable well working
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

# ── What changes in somebody who is not named ───────────────────────────────────────────────────────────────────────

# Qualities and states that somebody has, or something. Not here: what stands for itself, such as rivers, streets or crime.
QUALITIES: Final = _set(
    """
    ability abilities absence absenteeism access achievement achievements admissions agency ambition ambitions anxiety
    aspiration aspirations attainment attendance attitudes awareness behaviour behaviours being belonging burnout
    capability capabilities capacity choices cohesion collaboration commitment communication competence concentration
    confidence connections cooperation creativity curiosity debt dependency depression dignity dropout earnings efficacy
    employability employment empowerment engagement enjoyment enrolment esteem exclusion exclusions fitness fluency grades
    happiness health hope identity inclusion income incomes independence integration involvement isolation
    knowledge language leadership learning literacy livelihoods loneliness malnutrition mobility morale motivation
    networks numeracy nutrition opportunities opportunity ownership participation performance pride progress progression
    punctuality qualifications reading relationships relationship reoffending resilience respect retention rights
    safety satisfaction savings security skill skills speech stability stress teamwork trust truancy turnover
    understanding unemployment vocabulary wellbeing wellness workload worth writing
    """
)
# What may stand beside them and names nobody either.
BESIDE_QUALITIES: Final = COMPARATIVES | _set(
    """
    a an and & the of in for to with or their about across into on
    academic basic career civic communication critical cultural digital economic educational emergency emotional financial
    food healthy job key life long lasting making maths mental overall personal physical positive practical problem
    professional psychological quality rates levels school self sexual sleep social soft solving sustainable technical term
    thinking time unplanned vocational well work fixed times waiting eating living
    change changes decline decrease gain gains growth improvement improvements increase increases reduction rise
    decreased developed fostered heightened raised strengthened widened
    good high low strong
    """
)

# ── Which language it is ────────────────────────────────────────────────────────────────────────────────────────────

_COMMON: Final = _set(
    """
    the and of to for with their from by at are is more who that they have has be or not all our can every each other
    people children young local community better new through how which when well into between
    """
)
# Words that are as common elsewhere.
_ELSEWHERE: Final = _set(
    "a an in on at as do me no or so am was also hat will die had man team training workshop workshops club clubs"
)
ENGLISH: Final = (
    _COMMON | AUXILIARIES | CHANGES | BOTH | COMPARATIVES | DOING | DOING_OR_NOUN | DOING_NOW | DONE | OFFERS | OFFERS_FOR
    | PEOPLE | PEOPLE_WITHOUT_S | QUALITIES | frozenset(f"{word}s" for word in PEOPLE)
) - _ELSEWHERE  # fmt: skip
# German, French, Spanish, Portuguese, Italian, Dutch, Welsh, Polish, Swedish.
ELSEWHERE: Final = _set(
    """
    der die das den dem des ein eine einen einer und oder mit für von vom zu zum zur ist sind nicht mehr auf im ins bei
    nach aus wird werden haben sich als durch über unter
    le la les du et en pour une un dans sur aux au avec par est sont plus qui leur leurs ne pas ce cette
    el los las y con para por del al se su sus una es son más que lo
    o os e com da do dos das em uma um no na nos nas ao às não mais seu sua pelo pela
    il gli di della delle dei per che sono è più nel nella al ai
    het een van met voor zijn naar door niet bij uit
    yn yr i'r a'r gyda ar eu mewn
    w z na do się dla oraz jest
    och att som med för av på är till
    """
) - _set("a an in on at so do no per me i van al pas son es")
