"""Titles of the kind that schools, charities and services write, to try the rules about wording on.

For each rule 20 that it should find and 20 that it should leave alone. A test holds the counts on the rules' pages to
what comes out here.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, NamedTuple


class Titles(NamedTuple):
    """What a rule should find, and what it should leave alone."""

    found: tuple[str, ...]
    left: tuple[str, ...]


TITLES: Final = MappingProxyType(
    {
        "TOC163": Titles(
            found=(
                "Deliver 40 reading workshops a year",
                "Run weekly homework clubs in six schools",
                "Train 500 teachers in phonics",
                "Provide hot meals to families in need",
                "Organise careers fairs for Year 10",
                "Workshops on money advice delivered",
                "Mentoring for young people leaving care",
                "Offer free counselling to new mothers",
                "To recruit 30 volunteer befrienders",
                "We will run a summer school for future engineers",
                "Providing debt advice in GP surgeries",
                "Hold monthly coffee mornings for carers",
                "200 health checks carried out",
                "A programme of visits to universities",
                "Deliver and evaluate a coaching course for managers",
                "Set up a breakfast club in every partner school",
                "Launch a new website for job seekers",
                "Teach coding to primary pupils",
                "CPD sessions for science teachers",
                "Support for families at risk of eviction",
            ),
            left=(
                "Pupils read for pleasure every week",
                "Fewer young people are excluded from school",
                "Teachers deliver better science lessons",
                "Volunteers run the food bank themselves",
                "Carers take a break without worrying",
                "Trained mentors stay in touch with their mentees",
                "More pupils are taught by a specialist",
                "Training leads to lasting jobs",
                "Host families feel supported",
                "Patients manage their diabetes at home",
                "Tenants stay in their homes",
                "Parents provide books at home",
                "Improved attendance among young carers",
                "Support workers feel confident to talk about suicide",
                "Employers offer apprenticeships to care leavers",
                "Teaching improves in every partner school",
                "Better access to mental health care for refugees",
                "New homes built",
                "School leavers hold down a job after a year",
                "Accessible mental health services",
            ),
        ),
        "TOC164": Titles(
            found=(
                "Pupils read more and enjoy school",
                "Attendance rises and exclusions fall",
                "Improved confidence and better exam results",
                "Young people find work and keep it",
                "Carers feel less alone and know where to turn",
                "Parents are more confident and children sleep better",
                "Raise attainment and improve behaviour",
                "Patients take their medicine and need fewer hospital visits",
                "Teachers stay in the profession and schools save on recruitment",
                "Reduced debt and increased savings",
                "Residents eat well and are more active",
                "Refugees speak English with confidence and find skilled work",
                "Volunteers gain skills and communities become safer",
                "Trainees qualify and go on to jobs in the region",
                "Fewer falls and fewer emergency admissions",
                "Tenants pay their rent on time as well as looking after their homes",
                "Girls choose physics at A level & go on to engineering degrees",
                "Mothers breastfeed for longer and babies gain weight",
                "Prison leavers have a home and stay out of crime",
                "Greater independence and improved wellbeing for older people",
            ),
            left=(
                "Maths and physics teachers stay in the profession",
                "Pupils feel safe and happy at school",
                "Parents talk and play more with their young children",
                "Children read, write and speak with confidence",
                "Families have food and fuel through the winter",
                "Improved reading and writing",
                "More girls and more pupils on low incomes choose STEM",
                "Young people keep up a sport or an art",
                "Carers get the advice and support they need",
                "Fewer young people and families become homeless",
                "Pupils master the maths and science that courses ask for",
                "Teachers plan and teach better lessons",
                "Leavers are still in work or study after a year",
                "Older people are warm and well at home",
                "Schools and colleges work together on careers",
                "Employers in health and social care recruit locally",
                "Black and Asian students feel that they belong",
                "Patients know who to call and when",
                "Staff skilled to safely and quickly respond to flooding",
                "Young people trust adults who listen and care",
            ),
        ),
        "TOC165": Titles(
            found=(
                "Increased confidence",
                "Better mental health",
                "Improved attendance and punctuality",
                "Higher aspirations",
                "Reduced isolation",
                "Higher self-esteem",
                "Greater awareness of rights",
                "Stronger social networks",
                "Fewer emergency admissions",
                "Improved behaviour",
                "Literacy",
                "More sustained employment",
                "Less debt",
                "Improved knowledge and skills",
                "Raised attainment in maths",
                "Change in attitudes",
                "Better access to opportunities",
                "Enhanced digital skills",
                "Improved quality of relationships",
                "A culture of reading",
            ),
            left=(
                "Pupils are more confident",
                "Young carers ask for help early",
                "Growers' associations set fair prices",
                "Fewer families are in debt",
                "The council publishes what it spends",
                "Safer streets",
                "Cleaner air around the school gate",
                "Rivers run clear",
                "Hedgehog numbers rise",
                "Ministries share what they know",
                "Key audiences understand the risks",
                "GPs refer earlier",
                "Lasting change in the local economy",
                "Improved confidence among new mothers",
                "Everyone who wants to can swim",
                "Year 9 choose a balanced set of subjects",
                "Stronger links with industry",
                "Restored peat bog",
                "New homes built",
                "Fair trials",
            ),
        ),
    }
)
