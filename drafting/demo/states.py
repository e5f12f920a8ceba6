"""The delegations of the demo: the 193 Member States and 2 observer States, a dozen groups, an organisation.

Codes are ISO 3166-1 alpha-3 from pycountry; names follow from the territory in six languages (`Delegation.name`).
"""

from __future__ import annotations

import pycountry

#: Territories in ISO 3166-1 that are no Member or observer State of the United Nations.
_NOT_STATES = frozenset(
    "AI AQ AS AW AX BL BM BQ BV CC CK CW CX EH FK FO GF GG GI GL GP GS GU HK HM IM IO JE KY MF MO MP MQ MS NC NF NU "
    "PF PM PN PR RE SH SJ SX TC TF TK TW UM VG VI WF YT".split()
)
OBSERVER_STATES = frozenset({"PS", "VA"})

_EU = "AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD POL PRT ROU SVK SVN SWE"
_AOSIS = "ATG BHS BLZ BRB COM CPV CUB DMA DOM FJI FSM GRD GUY HTI JAM KIR KNA LCA MDV MHL MUS NRU PLW PNG SGP SLB SUR "
_AOSIS += "SYC TLS TON TTO TUV VCT VUT WSM"
_AFRICA = "AGO BDI BEN BFA BWA CAF CIV CMR COD COG COM CPV DJI DZA EGY ERI ETH GAB GHA GIN GMB GNB GNQ KEN LBR LBY LSO "
_AFRICA += "MAR MDG MLI MOZ MRT MUS MWI NAM NER NGA RWA SDN SEN SLE SOM SSD STP SWZ SYC TCD TGO TUN TZA UGA ZAF ZMB ZWE"
_ARAB = "ARE BHR COM DJI DZA EGY IRQ JOR KWT LBN LBY MAR MRT OMN PSE QAT SAU SDN SOM SYR TUN YEM"
_LDC = (
    "AFG AGO BDI BEN BFA BGD CAF COD COM DJI ERI ETH GIN GMB GNB HTI KHM KIR LAO LBR LSO MDG MLI MMR MOZ MRT MWI NER "
)
_LDC += "NPL RWA SDN SEN SLB SLE SOM SSD TCD TGO TLS TUV TZA UGA YEM ZMB"
_ASIA = (
    "AFG BGD BRN BTN CHN FJI IDN IND IRN IRQ JOR KHM KIR KWT LAO LBN LKA MDV MMR MNG MYS NPL PAK PHL PNG PRK QAT SAU "
)
_ASIA += "SGP SLB SYR THA TLS TON VNM VUT WSM YEM"
_GRULAC = "ARG ATG BHS BLZ BOL BRA BRB CHL COL CRI CUB DMA DOM ECU GRD GTM GUY HND HTI JAM KNA LCA NIC PAN PER PRY SLV "
_GRULAC += "SUR TTO URY VCT VEN"

#: The groups: code → (name, members as alpha-3 codes).
GROUPS: dict[str, tuple[str, frozenset[str]]] = {
    "G77": ("Group of 77 and China", frozenset((_AFRICA + " " + _ASIA + " " + _GRULAC).split())),
    "AFRICA": ("African Group", frozenset(_AFRICA.split())),
    "AOSIS": ("Alliance of Small Island States", frozenset(_AOSIS.split())),
    "LDC": ("Least Developed Countries", frozenset(_LDC.split())),
    "ARAB": ("Arab Group", frozenset(_ARAB.split())),
    "GRULAC": ("Latin American and Caribbean Group", frozenset(_GRULAC.split())),
    "CARICOM": ("Caribbean Community", frozenset("ATG BHS BLZ BRB DMA GRD GUY HTI JAM KNA LCA SUR TTO VCT".split())),
    "ASEAN": ("Association of Southeast Asian Nations", frozenset("BRN IDN KHM LAO MMR MYS PHL SGP THA VNM".split())),
    "PSIDS": (
        "Pacific Small Island Developing States",
        frozenset("FJI FSM KIR MHL NRU PLW SLB TON TUV VUT WSM".split()),
    ),
    "CANZ": ("Canada, Australia and New Zealand", frozenset({"CAN", "AUS", "NZL"})),
    "EIG": ("Environmental Integrity Group", frozenset("CHE GEO KOR LIE MCO MEX".split())),
    "LLDC": (
        "Landlocked Developing Countries",
        frozenset("AFG BTN BWA ETH KAZ LAO LSO MNG NPL PRY RWA UGA ZMB".split()),
    ),
}
#: The regional integration organisation: it votes with the number of its members, never beside them.
REGIONAL = ("EU", "European Union", frozenset(_EU.split()))
OBSERVER = ("WATERNET", "Network for Groundwater")


def states() -> list[tuple[str, str]]:
    """Return (alpha-3, alpha-2) of the 195 States by alpha-3."""
    listed = ((country.alpha_3, country.alpha_2) for country in pycountry.countries)
    return sorted(pair for pair in listed if pair[1] not in _NOT_STATES)
