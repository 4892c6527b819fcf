"""Codes of countries: ISO 3166-1 alpha-2, without a library to ask."""

from __future__ import annotations

_WRITTEN = (
    # ISO 3166-1 as of 2024, 249 codes; XK is not in it, but the EU and the World Bank write it for Kosovo.
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD "
    "CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF "
    "GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN "
    "KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA "
    "NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI "
    "SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI "
    "VN VU WF WS XK YE YT ZA ZM ZW"
)
CODES = frozenset(_WRITTEN.split())
TOGETHER = frozenset(("EU", "UN"))  # exceptionally reserved: what is done in the whole Union, or by the United Nations
MEANT = {"UK": "GB", "EL": "GR"}  # what the European Commission writes → ISO 3166


def fault_of(code: str) -> str:
    """What is wrong with a country code, wanted and got in one clause; empty for one that is in use, EU and UN included."""
    if code in CODES or code in TOGETHER:
        return ""
    meant = MEANT.get(code.upper(), code.upper())
    known = f"; did you mean {meant}?" if meant in CODES else ", such as IT, PT or SI"
    return f"“{code[:40]}” is no country code of ISO 3166{known}"
