"""Codes of places that have a context profile: a country of ISO 3166-1 or a region of ISO 3166-2."""

from __future__ import annotations

import re

from kb.peers import countries

PLACE_PATTERN = r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$"


def fault_of(code: str) -> str:
    """What is wrong with the code of a place, wanted and got in one clause; empty for one that can be used.

    Of a region only the country is looked up: which regions a country has, ISO 3166-2 changes every year.
    """
    country, dash, _ = code.partition("-")
    if re.fullmatch(PLACE_PATTERN, code) and country in countries.CODES:
        return ""
    shown = code[:40]
    if dash or country in countries.TOGETHER:
        return f"“{shown}” is no place; wanted is a country of ISO 3166-1 such as PT, or a region of ISO 3166-2 such as CA-QC"
    return countries.fault_of(code) or f"“{shown}” is no place; wanted is a country such as PT, or a region such as CA-QC"


def country_of(code: str) -> str:
    """The country in which a place is: of PT it is PT, of CA-QC it is CA."""
    return code.partition("-")[0]
