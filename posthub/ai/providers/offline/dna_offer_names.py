"""What can be the name of something on offer, and what a price looks like."""

import re

from posthub.ai.providers.offline.dna_text import is_noise, plain, squeezed, words

PRICE = re.compile(
    r"(?:(?:od|from|za|cena|already from)\s+)?(?:(?:CZK|EUR|GBP|USD|[£$€])\s?\d[\d.,\s]*|\d[\d\s.,]*\s?(?:,-|,–|–)?\s?(?:Kč|CZK|EUR|€|korun|GBP|USD)|\d[\d\s]*,[-–])(?:\s*/\s*\w+\.?|\s+(?:za|per|each)\s+\w+)?",
    re.IGNORECASE,
)
# Words that head a section of a page but are nothing one can buy.
GENERIC = re.compile(
    r"^(nase |our |the |vase |your |dalsi |other |more )?(uvod|domu|home|o nas|o mne|o firme|about( us)?|kontakt\w*|contact( us)?|reference|realizace|galerie|gallery|blog|aktuality|novinky|news|"
    r"cenik|ceny|prices?|pricing|sluzby|services|produkty|products|sortiment|nabidka|e-?shop|shop|menu|jidelni listek|kosik|cart|objedn\w*.*|order( now| online)?|"
    r"jak .*|(pro|for|by|k|ke) .*|how (it|we|to|does|do|can|much).*|proc .*|why .*|what .*|co .*|kde .*|where .*|kdo .*|who .*|kdy .*|when .*|kolik .*|"
    r"ocenen\w*|awards?|certifik\w*|zaruk\w*|guarantees?|(oteviraci|provozni) doba|opening (hours|times)|kariera|careers|jobs|team|tym|faq|casto.*|caste.*|"
    r"newsletter.*|sledujte.*|follow.*|vyhledav\w*|search|kategorie|categories|archiv\w*|vice.*|more|read more|souvisejici.*|related.*|podobne.*|doporucujeme.*|recommended.*|"
    r"nejprodavanejsi|bestsellers?|akce|sale|slevy|vyprodej|zpet|back|nezavazn\w*.*|poptavk\w*|rezervac\w*|book\w*|get (in|a).*|zavolejte.*|call.*|napiste.*|"
    r"testimonials?|reviews?|recenze|rekli.*|partneri|partners|nasi .*|mapa.*|map|doprava( a platba| (do|nad|od|po|zdarma)\b.*)?|((free|uk|standard|express|next day|local|home) )*(delivery|shipping|postage)( (and payment|free|within|over|up|from|to|for)\b.*)?|platba|payment|gdpr|cookies|vop|"
    r"obchodni podminky|terms.*|privacy.*|priklad\w*|popis( produktu)?|description|parametry|parameters|slozeni|ingredients|hodnoceni|detaily?|details?|historie|history|pribeh|story|"
    r"storno\w*( .*)?|cancellations?.*|vraceni.*|vratky|returns?|shipping.*|postage.*|zasilkovn\w*.*|packeta.*|ppl.*|dpd.*|gls.*|dhl.*|ups|fedex.*|ceska posta.*|balikovn\w*.*|royal mail.*|evri.*|inpost.*|osobni (odber|vyzvednuti).*|dobirk\w*.*|(nejblizsi|dalsi) (predstaveni|terminy?|akce)|predplatne|pokladna|vstupenky|vedeni|zrizovatel|vitejte.*|welcome.*|prehled|overview|vyhody|benefits|specifikace|polozka|item|cena|nazev|name|typ|druh|mnozstvi|hmotnost|weight|den|day|hodiny|hours|adresa|address|telefon|phone|e-?mail)$"
)
MONTHS = re.compile(
    r"(leden|unor|brezen|duben|kveten|cerven|cervenec|srpen|zari|rijen|listopad|prosinec|jaro|leto|podzim|zima|velikonoce|vanoce|january|february|march|april|june|july|"
    r"august|september|october|november|december|spring|summer|autumn|winter|easter|christmas)( (a|az|and|to) \w+)?"
)
# Two or three words that end in a verb are a sentence, not a thing: "Agreement fails".
VERB_LAST = re.compile(
    r"^\w+(?: \w+)? (?:fails?|works?|matters?|begins?|starts?|ends?|helps?|comes?|goes|happens?|makes?|means?|needs?|wants?|breaks?|leaks?|counts?|wins?|grows?|knows?|says?|went|came|failed|began|started|worked|happened)$"
)
DAYS = re.compile(
    r"^(?:(?:(?:a|az|and|to|kazd\w+|every)\s|[\s,–—&+-])*\b(?:po|ut|st|ct|pa|so|ne|pondeli|utery|streda|ctvrtek|patek|sobota|nedele|mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?\b)+[\s:.]*(?:$|\d|zavreno|closed)"
)
CONTACTS = re.compile(
    r"^(tel|telefon|mobil|phone|fax|e-?mail|adresa|address|ico?|dic|vat|web|ucet|banka|datova|sidlo|kontakt|jednatel|majitel|owner|pracovni doba)\b"
)


def named(text: str) -> str:
    """The name of an offer as it stands, or "" where the text is not one."""
    name = squeezed(PRICE.sub("", text) if PRICE.search(text) else text).strip(" .,:;–—-•*")
    name = re.sub(r"^\d{1,2}[.)]\s+", "", name)
    bare = plain(name).strip(" :.!?")
    if not 2 < len(name) <= 70 or len(words(name)) > 9 or not words(name):
        return ""
    if (
        name.endswith(("?", "!", "…"))
        or GENERIC.match(bare)
        or DAYS.match(bare)
        or MONTHS.fullmatch(bare)
        or CONTACTS.match(bare)
        or is_noise(name)
    ):
        return ""
    if re.search(r"@|https?:|www\.|\+?\d{3}\s?\d{3}\s?\d{3}|\b\d{1,2}[:.]\d{2}\b|\b\d{3}\s?\d{2}\b", name):
        return ""
    if VERB_LAST.search(bare):
        return ""
    if (
        re.search(r"\b(jsme|máme|jsou|je|umíme|vám|vás|you|we|our|are|is|was|will)\b", bare)
        and len(words(name)) > 3
    ):
        return ""
    return (
        ""
        if re.search(r"\b\w{3,}(áme|íme|ujeme|eme)$|^(vrátíme|nahradíme|přivezeme|poradíme)\b", name.lower())
        else name
    )
