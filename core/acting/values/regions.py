"""States and provinces that are written short as often as in full."""

from __future__ import annotations

from second_me.core.acting.values.asked import plain

_TABLE = {
    "US": """AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC
    District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS
    Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS
    Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New
    Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA
    Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT
    Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming""",
    "CA": """AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NS Nova
    Scotia|NT Northwest Territories|NU Nunavut|ON Ontario|PE Prince Edward Island|QC Quebec|SK
    Saskatchewan|YT Yukon""",
    "AU": """ACT Australian Capital Territory|NSW New South Wales|NT Northern Territory|QLD Queensland|SA South
    Australia|TAS Tasmania|VIC Victoria|WA Western Australia""",
    "BR": """AC Acre|AL Alagoas|AP Amapá|AM Amazonas|BA Bahia|CE Ceará|DF Distrito Federal|ES Espírito Santo|GO
    Goiás|MA Maranhão|MT Mato Grosso|MS Mato Grosso do Sul|MG Minas Gerais|PA Pará|PB Paraíba|PR
    Paraná|PE Pernambuco|PI Piauí|RJ Rio de Janeiro|RN Rio Grande do Norte|RS Rio Grande do Sul|RO
    Rondônia|RR Roraima|SC Santa Catarina|SP São Paulo|SE Sergipe|TO Tocantins""",
}  # fmt: skip
REGIONS = {
    country: {
        short: " ".join(name.split())
        for short, _, name in (each.strip().partition(" ") for each in table.split("|"))
    }
    for country, table in _TABLE.items()
}
"""{country: {how a state is written short: its name}}."""


def region_names(said: str, country: str) -> tuple[str, str]:
    """(in full, short) of a state; ("", "") where it is none, or its country is not said and there are several."""
    countries = [country] if country else list(REGIONS)
    found = [
        (name, short)
        for each in countries
        for short, name in REGIONS.get(each, {}).items()
        if plain(name) == plain(said) or (said.isupper() and short == said)
    ]
    return found[0] if len(found) == 1 else ("", "")
