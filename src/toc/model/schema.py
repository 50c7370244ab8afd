"""The JSON Schema of the file format: it accepts every file that loads, as far as a schema can tell."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from toc.model.theory import Theory
from toc.model.types import EXTENSION_PATTERN

NAMED = frozenset({"properties", "patternProperties", "$defs"})  # keywords that hold schemas by name
VALUES = frozenset({"default", "x-default", "enum", "const"})  # keywords that hold values and no schemas
DIALECT = "https://json-schema.org/draft/2020-12/schema"
# What an editor shows of each part. It stands here and not in docstrings alone, which `python -OO` leaves out.
MEANINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Activity": "What the partnership does. `participation` counts the different people the activity means to change in a year: not attendances, not volunteers. `reach` counts those of one target group among them.",
        "Assumption": "What must hold for a link to hold; it can be tested, with an owner and a date.",
        "Baseline": "Where a KPI started, in its unit.",
        "Certainty": "How certain it is that the activity itself changes those who take part (Smith in SecEd, after Fiennes 2012).",
        "CheckSettings": "How strictly the theory is checked. `evidence_years` is an age in years.",
        "Context": "The problem the theory answers, for whom, and what may come from outside or against intention.",
        "Evidence": "A source that supports or contradicts a link; while nobody has said which, `says` is absent.",
        "Goal": "The long-term impact aimed for; above the accountability ceiling unless it says otherwise.",
        "The only goal": "The long-term impact aimed for; above the accountability ceiling unless it says otherwise.",
        "Kpi": "A key performance indicator: what is counted or measured. `hours` are hours of work for one collection; `path` is how it should move between milestones.",
        "CidsOrganization": "Who publishes in the Common Impact Data Standard: its id, and its name in law.",
        "CidsSettings": "What the Common Impact Data Standard asks and a theory does not say. `base` begins the address of every part.",
        "IatiOrganisation": "Who publishes in IATI: its identifier, the code of its type, its name.",
        "IatiSettings": "What IATI asks about an activity and a theory does not say. Codes are text, in quotes.",
        "Link": "A causal claim, source leads to target, with its argument. `confidence` is a share from 0 to 1.",
        "Milestone": "A value to be reached, in the KPI's unit, by a date.",
        "Outcome": "A change in people or organisations on the way to a pillar or the goal.",
        "Output": "What an activity directly produces.",
        "OwnWord": "An organisation's own word for an idea, and its plural: without one an English word makes its own.",
        "Partner": "An organisation that takes part, or a group of `organisations`; `contact` is a role and never a name.",
        "Pillar": "One of the few broad outcomes that together lead to the goal.",
        "ProvenIdea": "How well the idea behind an activity is proven, and by what.",
        "MonitoringSettings": "How the readings of KPIs are judged. `tolerance` is in shares of the way from the baseline to the target.",
        "Reading": "One measured value of a KPI at a date; `where` says of whom, when it is not everybody. `n` is how many people or things the value rests on; of a percentage, the number that is a hundred per cent.",
        "Settings": "The theory's own scale, checks, monitoring, vocabulary, and what the standards ask of who publishes.",
        "Silence": "A finding that need not be reported, and why: everywhere, or about one box or partner.",
        "TargetGroup": "People a change is meant for; `partner` says whose people they are.",
        "Agreement": "What is written down between the partners.",
        "Aim": "How wide the aim is: share, need, broad or community.",
        "Communication": "How openly partners talk.",
        "Coordinator": "Who coordinates.",
        "Disadvantage": "The share from 0 to 1 of a partner's people who are disadvantaged, by which measure, and who says so.",
        "Exchange": "What one partner gives to an activity, and gains from it.",
        "OwnFrame": "A frame for self-evaluation of one's own. Its scale is least first; without one it is the library's.",
        "FundingSource": "One who pays: with money or in kind, and until when.",
        "Gain": "What a partner receives or gains: a word of the tables of benefits and aims, or an own text.",
        "Gift": "What a partner brings or gives: a word of the table of resources, or an own text with its kind.",
        "Governance": "Who governs.",
        "Heads": "What heads do in it.",
        "Impact": "What an activity changes inside the home partner, and outside it.",
        "ImpactSide": "How much an activity changes one side, why, and for how many people.",
        "JointDesign": "Who designs what is done.",
        "Leadership": "Whether one partner leads, or all.",
        "MainBenefit": "Who gains most.",
        "Partnership": "The partnership as a whole: whose `internal` is meant, what it is for, on what footing, who signed up.",
        "PartnershipFunding": "How the partnership is paid for; a source bears the name that it has under `funding` of the activities.",
        "Power": "Who decides.",
        "ReciprocityFact": "How much is given back.",
        "Resourcing": "How means are shared.",
        "Review": "One self-evaluation: the frame, the day, who judged, and the answers by statement.",
        "ReviewAnswer": "What is judged of one statement, on what grounds, and who does what next; `judgement` is a word of the scale.",
        "ReviewEvidence": "What a judgement rests on: a box of the theory, a partner, or a text with its address and date.",
        "OwnStatement": "One sentence to judge; `probes` name what of the file bears on it.",
        "Strategy": "Whether there is a joint strategy.",
        "Trust": "What partners trust in.",
        "Vocabulary": "The organisation's own words for the ideas of this format, used in every output.",
    }
)


def schema(model: type[Theory]) -> dict[str, Any]:
    """The schema of a theory's file. References, cycles and ids used twice are left to the program."""
    form: dict[str, Any] = _tidy(model.model_json_schema(mode="validation"))
    form |= {"title": "Theory of change", "description": "A theory of change in the format `toc: 1`."}
    return {"$schema": DIALECT, **form}


def _tidy(form: Any) -> Any:
    """The schema for people and editors: no Python titles and examples, no key that is not an id."""
    if isinstance(form, list):
        return [_tidy(item) for item in form]
    if not isinstance(form, dict):
        return form
    tidy: dict[str, Any] = {}
    for key, item in form.items():
        if key in NAMED:
            tidy[key] = {
                name: _untitled(_tidy(part)) if key == "properties" else _tidy(part) for name, part in item.items()
            }
        else:
            tidy[key] = item if key in VALUES else _tidy(item)
    if "propertyNames" in form:  # an editor marks a wrong key best where the mapping is closed
        del tidy["propertyNames"]
        tidy |= {"additionalProperties": False, "patternProperties": {EXTENSION_PATTERN: {}}}
    if "x-default" in form:
        tidy["default"] = tidy.pop("x-default")
    tidy.pop("description", None)
    if form.get("type") == "object" and form.get("title") in MEANINGS:
        tidy["description"] = MEANINGS[form["title"]]
    if form.get("type") in {"object", "array"} or "pattern" in form:
        tidy.pop("minLength", None)
    return tidy


def _untitled(form: Any) -> Any:
    """A property without the title that pydantic makes from its name; a property called title keeps its schema."""
    if isinstance(form, dict) and isinstance(form.get("title"), str):
        return {key: item for key, item in form.items() if key != "title"}
    return form
