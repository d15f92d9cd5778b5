"""Sentences and words of Czech and English, and what kinds of text never say anything about a company."""

import re
import unicodedata
from functools import lru_cache

ABBREVIATIONS = frozenset(
    "např tj tzv resp popř č čp tel ul nám tř ing mgr bc mudr mvdr judr phdr rndr mddr dr prof doc csc ph dis s r o a v z k "
    "spol cca kč ks ml kg str sv st odst obr tzn min max mil mld tis hod vč mj sb ev ř "
    "mr mrs ms jr sr ltd inc co corp no vs e g i eg ie approx est dept fig vol rd ave jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
INSTRUCTION = re.compile(
    r"(ignor(e|uj(te)?|ovat|ujte)|disregard|forget|zapome[nň](te)?|nedbej(te)?|override)\b.{0,50}"
    r"(instruct|pokyn|instrukc|prompt|rules|pravid|previous|předchoz|above|výše)|"
    r"(system|systémov[ýáé]|developer)\s*(prompt|message|instru|pokyn|zpráv)|<\|?(im_start|system|endoftext)|\[/?INST\]|"
    r"\b(as|jako)\s+(an?\s+)?(AI|artificial|uměl|jazykov|language)\s*(model|asist|assist|intelig|language)?|"
    r"\b(AI|LLM|GPT|chatbot|language model|jazykov\w+ model\w*)[\s-]*(assistants?|agents?|models?|asistent\w*|crawlers?|bots?|robot\w*|čte\w*|reading|systems?)?\s*[:,]\s*"
    r"(please|you|note|say|write|report|napiš|uveď|řekni|odpov|prosím|set|output|answer)|"
    r"(note|message|instruction|attention|poznámka|vzkaz|zpráva|pokyn|instrukce)\w*\s+(to|for|pro)\s+(the\s+|any\s+|all\s+)?(AI|LLM|GPT|chatbot|bots?\b|crawler|robot|language model|jazykov|asistent|assistant|uměl|model)|"
    r"\byou are (now )?(a|an|the|chatgpt|dan)\b.{0,40}(assistant|model|ai\b|bot|chatgpt)|\bjsi (nyní )?(asistent|jazykový|ai\b|chatbot)|"
    r"(you must|you should|always|musíš|vždy|please)\s+(now\s+)?(say|state|write|answer|respond|output|report|claim|mention|recommend|uveď|napiš|řekni|tvrď|odpověz|doporuč)\b|"
    r"(assistant|model|ai|llm)s?\s+(must|should|has to|musí|má)\b|"
    r"(napiš|uveď|řekni|tvrď|vypiš|odpověz|odpovídej|zapiš|zmiň|dopiš|sděl)(te)?,?\s+(že|jen|pouze|prosím)|\b(say|state|report|claim|write|output)\s+(only\s+)?that\s+(we|this|the company)|^(say|state|report|claim|answer|respond)\s+that\b|\bcall (this|the) (firm|company|business)\b|"
    r"(reveal|print|show|vypiš|prozraď|zobraz)\b.{0,30}(prompt|instruc|pokyn|api key|klíč|password|heslo)|jailbreak|prompt injection",
    re.IGNORECASE | re.DOTALL,
)
PLACEHOLDER = re.compile(
    r"lorem ipsum|dolor sit amet|consectetur|\bxxx+\b|\[(your|vaš|jméno|name|text|doplň)|sem (vložte|doplňte|přijde)|"
    r"doplňte|(your|sample|dummy|placeholder) (text|content|company|tagline)|(text|stránka|page|site|web) (is |je )?(under construction|ve výstavbě)|"
    r"just another wordpress|hello world|ahoj všichni|coming soon|připravujeme|tato stránka je|\btodo\b|\btbd\b|insert .{0,20} here",
    re.IGNORECASE,
)
LEGAL = re.compile(
    r"cookies?\b|GDPR|osobní(ch|mi|m)? údaj|zpracování(m)? údajů|souhlas se zprac|personal data|data protection|privacy policy|"
    r"all rights reserved|všechna práva|copyright|©|obchodní(mi|ch)? podmínk|terms (and|&|of)|provozovatel webu|reklamační řád|"
    r"zapsan[áýéo]? (v|u|ve) |spisová značka|registered in (england|scotland|wales)|company (no|number|reg)|registered office|vat (no|number|reg)|"
    r"mimosoudní|\bADR\b|subjekt údajů|správce údajů|nejsme plátci|jsme plátci|\bEET\b|\bIČO?\b\s*:?\s*\d|\bDIČ\b|dozor nad|javascript|přihlaste se|log in|prohlížeč|browser",
    re.IGNORECASE,
)
CREDIT = re.compile(
    r"(stránky|web\w*|e-?shop)\s+(nám\s+|pro nás\s+)?(vyrobil|vytvořil|dodal|naprogramoval|navrhl|spravuj|udržuj)\w*\s|"
    r"(web(ové stránky|site|design|stránky|y)?|site|stránky|created|vytvořil\w*|vyrobil\w*|tvorba (webu|webových|www|stránek)|realizace webu|"
    r"design(ed)?|built|powered|made|developed|kód|code|hosting|běží na|theme|šablona|foto(grafie)?|photos?|photography)\s*"
    r"(by|:|od|–|-|with|—|©|on|na míru|pro nás|pro vás)\s|^(vytvořeno|made|created|built) (v|ve|na|with|in|on|using)\s+(?-i:[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ])|vytvořil[ao]? (agentura|firma|studio|společnost|grafick)|(webdesign|webová agentura|web agency|redakční systém|proudly powered|wordpress|shoptet|wix\b|webnode)",
    re.IGNORECASE,
)
NAVIGATION = re.compile(
    r"^[^.!?]{2,40}\s[›»]\s[^.!?]{2,80}$|"
    r"^(domů|úvod|home|menu|kontakt|back|next|search|share|top|tisk|print|archiv)\W*$|"
    r"^(více|číst (dál|více|celé)|zobrazit( vše)?|zpět|další|předchozí|hlavní stránka|kontakty|kontaktujte nás|přejít|"
    r"(read|learn|find out|see|show|view) more|more|back to|previous|skip|hledat|sdílet|nahoru|"
    r"log ?in|přihlásit|registrace|košík|cart|vyhledávání|rubriky|categories|tags|follow us|sledujte nás|odeslat|submit|subscribe|odebírat)\b.{0,20}$",
    re.IGNORECASE,
)
WE_CS = re.compile(
    r"\b(jsme|nejsme|my|naše|našeho|naší|našich|našim|našimi|naším|náš|naši|nás|nám|námi|u nás|"
    r"\w+(?:áme|íme|eme|ujeme|ůjeme|ejme|ijeme|yjeme))\b",
    re.IGNORECASE,
)
WE_EN = re.compile(r"\b(we|we're|we've|we'll|our|ours|us)\b", re.IGNORECASE)
PAST_WE = re.compile(r"\bjsme\b|\bjsem\b|\b(we|i)\b", re.IGNORECASE)


DATED = re.compile(r"\b(1[0-9]\d\d|20\d\d)\b(?!\s*(Kč|m|kg|ks|lidí|£|€))")
ACTS_AS_WE = re.compile(
    r"\b(jsme|jsem|we|we're|we've|our (family|company|firm|business|practice|shop|team)|naše (firma|rodina|dílna|společnost)|"
    r"(?!sedmnáct|osmnáct)\w{2,}(?:áme|íme|ujeme|eme))\b",
    re.IGNORECASE,
)


def acts_as_we(text: str) -> bool:
    """Whether "we" are the ones who act, not only those to whom something happens."""
    return ACTS_AS_WE.search(text) is not None


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Lower-case ASCII, so that a stem matches with and without diacritics."""
    split = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in split if not unicodedata.combining(char)).replace("ł", "l")


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", text)


def sentences(text: str) -> list[str]:
    """Sentences as they stand, with single spaces. A line break ends one only where the next looks like a new one."""
    found: list[str] = []
    for line in re.split(r"\n(?=\s*[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ0-9„\"“•–-])|(?<=[.!?:;])\s*\n", text):
        found += _split(squeezed(line))
    return [sentence for sentence in found if sentence]


def _split(line: str) -> list[str]:
    parts: list[str] = []
    start = 0
    for match in re.finditer(r"[.!?…]+[\"“”'’»)\]]*\s+(?=[\"„“'(»\[–—-]?\s*[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ0-9])", line):
        before = line[start : match.start()]
        last = re.search(r"([\w.]+)$", before)
        token = last[1].lower() if last else ""
        if (
            match[0].startswith(".")
            and not match[0].startswith("..")
            and _abbreviated(token, line[match.end() :])
        ):
            continue
        parts.append(line[start : match.end()].strip())
        start = match.end()
    return [*parts, line[start:].strip()]


def _abbreviated(token: str, rest: str) -> bool:
    last = token.rpartition(".")[2]
    if last.isdigit() and len(last) <= 2:  # "1. dubna", "4. generace"
        return re.match(r"[a-záčďéěíňóřšťúůýž]|\d", rest) is not None
    if re.search(r"(^|\.)s\.?r\.?o$|(^|\.)a\.s$", token):
        return re.match(r"[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ]\w+", rest) is None
    if last in ("no", "mar", "max", "min", "sat", "jan", "est", "hod", "ks", "kg", "kč", "co"):
        return re.match(r"\d|[a-z]", rest) is not None
    return last in ABBREVIATIONS


@lru_cache(maxsize=20_000)
def is_instruction(text: str) -> bool:
    """Text that speaks to a machine instead of to customers: never a value, never obeyed."""
    return INSTRUCTION.search(text) is not None


@lru_cache(maxsize=20_000)
def is_noise(text: str) -> bool:
    return bool(
        INSTRUCTION.search(text)
        or PLACEHOLDER.search(text)
        or LEGAL.search(text)
        or CREDIT.search(text)
        or NAVIGATION.search(text)
    )


def says_we(text: str) -> bool:
    return WE_CS.search(text) is not None or WE_EN.search(text) is not None


I_AM = re.compile(r"\b(I|I'm|I’m|I've|I’ve|my)\b|\b(jsem|sám|sama|moje|můj|mojí|\w{2,}(?:ám|ím|uji|uju))\b")


def says_i(text: str) -> bool:
    """Whether one person speaks, as those do who work alone."""
    return I_AM.search(text) is not None


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rpartition(" ")[0]
