"""The words by which columns, sectors and sexes are recognised, compared after folding (Latin, lower case, no marks)."""

import re
from functools import lru_cache

from lms.serbian import fold

# Order matters: the first pattern that fits wins. „E-mail adresa” is e-mail, any other address is nobody's business here.
_COLUMNS: tuple[tuple[str, str], ...] = (
    ("email", r"\be ?mail\b|\be ?post\w|\bi?mejl|elektronsk\w* (adres|post)"),
    ("secret", r"\bjmbg\b|maticni broj|\brodj\w*|datum r|licn\w* kart|\bl ?k\b|telefon|\btel\b|\bmob\b|mobil|phone"),
    ("secret", r"\badres|prebivalis|stanovanj|\bracun|pasos|date of birth|\baddress|\bid number"),
    ("number", r"(r ?b(r|roj)?|redni br\w*|r br|br|no|n|num|number|bro?j)"),
    ("", r".*\b(ime (oca|majke|roditelja)|srednje ime|potpis|napomen\w*|datum|signature|remark|dan \d|\d dan)\b.*"),
    ("surname first", r"\bprezime\b.*\bime\b|surname.*\bname\b|last name.*first name"),
    ("name", r"\bime\b.*\bprezime\b|first.*last name|full name|\bimena?\b.*\bprezimena?\b"),
    ("last name", r"\bprezime(na)?\b|surname|last name|family name"),
    ("first name", r"\bime\b|first name|given name"),
    ("name", r"ucesni|polazni|kandidat|participant|\bname\b|\bclan(ovi|ica)?\b"),
    ("sex", r"(pol( m z| z m)?|m z|z m|sex|gender)"),
    ("position", r"funkcij|pozicij|radno mesto|zvanj|zanimanj|position|job|duznost|uloga|\brole\b"),
    (
        "institution",
        r"institu|ustanov|organizacij|organi[sz]ation|poslodav|\borgan\b|employer|sluzb|firma|company"
        r"|\bnaziv( i)? sektor\b",
    ),
    ("sector", r"sektor|\boblast\b|resor|sistem|struka|sector|delatnost"),
    (
        "municipality",
        r"opstin|\bgrad\b|\bmesto\b|samouprav|\bjls\b|municipal|\bcity\b|\btown\b|lokalni tim|\btim\b|sedist",
    ),
)
_WHOLE = {"number", "sex"}  # the pattern must be the whole header, not a part of it

_SECTORS: tuple[tuple[str, str], ...] = (
    ("border", r"granicn"),
    ("asylum", r"komesarijat|\bazil|izbegl|asylum"),
    ("labour", r"inspek\w* (za )?rada?\b|inspektor\w* rada|labour|labor insp"),
    ("employment", r"zaposljavanj|\bnsz\b|employment"),
    ("communal", r"komunaln\w* (milicij|polici)|komunaln\w* poli"),
    ("youth", r"kancelarij\w* za mlade|\bkzm\b|youth"),
    ("redcross", r"crven\w* krst|red cross|\bck\b"),
    ("prosecution", r"tuzi[lt]|tuziocu?|\b[vo]jt\b|\bvisej? jt\b|prosecut"),
    ("judiciary", r"\bsud(a|u|om|ovi)?\b|sudij|sudsk|sudstv|sudnic|court|judge|judiciary"),
    ("police", r"polic|\bpu\b|\bmup\b|\bps\b|kriminalistick|unutrasnjih poslova"),
    (
        "education",
        r"\bskol|\bos\b|gimnazij|obrazovanj|univerzitet|fakultet|predskolsk|vrtic|prosvet|dom ucenika|education",
    ),
    (
        "social",
        r"socijaln|\bcsr\b|porodicn\w* smestaj|prihvatili|zrtava trgovine|sigurn\w* kuc|social|\bczsr\b|gerontolos",
    ),
    ("health", r"zdravlj|\bdz\b|bolnic|zdravstv|klinick|\bkbc\b|\bukc\b|\bkc\b|medicin|hitn\w* pomoc|health|psihijatr"),
    ("ngo", r"\bnvo\b|udruzenj|nevladin|civiln|fondacij|\bngos?\b|\bocd\b|\bastra\b|\batina\b|association"),
    ("city", r"uprav|skupstin|samouprav|\bgrad\b|\bopstina\b|gradonacel|\bcity\b|\bmunicipality\b|vec[ea]\b"),
    ("media", r"\bradio|televiz|novinar|\brtv\b|medij|media"),
)
_SEX = {"z": "f", "zenski": "f", "zensko": "f", "zena": "f", "f": "f", "female": "f", "w": "f",
        "m": "m", "muski": "m", "musko": "m", "muskarac": "m", "male": "m"}  # fmt: skip
TITLES = {"mr", "dr", "prof", "doc", "prim", "spec", "akademik", "msc", "phd", "ma"}  # academic, before or after a name
LONGEST_HEADER = 60  # folded characters; what is longer is a sentence, not the head of a column


def column_kind(header: str) -> str | None:
    """What a column with this `header` holds; "" is known and of no use here, None is not known.

    Kinds: name, surname first, first name, last name, sector, institution, position, municipality, sex, email, number,
    secret (what must not be stored: JMBG, birth, telephone, address).
    """
    if header.strip() in ("#", "№"):
        return "number"
    return _column_kind(fold(header))


@lru_cache(maxsize=4096)
def _column_kind(folded: str) -> str | None:
    if not folded or len(folded) > LONGEST_HEADER:
        return None
    for kind, pattern in _COLUMNS:
        if re.fullmatch(pattern, folded) if kind in _WHOLE else re.search(pattern, folded):
            return kind
    return None


@lru_cache(maxsize=8192)
def guess_sector(text: str) -> str | None:
    """The sector that `text` names or belongs to („ЦСР”, „Полицијска управа”, „OJT Niš”), or None."""
    folded = fold(text)
    return next((code for code, pattern in _SECTORS if re.search(pattern, folded)), None) if folded else None


def split_titles(name: str) -> tuple[str, str]:
    """The academic titles of a name and the name without them: „мр др Јовић Ана” is „мр др” and „Јовић Ана”."""
    words = name.split()
    titles = [word for word in words if fold(word.replace(".", "")) in TITLES]
    return " ".join(titles), " ".join(word for word in words if word not in titles)


def read_sex(text: str) -> str | None:
    """„ж”, „м”, „f”, „женски” … as f or m; anything else is not stated."""
    return _SEX.get(fold(text))
