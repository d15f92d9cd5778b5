"""What the company claims for itself: reasons to choose it, differences, guarantees."""

import re
from collections import Counter
from collections.abc import Callable

from posthub.ai.providers.offline.dna_cards import greeting
from posthub.ai.providers.offline.dna_found import Found, found
from posthub.ai.providers.offline.dna_offer_names import PRICE
from posthub.ai.providers.offline.dna_passages import Material, Passage, Statement
from posthub.ai.providers.offline.dna_sections import section_of
from posthub.ai.providers.offline.dna_text import is_noise, plain, says_i, says_we, sentences, squeezed, words

DIFFERS = re.compile(
    r"\b(na rozdíl od|výhod\w+ (oproti|proti|před) konkuren\w+|advantage over (our |the )?(competitors?|competition|others)|jako (jedni z mála|jedin\w+|první)|jsme (jediná|jediný|jediní|první)|jediná \w+ v|odlišuj\w+|lišíme|jinde (nenajdete|nedostanete|neseženete)|"
    r"nikdo jiný|vlastní(m|ho|mu|ch|mi)? (mlýn\w*|výrob\w*|díln\w*|pražírn\w*|sad\w*|farm\w*|vývoj\w*|laborato\w*|chov\w*|pol\w*|vinic\w*|sklad\w*)|"
    r"unlike|the only|what (sets|makes) us|sets us apart|no (other|one else)|nobody else|in[\s-]house|our own (mill|farm|workshop|roastery|laboratory|lab|factory|kitchen|garden|orchard|team of|scaffold\w*))\b",
    re.IGNORECASE,
)
UNIQUE = re.compile(
    r"\b(bez (přídavných látek|konzervant\w*|chemie|éček|aditiv|lepku|subdodavatel\w*|skrytých|zbytečn\w+|prostředník\w*|závazk\w*)|bez\w*příplatk\w*|"
    r"ručně (vyráb|šij|pe[čk]|malovan|zpracov)\w*|pouze z|výhradně z|jen z|jen (jed[en]\w*|kmenov\w+|vlastní\w*)|(vždycky|vždy) jen|nikomu\b.{0,30}\bne\w+|subdodavatel\w* nemáme|nemáme (subdodav|prostředn|skryt)\w+|(dělá|vede|provází|řeší) (vás |celou |ji |ho )?(od začátku do konce|jeden|jediný)|od (prvního|návrhu|výkresu)\b.{3,60}\b(jeden|jedna|sami|po)\b|týž den|tentýž den|na počkání|nejvýš|maximálně|víc než \w+.{0,30}nedáváme|cenu\b.{0,30}předem|žádné kupované|podle vlastní\w+|and no more|no more than|at most|zadarmo|(i|také) (v noci|o víkend\w*|o svátcích)|do hodiny|bez \w+u a bez \w+|rodil\w+ mluvčí\w*|sami (si )?\w+(áme|íme|eme)\b|\w+(áme|íme|eme)\b.{0,40}\bsami\b|ještě (ten|týž) den|100\s?% |zdarma|do 24 hodin|do 48 hodin|nonstop|24/7|"
    r"no (additives|preservatives|subcontractors|hidden (fees|costs|charges)|call-?out (fee|charge)|middlemen|obligation)|without (additives|preservatives|subcontractors)|"
    r"handmade|hand-made|by hand|free (quote|quotes|survey|estimate|estimates|delivery|consultation)|same[\s-]day|within (24|48) hours|one (at a time|person|craftsman)|at a time|from start to finish|(the )?(same )?person who|the same (pair of hands|person|people|team|craftsman|optometrist)|no (fuss|mess|contracts?|cash|deposit|joining fee|obligation)|i work alone|(always|only) (ever )?(one|use|print|work|take)|never (use|add|outsource|subcontract)|fixed (fee|price)s?)",
    re.IGNORECASE,
)
GUARANTEE = re.compile(
    r"\b(rozdíl (vám |ti )?(v ceně )?(vrátíme|doplatíme|dorovnáme)|(peníze|vstupné|zálohu|částku) (vám |ti )?(pošleme|vrátíme|vracíme)|(vrátíme|vracíme) (vám |ti )?\w* ?(zálohu|peníze|kurzovné|částku|rozdíl)|(zaplatíme|uhradíme|nahradíme) (to|škodu|vám|rozdíl)|-li\b.{3,80}\b(zaplatíme|nahradíme|uhradíme|méně|slev\w+|zdarma|vrátíme|neplatíte)|neplatíte nic|nic neplatíte|nezaplatíte nic|every penny back|(get|give you|have) your money back|put (it|that|things) right (for nothing|free|at no)|for nothing\b|(swap|exchange) it\b|until you are\b|we bear it|at no charge|vracíme (v plné výši|celou|peníze)|na (rozmyšlenou|vrácení|výměnu) (máte|máš)|(máte|máš) (na rozmyšlenou|na vrácení|\d+ dní na)|price match|beat any|not happy,? we|záruk[auyoě]\w*|záruční|garanc\w+|garantujeme|garantován\w*|vrácení peněz|vrátíme (vám |ti )?(\w+ )?(peníze|částku|celou)|peníze zpět|ručíme|(pokud|když)\b.{3,80}\b(zdarma|slevu|vyměníme|opravíme|vrátíme)|\bif\b.{3,110}\b(free(?=[.!]|$)|free of charge|for free|at no (extra )?cost|replace (it|them)|start again|come back|revise|do it again|re-?do it|is (on us|free)\b|(do not|don't|won't) pay)|money[\s-]back|guarantee[ds]?|guaranteed|warrant(y|ies)|full refund|refund(ed|s)?|(zruš\w+|stor\w+|cancel\w*)\b.{0,70}\b(bez poplatk\w*|zdarma|bezplatně|free of charge|for free|without charge)|pojišt\w+ do \d[\d ]*\s?(mil|tis|Kč)\w*|insured (for )?up to [£$€]?\d|do \d+ dn\w+ .{0,30}(bezplatně|zdarma) (vyměníme|opravíme|vrátíme)|free replacement|(put right|mend|repair|rebuild|fix)\b.{0,60}\bwithin \w+ (years|months|days|weeks)\b.{0,20}\b(free|no charge)|(když|pokud)\b.{3,80}\b(vyměníme|opravíme|vrátíme))\b",
    re.IGNORECASE,
)
PROMISE = re.compile(
    r"\b(no (hidden|extra)|insured|pojištěn\w*|free\b|zdarma|bez poplatk\w*|guarantee\w*|záruk\w*|always|vždy|same|own|vlastní)\b",
    re.IGNORECASE,
)
NO_GUARANTEE = re.compile(
    r"\b(není zárukou|bez záruky|nelze garantovat|negarantuj\w*|záruka výrobce|výrobce (poskytuje|dává)|nevztahuje|no guarantee|cannot guarantee|can't guarantee|don't guarantee|not guaranteed|"
    r"manufacturer's|manufacturers'|bankovní záruk\w*|void|neplatí)\b",
    re.IGNORECASE,
)


def reasons(source: Material) -> list[Found]:
    """At most five: the entries below "why us", then sentences that claim something particular."""
    listed = _entries(source, "why") or _ticks(source) or greeting(source)
    said = [
        statement
        for statement in source.own()
        if (UNIQUE.search(statement.text) or DIFFERS.search(statement.text))
        and _is_claim(statement)
        and not _makes_good(statement)
        and not PRICE.search(statement.text)
        and len(listed) < 3
    ]
    chosen = [(passage.url, squeezed(passage.text)) for passage in listed][:5]
    for statement in said:
        if len(chosen) < 5 and not any(_near(statement.text, text) for _, text in chosen):
            chosen.append((statement.url, statement.text))
    if len(chosen) < 2:
        chosen += [(each.url, squeezed(each.text)) for each in source.passages if _is_headline(each)][:2]
    if not chosen:
        return []
    return [
        found(
            "offer.usp",
            [_head(text) for _, text in chosen],
            chosen[0][0],
            chosen[0][1],
            0.8 if listed else 0.6,
        )
    ]


def _is_headline(passage: Passage) -> bool:
    """A selling point that stands only in the welcome of the start page, as a headline."""
    return (
        passage.kind in ("h1", "h2")
        and passage.role == "home"
        and not passage.second_hand
        and not section_of(passage.text)
        and 3 <= len(words(passage.text)) <= 12
        and not passage.text.endswith("?")
        and (UNIQUE.search(passage.text) or DIFFERS.search(passage.text)) is not None
    )


def _makes_good(statement: Statement) -> bool:
    """Whether a sentence says what happens when something went wrong: a guarantee, no reason to buy."""
    before = statement.passage.text.partition(statement.text)[0].rstrip()
    return statement.passage.section == "shipping" or before.endswith("?")


def _ticks(source: Material) -> list[Passage]:
    """The short list right below the main heading of the start page, where it reads like promises and not like goods."""
    listed = [
        passage
        for passage in source.passages
        if passage.kind == "li" and passage.role == "home" and len(passage.headings) <= 1 and not section_of(passage.heading)
        and 2 <= len(words(passage.text)) <= 9 and not passage.second_hand and not is_noise(passage.text)
    ]  # fmt: skip
    promising = [passage for passage in listed if UNIQUE.search(passage.text) or PROMISE.search(passage.text)]
    return listed if 3 <= len(listed) <= 7 and len(promising) * 2 >= len(listed) else []


def differences(source: Material) -> list[Found]:
    said = [
        statement
        for statement in source.own()
        if DIFFERS.search(statement.text) and (_is_claim(statement) or statement.passage.section == "awards")
    ]
    listed = [
        passage
        for passage in _entries(source, "why")
        if DIFFERS.search(passage.text)
        or any(
            re.search(r"odlis|lisi|jin(i|ak)|differ|unique|sets us|makes us|jedinec", plain(name))
            for name in passage.headings
        )
    ]
    chosen = [(passage.url, squeezed(passage.text)) for passage in listed] + [
        (each.url, each.text) for each in said
    ]
    unique = [
        pair
        for place, pair in enumerate(chosen)
        if not any(_near(pair[1], text) for _, text in chosen[:place])
    ]
    if not unique:
        return []
    return [
        found(
            "market.differentiators", [_trim(text) for _, text in unique][:8], unique[0][0], unique[0][1], 0.7
        )
    ]


# What is done about it once something is broken, does not fit or does not please.
MADE_GOOD = re.compile(
    r"\b(vyměníme|opravíme|pošleme|nahradíme|přešijeme|předěláme|replace|repair|send|swap|re-?do|mend)\b.{0,60}\b(zdarma|bezplatně|bez poplatku|free|at no (extra )?(cost|charge))\b|"
    r"\b(zdarma|bezplatně)\b.{0,30}\b(vyměníme|opravíme|pošleme|nahradíme|přešijeme|předěláme)\b",
    re.IGNORECASE,
)


def _guarantees(text: str) -> bool:
    """Whether a clause of the text guarantees something; another may speak of the maker's own warranty."""
    if not NO_GUARANTEE.search(text):
        return GUARANTEE.search(text) is not None
    return any(
        re.search(r"\d", clause) and GUARANTEE.search(clause) and not NO_GUARANTEE.search(clause)
        for clause in text.split(", ")
    )


def guarantees(source: Material) -> list[Found]:
    said: list[tuple[str, str]] = []
    for statement in source.own():
        text = statement.text
        section = statement.passage.section
        if (
            not (_guarantees(text) or (_makes_good(statement) and MADE_GOOD.search(text)))
            or section in ("blog", "jobs")
            or text.endswith("?")
        ):
            continue
        if statement.passage.is_heading and not re.search(r"\d", text):
            continue
        if statement.whole or re.search(r"\d", text) or len(words(text)) >= 4:
            said.append((statement.url, text))
    unique = [
        pair for place, pair in enumerate(said) if not any(_near(pair[1], text) for _, text in said[:place])
    ]
    if not unique:
        return []
    return [
        found("offer.guarantees", [_trim(text) for _, text in unique][:8], unique[0][0], unique[0][1], 0.8)
    ]


def _entries(source: Material, section: str) -> list[Passage]:
    """List items and small headings that stand directly in a section, unless they are sentences about something else."""
    found_here: list[Passage] = []
    for passage in source.passages:
        inside = passage.section == section or (
            passage.is_heading and any(section_of(name) == section for name in passage.headings[:-1])
        )
        if (
            not inside
            or passage.second_hand
            or passage.role in ("faq", "blog", "contact")
            or is_noise(passage.text)
        ):
            continue
        if passage.text.endswith("?") or not 2 <= len(words(passage.text)) <= 30:
            continue
        small = passage.kind == "h3" and section_of(passage.text) == ""
        short = passage.kind == "p" and len(words(passage.text)) <= 9 and passage.text[-1] not in ".!:,…"
        short = short and passage.heading != "" and section_of(passage.heading) == section
        if passage.kind == "li" or short or (small and len(passage.headings) > 1):
            found_here.append(passage)
    return found_here


def _is_claim(statement: Statement) -> bool:
    place = statement.passage
    return (
        statement.whole
        and not statement.text.endswith("?")
        and (says_we(statement.text) or says_i(statement.text) or place.role in ("home", "services"))
        and place.section not in ("faq", "blog", "jobs", "awards", "contact")
        and place.role not in ("blog", "faq")
        and 4 <= len(words(statement.text)) <= 35
    )


def _near(left: str, right: str) -> bool:
    one, two = set(plain(left).split()), set(plain(right).split())
    return len(one & two) >= 0.6 * min(len(one), len(two))


def _head(text: str) -> str:
    """The first sentence; what follows explains it. A title of a word or two keeps its explanation."""
    first = next(iter(sentences(_trim(text))), "")
    return first.rstrip(".") if len(words(first)) >= 2 else _trim(text)


def _trim(text: str) -> str:
    return squeezed(text).rstrip(" ;,")


Maker = Callable[[Material], list[Found]]
PAIN = re.compile(
    r"^((svítí|píská|kape|protéká|hučí|vrže|padá|zlobí|teče|praská|smrdí|plesniví|odpadá|nejde|netopí|nesvítí|nestartuje)\b|trápí|trápíte|už (vás|tě) nebaví|nebaví|máte (dost|problém\w*|potíže|strach|obavy)|máš (dost|problém\w*)|bojíte se|bojíš se|zatéká|teče (vám|ti)|chybí (vám|ti)|nevíte si rady|nevíte,? (jak|kde|kdy|co|kolik)|"
    r"nestíháte|topíte se|ztrácíte|štve|bolí|hledáte marně|nemáte čas|stále (ještě )?\w+(te|áte|íte)\b|pořád (ještě )?\w+(te|áte|íte)\b|still (\w+ing|[\w-]+ing)\b|"
    r"tired of|fed up|sick of|struggling|worried|worrying|frustrated|do you (struggle|worry|hate|dread)|are you (tired|struggling|worried|fed up|losing|drowning|afraid|nervous)|"
    r"losing|drowning|nervous about|scared of|afraid of|leaking|no time|dread|had enough|can't (find|sleep)|is your .* (leaking|damp|cold|slow|failing))\b",
    re.IGNORECASE,
)
# Trouble named in a word or two: "Rozbité okno?", "Blocked drain?"
TROUBLE = re.compile(
    r"(?:\w+\s+){0,2}(rozbit|praskl|prasklé|zatéka|ucpan|nefung|bolav|bolest|zabouchn|ztracen|plíse|vlhk|škůdc|vos[ay]|broken|cracked|leaking|blocked|stuck|lost|damp|mould|noisy|squeak|wasp|rats?\b|mice)\w*(?:\s+\w+){0,3}\?$",
    re.IGNORECASE,
)
GOAL = re.compile(
    r"^(chcete|chceš|sníte|sníš|toužíte|přejete si|hledáte|hledáš|plánujete|plánuješ|want to|want a|looking (for|to)|dreaming of|dream of|planning|would you like|do you want|are you (looking|planning|dreaming))\b",
    re.IGNORECASE,
)
HELP = re.compile(
    r"\b(pomůžeme vám|pomáháme \w+|abyste (mohli|měli|nemuseli|se mohli|věděli|byli)|ušetříme vám|díky nám|we(?:’|')?ll help you|we help (you|\w+)|so (that )?you can|so you (don't|know|always)|helping you|to help you)\b",
    re.IGNORECASE,
)


def pains(source: Material) -> list[Found]:
    return _wishes(source, "audience.pains", "pains", PAIN, question=True)


def goals(source: Material) -> list[Found]:
    questions = _wishes(source, "audience.goals", "goals", GOAL, question=True)
    said = [
        each
        for each in source.own()
        if HELP.search(each.text)
        and each.whole
        and each.passage.role not in ("blog", "faq", "jobs")
        and not each.text.endswith("?")
    ]
    values = (questions[0]["value"] if questions else []) + [each.text for each in said[:5]]
    if not values:
        return []
    if questions:
        return [questions[0] | {"value": values}]
    return [found("audience.goals", values, said[0].url, said[0].text, 0.6, inferred=True)]


def _wishes(
    source: Material, key: str, section: str, pattern: re.Pattern[str], *, question: bool
) -> list[Found]:
    chosen: list[tuple[str, str]] = [
        (passage.url, squeezed(passage.text)) for passage in _entries(source, section)
    ]
    for statement in source.statements:
        place = statement.passage
        if place.second_hand or place.role in ("blog", "faq", "jobs") or place.section in ("faq", "blog"):
            continue
        if (
            pattern.search(statement.text) or (key == "audience.pains" and TROUBLE.match(statement.text))
        ) and statement.text.endswith("?") == question:
            chosen.append((statement.url, statement.text))
    unique = [
        pair
        for index, pair in enumerate(chosen)
        if not any(_near(pair[1], text) for _, text in chosen[:index])
    ]
    if not unique:
        return []
    return [found(key, [text for _, text in unique][:8], unique[0][0], unique[0][1], 0.65, inferred=True)]


def objections(source: Material) -> list[Found]:
    """What people ask before they buy: the questions of the FAQ."""
    headed = Counter(
        each.url
        for each in source.passages
        if each.is_heading and each.text.rstrip().endswith("?") and each.role != "blog"
    )
    asked = [
        passage
        for passage in source.passages
        if passage.text.rstrip().endswith("?")
        and not passage.second_hand
        and (
            passage.role == "faq"
            or "faq" in {section_of(name) for name in passage.headings}
            or passage.section == "faq"
            or (passage.is_heading and headed[passage.url] >= 2)
        )
        and 3 <= len(words(passage.text)) <= 30
        and len(sentences(passage.text)) == 1
    ]
    if not asked:
        return []
    questions = list(dict.fromkeys(squeezed(passage.text) for passage in asked))
    return [found("audience.objections", questions[:12], asked[0].url, asked[0].text, 0.7, inferred=True)]
