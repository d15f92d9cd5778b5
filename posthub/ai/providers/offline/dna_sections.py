"""What headings, titles and addresses announce: the part of a page or site they head."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from posthub.ai.providers.offline.dna_text import plain, squeezed

# What a heading announces, on text without diacritics. The first that matches counts.
SECTIONS: tuple[tuple[str, str], ...] = (
    ("legal", r"ochran\w+ osobnich|obchodni podmink|gdpr|privacy|cookies|terms (and|of)|reklamac|zasady zpracov|imprint"),
    ("jobs", r"karier|volna mista|volne pozice|hledame (do|posil|koleg|nov)|^hledame \w+$|^prijmeme \w+|pracujte u nas|prace u nas|nabidka prace|pridejte se|career|vacanc|join (us|our team)|work (for|with) us$|^working (here|with us|for us|at)\b|we('re| are) hiring|jobs\b"),
    ("testimonials", r"(rekli|napsali|pisi|pisou|vzkazali) (o nas|nasi|nam|zakaz|klient|pacient)|^(what )?(people|customers|clients|parents|guests) say$|^co (o nas )?(rikaji|rikate|pisi|pisou|vzkazuji|vzkazali)|(od|nasich) spokojenych|(nice|good|lovely) (words|things)|in (their|your) (own )?words|recenze|ohlasy|hodnoceni|testimonial|\breviews?\b|kind words|what (our|people|customers|clients|patients|they) .*(say|said|think)|zkusenosti (nasich|klient|zakaz)|spokojen\w+ (zakaz|klient)|happy (customers|clients)"),
    ("faq", r"cast\w+ (dotazy|otazky|kladene)|\bfaq\b|frequently|otazky a odpovedi|\bptate se|na co se (\w+ )?pta(te|ji)|nejcastejsi dotazy|what people ask|common questions|^questions|your questions|q ?& ?a|dobre vedet|good to know"),
    ("guarantee", r"zaruk|garanc|garantuj|guarantee|warranty|reklamace a vraceni"),
    ("awards", r"ocenen|certifik|uspech|awards?\b|accredit|certificat|qualification|memberships?|clenstvi|osvedcen|opravneni|uznani"),
    ("included", r"^(co je )?v cene\b|zahrnuto v cene|in the price|(price|what)( it)? includes|what('s| is) included|^included"),
    ("partners", r"partner|dodavatel|supplier|spolupracujeme s|s kym spolupracujeme|znacky, kter|brands we|stockist|odkud bereme|nasi farmari|our (growers|farmers|producers|roasters)|where we buy|where our .* comes? from|od koho (bereme|nakupujeme)|podporujeme|friends|pratele|supporters|sponzor|sponsors?\b|funders|donors|nasi darci|podporuji nas|finacne|zrizovatel"),
    ("clients", r"^(vybrane |nase |posledni )?zakazky|(nasi|vybrani|spokojeni) (klient|zakaz|odberatel)|^klienti|^zakaznici|referenc|nase prace|realizac|duveruji nam|kdo nam veri|our (clients|customers)|clients$|portfolio|case stud|they trust|trusted by|our work|recent (work|projects)|projekty"),
    ("competitors", r"konkuren|competitor|jak si stojime|srovnani|compar"),
    ("why", r"^(par )?duvod\w*|choose us|chosen us|^proc\b|proc (my|prave|zrovna|nas|si|k nam|nakupovat|s nami|zvolit|vybrat)|why\b|nase (vyhody|prednosti)|vyhody|prednosti|co nas odlisuje|^(co|cim|v cem)\b.*\bjin\w{0,3}$|what('s| is) different|how we differ|(u nas|co) (mate|mame|delame|je) jinak|co (mate|mame|delame) jinak|cim se lisime|v cem jsme jin|what (makes|sets) us|our advantages|benefits|nas pristup|what you (get|can expect)|our promise|u nas (najdete|ziskate)|co (u nas )?ziskate|na cem si zakladame|nase hodnoty|our values"),
    ("pains", r"trapi (vas|te)|znate to|poznavate se|resite|s cim (vam )?pomaham|struggl|sound familiar|the problem|common problems|problemy|what worries"),
    ("goals", r"ceho (s nami )?dosahnete|vase cile|your goals|what you want|co chcete"),
    ("audience", r"pro koho|komu (jsme|pomaham|dodavame|je)|who (we|it|is|this)|for whom|kdo k nam chodi|our customers are"),
    ("area", r"kde (pusobime|pracujeme|nas najdete|rozvazime)|pusobnost|oblast\w* (pusobnosti|pusobeni)|areas? (we|covered)|where we (work|deliver|cover)|kam (jezdime|rozvazime|dodavame|dovazime)|coverage|service area"),
    ("pricing", r"cenik|^ceny|ceny$|orientacni ceny|\bprices?\b|pricing|price list|^fees|our fees|\brates$|kolik (to )?stoji|how much|vstupne|balicky|packages"),
    ("shipping", r"^(zpusoby? )?(doprav\w+|doruceni)( a platb\w+)?$|^(shipping|postage)|^delivery( (options|costs?|charges|prices))?$|^platb\w+$|^payments?$|^vracen\w+|^returns?\b"),
    ("services", r"^co (u nas |vsechno |vse |vam |ti |vas |te )?\w{3,}(am|im|uji|ame|ime|ujeme)$|^(our |the )?(classes|lessons|solutions)$|^(nase )?(reseni|lekce)$|^what (we|i) (?!believe|stand|value|are|think|promise|look|won)\w+$|\bsluzby\b|sluzeb|sluzbam|co (pro (vas|tebe) |vsechno |vse |vam )?(delame|delam|umime|umim|stavime|opravime|opravujeme|ucime|montujeme|zajistime|zaridime|nabizime|nabizim)\b|cim se zabyva|s cim (vam |ti )?(pomuz|porad)|nabizime|s cim vam|our services|services|what (we|i) (do|offer|teach|treat|repair|build|mend|clean|can do)\b|\b(we|i) (treat|teach|repair|mend|clean|fit|install|cover)$|osetreni|treatments?|zajistujeme|specializ|we offer|oblasti (prava|cinnosti)|cim se zabyvame|kurzy|courses|how we (can )?help"),
    ("products", r"produkt|vyrobk|sortiment|nabidk|co (u nas |si )?(tu |zde )?(koupi|sezene|najde|ochutna|dostane)(te|s)\b|co (peceme|vyrabime|varime|prodavame|pestujeme|prazime|sijeme)|our (products|range|menu|bread|beers|coffee|cakes|wines|cheese|collection)|products|^menu|\bmenu$|napojov(y|e|eho) list|jidelni|kategori|repertoar|^(na )?program(u|me)?$|inscenac|our shows|what'?s on|e-?shop|bestseller|nejprodavanejs|what we (make|bake|sell|brew|roast|grow)|the menu|novinky v nabidce|shop$|collections?"),
    ("hours", r"oteviraci|provozni doba|otevreno|opening (hours|times)|ordinacni (hodiny|doba)|hours$"),
    ("contact", r"kontakt(?!ni (coc|cock))|\bcontact(?! lens)|kde nas|find us|napiste nam|get in touch|where to find|visit us"),
    ("numbers", r"v cislech|in numbers|by numbers|numbers"),
    ("about", r"o nas|o firme|o spolecnosti|about|pribeh|story|histor|kdo jsme|who we are|jak (to|vse) (zacalo|vzniklo)|how (it|we) (all )?(began|started)|nase zacatky"),
    ("team", r"nas tym|\bteam$|our team|the team|lide (v|u|za)|our people|meet the"),
    ("products", r"^(nase|our) (?!nurser|branch|place|office|studio|salon|doctor|dentist|vet|boats$|vets|fleet|region|area|terms|sit|garden|garden|kitchen|farm|animals|friends|neighbour|village|town|customers|guests|visitors|pracoviste|kancelar|salon|dilna|tym|team|pribeh|story|hodnot|values|klient|zakaz|partner|dodavatel|prac|work|customer|client|people|lide|mission|promise|approach|pristup|histor|vyhod|filozof|refer|fees|prices|prodejn|shop|pobock|blog|news|award|firm|compan|cil|vize|vision|zamestnan|staff|guarantee|contact|ordinac|practice|space|prostor)\w+( \w+)?$"),
    ("blog", r"blog|aktualit|novinky|\bnews\b|articles|clanky|magazin|poradna"),
)  # fmt: skip
URL_ROLES = (
    (
        "legal",
        r"gdpr|privacy|cookie|podmink|terms|osobni|zasady|legal|imprint|impressum|pravni-informace|provozovatel",
    ),
    ("jobs", r"karier|career|jobs|prace-u-nas|volna-mist"),
    (
        "about",
        r"o-?nas|o-mne|omne|o-firme|o-spolecnosti|about|pribeh|story|histor|us(?=[.-]|$)|the-(studio|farm|team|people|family)|kdo-(to-)?jsme|onas|profil|who-we-are|whos-who|meet-us|histor",
    ),
    ("contact", r"kontakt|contact"),
    ("pricing", r"cenik|ceny|pric|fees|rates|tariff|sazebnik"),
    ("faq", r"faq|dotaz|otazk|questions"),
    ("testimonials", r"recenz|review|testimonial|napsali|rekli"),
    ("clients", r"referenc|realizac|zakazk|portfolio|nase-prace|our-work|projekt|klient|client|case-stud"),
    ("partners", r"partner|dodavatel|supplier"),
    (
        "services",
        r"sluzb|service|reseni|solutions|classes|lekce|osetreni|treatment|co-delame|what-we-do|cinnost",
    ),
    ("blog", r"blog|journal|denik|aktualit|novink|news|clank|article|magazin|poradna|changelog|archiv"),
    (
        "products",
        r"produkt|product|nabidk|sortiment|shop|katalog|catalog|menu|kategor|category|collection|repertoar|stroje|hracky",
    ),
    ("team", r"tym|team"),
)


def page_role(url: str, title: str) -> str:
    path = plain(urlsplit(url).path).strip("/").replace("_", "-")
    if (
        not path
        or re.fullmatch(r"[a-z]{2}(-[a-z]{2})?", path)
        or re.fullmatch(r"(index|default|home)\.\w+", path)
    ):
        return "home"
    for role, pattern in URL_ROLES:
        if re.search(rf"(^|[/.-])({pattern})", path):
            return role
    return section_of(re.split(r"\s[|–—-]\s", title)[0])


@lru_cache(maxsize=4_000)
def section_of(heading: str) -> str:
    text = plain(squeezed(heading)).strip(" :.!")
    if len(text) > 90:
        return ""
    return next((name for name, pattern in SECTIONS if re.search(pattern, text)), "")
