"""The phrase stock of the synthetic treaty on shared groundwater: our own words, in the shapes of real texts.

A phrase with `{…|…}` has rival wordings; `drafting.demo.writing` decides which stand in brackets.
"""

TITLE = "Convention on the Protection of Shared Aquifers"

#: (title, subject) of the articles; larger texts go round again with a part of their own.
ARTICLES: tuple[tuple[str, str], ...] = (
    ("Use of terms", "an aquifer and the waters it contains"),
    ("Objective", "the lasting use of shared aquifers"),
    ("Principles", "the equitable use of groundwater"),
    ("Scope", "every aquifer that crosses a boundary"),
    ("Precaution", "recharge areas and discharge areas"),
    ("Impact assessment", "planned activities near an aquifer"),
    ("Data and reporting", "levels, quality and abstraction"),
    ("Duty of care", "the condition of the aquifer"),
    ("Abstraction", "wells that draw on the aquifer"),
    ("Recharge areas", "land from which the aquifer is fed"),
    ("Financial mechanism", "resources for the measures of this Convention"),
    ("Capacity-building", "the institutions that manage groundwater"),
    ("Transfer of technology", "equipment for monitoring and treatment"),
    ("Meeting of the Parties", "the implementation of this Convention"),
    ("Scientific Body", "the state of knowledge of aquifers"),
    ("Secretariat", "the work of the bodies of this Convention"),
    ("Settlement of disputes", "differences between aquifer States"),
)
PARTS = ("General provisions", "Protection", "Means of implementation", "Institutions", "Final provisions")

PREAMBLE: tuple[str, ...] = (
    "Recalling the resolutions on the law of transboundary aquifers",
    "Recognising that groundwater feeds rivers, wetlands and the cities that depend on them",
    "Deeply concerned about the fall of water tables and the salt that enters coastal aquifers",
    "Reaffirming the sovereign right of States to use the waters under their territory",
    "Bearing in mind the special situation of countries with little water",
    "Noting with appreciation the work of the basin commissions",
    "Emphasising that the poor are the first to lose their wells",
    "Aware that an aquifer, once spoiled, recovers slowly or never",
    "Affirming the need for cooperation in good faith",
    "Welcoming the exchange of data between neighbouring States",
)
MODALS = ("shall", "should", "may", "is encouraged to", "shall endeavour to", "will")
ACTIONS: tuple[str, ...] = (
    "take measures to protect {}",
    "cooperate with neighbouring States in matters of {}",
    "establish and keep up a register of {}",
    "exchange data on {}",
    "assess the effects of its activities on {}",
    "adopt national plans concerning {}",
    "report every two years on {}",
    "limit activities that endanger {}",
    "consult the States concerned about {}",
    "provide support to other Parties for {}",
    "monitor, by agreed methods, {}",
    "prevent, reduce and control harm to {}",
)
ACTORS = ("Each Party", "Parties sharing an aquifer", "Developed country Parties", "The Parties", "Every aquifer State")
QUALIFIERS = ("necessary", "appropriate", "effective", "timely", "planned", "proposed", "adequate", "legal")
HEDGES: tuple[str, ...] = (
    ", as appropriate",
    ", where feasible",
    ", within its capabilities",
    ", in accordance with national law",
    ", on mutually agreed terms",
    ", taking into account the needs of vulnerable populations",
    ", subject to the availability of resources",
    ", with the free, prior and informed consent of those concerned",
    ", on the basis of the best available science",
)
TAILS: tuple[str, ...] = (
    "and make the results public",
    "at least once every five years",
    "in a transparent and inclusive manner",
    "in cooperation with the competent organisations",
    "with a view to keeping abstraction below natural recharge",
    "and inform the secretariat thereof",
    "for the benefit of present and future generations",
)
ITEMS: tuple[str, ...] = (
    "keep a register of wells that draw more than a fixed volume a year",
    "publish the register within two years of entry into force",
    "protect recharge areas from waste and chemicals",
    "set limits of abstraction for each aquifer",
    "warn other aquifer States without delay of any accident",
    "train staff in the measurement of water levels",
    "share equipment and methods of treatment",
)
PLACEHOLDERS = ("[…]", "[X]", "[40–70]", "[two] [five]", "{to be discussed in article 11}")
NOTES: tuple[str, ...] = (
    "Note by the co-facilitators: the placement of this paragraph is to be determined.",
    "Note by the secretariat: cross-references will be checked in the legal review.",
)
INSERTIONS: tuple[str, ...] = (
    ", as assessed by the Scientific Body",
    ", in particular in arid regions",
    " and local communities",
    ", without prejudice to existing agreements",
    ", including through the exchange of experts",
    " and its tributary aquifers",
    ", bearing in mind the special circumstances of small island States",
    ", no later than three years after entry into force",
)
RATIONALES: tuple[str, ...] = (
    "The obligation should bind all aquifer States alike.",
    "This reflects what was agreed in the preparatory meetings.",
    "Our national law already provides for it.",
    "Means of implementation must accompany the duty.",
    "The wording follows the practice of earlier conventions.",
)
