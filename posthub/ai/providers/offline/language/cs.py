"""Czech."""

from functools import lru_cache

from posthub.core.similarity import plain

from . import Tongue

SMALL_WORDS = (
    "a aby ale ani asi až bez během bude budou by byl byla bylo být co což či dnes do i já jak"
    " jaká jaké jaký je jeho"
    " její jejich jen ještě ji jinak již jsem jsme jsou k kam kde kdo kdy když ke která které"
    " který kteří ku má mají"
    " máme mezi mi mít může my na nad nám nás náš naše našeho našich našim ne nebo než nic o od"
    " on ona oni ono pak po"
    " pod podle pokud pouze právě pro proč proto protože před přes při s se si smí snad své"
    " svého svou svůj ta tak také"
    " takto tam tě ten tento teprve ti to toho tom tomu tu tuto ty u už v vám vás váš vaše ve"
    " více však vše vy z za"
    " zatím ze že každý každá každé každou všechny všechno všichni pečeme děláme máme nabízíme"
    " používáme pracujeme"
    " připravujeme vyrábíme dodáváme opravujeme stavíme vaříme pražíme dovážíme rozvážíme"
)
MONTHS = [
    "leden",
    "únor",
    "březen",
    "duben",
    "květen",
    "červen",
    "červenec",
    "srpen",
    "září",
    "říjen",
    "listopad",
    "prosinec",
]
ABBREVIATIONS = "např apod tj tzn atd č čl str tel mj r st sv ing mgr bc mudr judr phdr resp cca min max hod kč ks ul nám mddr mvdr rndr paeddr doc prof sb"
PUFFERY = (
    r"\bnej(?:lepší|levnější|kvalitnější|spolehlivější|oblíbenější|větší|vyšší)\w*",
    r"\bč(?:íslo)?\.?\s*1\b",
    r"zaručen\w*\s+(?:nej|výsled|úspěch|zisk)",
    r"\b100\s?%\s+(?:spokojen|účinn|zaruč)",
    r"\bjedničk\w+ na trhu",
    r"bezkonkurenčn\w*",
    r"\bzázra[kč]\w*",
)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Near enough for comparing: the beginning that Czech endings leave alone."""
    bare = plain(word)
    if len(bare) <= 3:
        return bare
    return bare[: max(3, min(6, len(bare) - 2))]


TONGUE = Tongue(
    code="cs",
    quotes=("„", "“"),
    small_words=frozenset(SMALL_WORDS.split()),
    stem=stem,
    months=tuple(MONTHS),
    abbreviations=frozenset(ABBREVIATIONS.split()),
    puffery=PUFFERY,
    formal_by_default=True,
)
