"""What the offline writers promise about their texts."""

import json
import re
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import combinations
from typing import Any

import pytest

from posthub.ai.providers.offline import outline, rewrite, section, topics
from posthub.ai.providers.offline.ideas import ideas
from posthub.ai.providers.offline.language import tongue
from posthub.ai.providers.offline.library import PATTERNS, chapters, fill, modules, pool, voices
from posthub.ai.providers.offline.links import anchor_of
from posthub.ai.providers.offline.material import gather
from posthub.ai.providers.offline.parts import Section
from posthub.ai.providers.offline.sayings import told
from posthub.ai.providers.offline.scribe import Block
from posthub.ai.providers.offline.wording import harmless, sentences, word_count
from posthub.content.checks import check_article, check_social
from posthub.content.platforms import PLATFORMS as NETWORKS
from posthub.content.platforms import check
from posthub.core.measure import count
from posthub.core.similarity import VOICE_LIMIT, body_similarity, repeats_title, voice_similarity, word_runs

from .asking import PLATFORMS, article_inputs, month_of_topics, posts, six, slots, whole_article
from .companies import COMPANIES, base

LANGUAGES = ("cs", "en")


@cache
def month(language: str) -> tuple[dict[str, Any], ...]:
    return tuple(
        whole_article(language, article_inputs(language, topic)) for topic in month_of_topics(language)
    )


def prose(markdown: str) -> list[str]:
    """The sentences of an article without list marks, headings and emphasis."""
    lines = [line for line in markdown.splitlines() if line.strip() and not line.startswith("#")]
    bare = [re.sub(r"^(?:- |\d+\. )", "", line) for line in lines]
    return [part for line in bare for part in re.split(r"(?<=[.!?…“”])\s+|(?<=\*\*)\s+", line) if part]


def own_words(language: str) -> str:
    """Every sentence the house has written, as one text to look into."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(PATTERNS.glob(f"{language}*.toml"))]
    whole = "\n".join(texts).replace("\\n", "\n")
    return re.sub(r"\[([^\[\]|\n]*)\|([^\[\]|\n]*)\]", r"\1", whole)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("batch", [0, 1, 2, 3])
def test_six_voices_say_the_same_and_sound_different(language: str, batch: int) -> None:
    people = six(language, batch)
    samples = [person["sample"] for person in people]
    assert len({person["name"] for person in people}) == 6
    assert max(voice_similarity(one, other) for one, other in combinations(samples, 2)) < VOICE_LIMIT
    facts = {fact.text for fact in gather(language, base(COMPANIES[language])).facts}
    told = [frozenset(fact for fact in facts if fact in sample) for sample in samples]
    assert len(set(told)) == 1
    assert 4 <= len(told[0]) <= 6
    assert all(80 <= word_count(sample) <= 140 for sample in samples)
    assert (
        len({(tuple(p["tone"]), p["sentence_length"], tuple(p["favourite_structures"])) for p in people}) == 6
    )
    assert not any("!" in sample for sample in samples)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_voice_sounds_as_its_persona_says(language: str) -> None:
    facts = [fact.text for fact in gather(language, base(COMPANIES[language])).facts]
    own = {person["role_title"]: without(person["sample"], facts) for person in six(language)}
    said = [(person, own[person["role_title"]]) for person in six(language)]
    by_length = {
        wanted: [len_of_sentences(text) for person, text in said if person["sentence_length"] == wanted]
        for wanted in ("short", "medium", "long")
    }
    assert max(by_length["short"]) < min(by_length["medium"])
    assert max(by_length["medium"]) < min(by_length["long"])
    assert len({text.count("?") for text in own.values()}) > 1
    addressing = re.compile(r"\b(?:[vV]ám|[vV]ás|\w+[íeě]te|you|your|[yY]ou.d)\b")
    assert len({bool(addressing.search(text)) for text in own.values()}) == 2
    assert all(re.search("[\U0001f300-\U0001faff\u2600-\u27bf]", text) is None for text in own.values())


def without(sample: str, facts: list[str]) -> str:
    for fact in facts:
        sample = sample.replace(fact, "")
    return sample


def len_of_sentences(text: str) -> float:
    """Words a sentence, on average."""
    parts = [part for part in re.split(r"(?<=[.!?])\s+", text) if word_count(part)]
    return sum(word_count(part) for part in parts) / len(parts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_a_fact_or_the_houses_own(language: str) -> None:
    own = own_words(language)
    facts = {f["id"]: " ".join(f["text"].split()) for f in COMPANIES[language]["facts"]}
    for article in month(language):
        told = {claim["sentence"] for claim in article["claims"]}
        for claim in article["claims"]:
            assert claim["sentence"] in article["markdown"]
            if claim["fact_id"] in facts:
                assert harmless(facts[claim["fact_id"]]).rstrip(".") in claim["sentence"]
            else:
                assert claim["fact_id"].startswith("dna:")
        for sentence in prose(article["markdown"]):
            bare = sentence.replace("**", "")
            if sentence in told or bare in told or "](" in sentence:
                continue
            pieces = [bare, bare[:1].lower() + bare[1:], bare.rstrip(".")]
            pieces.append(pieces[1].rstrip("."))
            assert any(piece in own for piece in pieces) or _filled_pattern(bare, language), bare


def _filled_pattern(sentence: str, language: str) -> bool:
    """Whether the sentence is one of the house's with the subject filled in."""
    patterns = [text for voice in voices(language) for text in voice.openings + voice.leads + voice.closings]
    patterns += [
        text for name in ("headings", "keyword", "openings", "gets") for text in pool(language, "intro", name)
    ]
    for pattern in patterns:
        for part in re.split(r"(?<=[.!?])\s+", fill(re.sub(r"\{(\w+)\}", "\u0001", pattern), {}, "vykani")):
            for half in {
                part,
                *(piece if piece.endswith(".") else f"{piece}." for piece in part.split("; ")),
            }:
                shape = re.escape(half).replace("\u0001", ".+")
                if re.fullmatch(shape, sentence, re.IGNORECASE):
                    return True
    return False


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_stands_twice_in_an_article(language: str) -> None:
    for article in month(language):
        long = [
            sentence for sentence in prose(article["markdown"]) if len(sentence) > 30 and "](" not in sentence
        ]
        assert len(long) == len(set(long))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_keeps_its_length_and_search_data(language: str) -> None:
    for topic, article in zip(month_of_topics(language), month(language), strict=True):
        plan = article["outline"]
        assert 1500 <= article["words"] <= 4000
        keyword = topic["primary_keyword"].casefold()
        assert keyword in plan["title"].casefold()
        assert any(keyword in part["heading"].casefold() for part in plan["sections"])
        assert keyword in " ".join(article["markdown"].split()[:110]).casefold()
        assert 8 <= len(plan["meta_title"]) <= 60
        assert 50 <= len(plan["meta_description"]) <= 160
        assert len(plan["internal_links"]) >= 2
        known = {target["url"] for target in COMPANIES[language]["link_targets"]} | {plan["cta"]["url"]}
        assert set(re.findall(r"\]\(([^)]+)\)", article["markdown"])) <= known
        assert sum(f"]({link['url']})" in article["markdown"] for link in plan["internal_links"]) >= 2
        assert f"]({plan['cta']['url']})" in article["markdown"]
        promised = [heading for heading in topic["outline"] if heading in article["markdown"]]
        assert len(promised) >= 3


def test_another_voice_keeps_the_keyword_over_the_first_chapter() -> None:
    """A topic may change hands between its approval and its article."""
    topic = month_of_topics("cs")[10]
    for persona in six("cs")[3:]:
        plan = outline.write("cs", {**article_inputs("cs", topic), "persona": persona})
        headings = [part["heading"].casefold() for part in plan["sections"]]
        assert any(topic["primary_keyword"].casefold() in heading for heading in headings[:3]), headings


@pytest.mark.parametrize(
    ("language", "text", "leans"),
    [
        ("cs", "V ceně je bochník, ošatka a kvásek.", True),
        ("cs", "Na přání je dodáme nedopečené, aby voněly u vás.", True),
        ("cs", "Ještě teplé je rozvážíme do kaváren a obchodů.", True),
        ("cs", "Vydrží sedm dní, takže se méně vyhazuje.", True),
        ("cs", "Je tu šest míst k sezení a káva z pražírny.", True),
        ("cs", "Těsto zraje osmnáct hodin v chladu.", False),
        ("cs", "Ranní směnu vede pekařka Alena Hrubá.", False),
        ("en", "Out of the oven it rests for six hours before we slice it.", True),
        ("en", "The dough rises overnight for nine hours.", False),
    ],
)
def test_what_leans_on_the_sentence_before_is_known(language: str, text: str, leans: bool) -> None:
    entry = {"id": "s:1", "text": text, "kind": "service"}
    assert [fact.leans for fact in told(entry, "", 1, tongue(language), ())] == [leans]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("cs", "Do podniků v okruhu 40 kilometrů od Lhotky, mezi Hradcem Králové a Náchodem."),
        ("cs", "2018: Otevíráme prodejnu v Rychnově."),
        ("en", "We repeated the test with the spelt loaf: the order was the same."),
    ],
)
def test_what_is_no_sentence_of_its_own_is_not_told(language: str, text: str) -> None:
    assert told({"id": "s:1", "text": text, "kind": "service"}, "", 1, tongue(language), ()) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("least", "most"), [(1500, 1800), (2500, 3000), (3500, 4000)])
def test_other_lengths_are_kept_too(language: str, least: int, most: int) -> None:
    topic = month_of_topics(language)[2]
    article = whole_article(language, article_inputs(language, topic, {"min": least, "max": most}))
    assert least <= article["words"] <= most


@pytest.mark.parametrize("language", LANGUAGES)
def test_articles_of_a_month_share_little(language: str) -> None:
    pairs = [body_similarity(a["markdown"], b["markdown"]) for a, b in combinations(month(language), 2)]
    assert max(pairs) < 0.15
    assert sum(pairs) / len(pairs) < 0.07


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_month_is_the_same_wherever_the_site_answers(language: str) -> None:
    """A demo's site gets another port each time; nothing about the company changes with it."""

    def written(site: str) -> list[str]:
        home = re.compile(r"https://\w+\.example")
        moved = json.loads(home.sub(site, json.dumps(COMPANIES[language])))
        asked = {**base(moved), "slots": slots(language, 3, date(2026, 12, 1))}
        month = topics.write(language, {**asked, "past_titles": [], "reject_reasons": []})["topics"]
        given = {**base(moved), "link_targets": moved["link_targets"], "remarks": []}
        given["words"] = {"min": 1500, "max": 4000}
        texts = [
            whole_article(language, {**given, "persona": six(language)[0], "topic": topic})["markdown"]
            for topic in month
        ]
        return [text.replace(site, "") for text in texts]

    assert written("http://127.0.0.1:8001") == written("http://127.0.0.1:54321")


def test_a_list_told_in_part_stays_a_list() -> None:
    """What an earlier section has said is left out line by line, not as holes in one long line."""
    lines = Block("Z čeho vybrat:\n\n- Masáž\n- Sauna\n- Wellness jen pro dva hosty", ())
    claims = (("Masáž", "a"), ("Sauna", "b"), ("Wellness jen pro dva hosty", "c"))
    whole = Section("Nabídka", "", (replace(lines, claims=claims),))
    assert section._without(whole, {"Wellness jen pro dva hosty"}).markdown == (
        "Z čeho vybrat:\n\n- Masáž\n- Sauna"
    )


def test_what_is_no_product_gives_no_title() -> None:
    """Rows of a table in an article, the tail of a list of materials, and answers from a page of questions."""
    site = "https://hracky.example"
    offer = [
        {"name": "Traktor", "desc": "s vlekem", "url": f"{site}/"},
        {"name": "dřevěné hračky z buku", "desc": "", "url": f"{site}/"},
        {"name": "javoru", "desc": "", "url": f"{site}/"},
        {"name": "lípy", "desc": "", "url": f"{site}/"},
        {"name": "igelitový sáček", "desc": "plesniví", "url": f"{site}/blog/jak-skladovat/"},
        {"name": "Ano, přes Packetu", "desc": "za 109 Kč", "url": f"{site}/nakup"},
    ]
    given = {"company": {}, "dna": {"offer.products_services": offer}, "facts": []}
    assert set(gather("cs", given).subjects) == {"Traktor", "dřevěné hračky z buku"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [12, 24, 72])
def test_three_months_of_topics_never_repeat_a_title(language: str, size: int) -> None:
    past: list[str] = []
    for start in (date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)):
        asked = {
            **base(COMPANIES[language]),
            "slots": slots(language, size, start, 6),
            "past_titles": list(past),
        }
        answer = topics.write(language, {**asked, "reject_reasons": []})["topics"]
        assert [topic["slot"] for topic in answer] == list(range(size))
        for topic in answer:
            assert repeats_title(topic["title"], past) == ""
            assert topic["primary_keyword"].casefold() in topic["title"].casefold()
            past.append(topic["title"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_posts_fit_their_network_and_differ(language: str) -> None:
    for topic, article in list(zip(month_of_topics(language), month(language), strict=True))[:6]:
        made = posts(language, article_inputs(language, topic), article, "https://a.example/clanek")
        assert len({post["text"] for post in made.values()}) == 5
        for one, other in combinations(made.values(), 2):
            assert body_similarity(one["text"], other["text"]) < 0.35
        for key, _name, limit, unit, tags_max, mode, _least, _most in PLATFORMS:
            post = made[key]
            assert count(post["text"] + "\n\n" + " ".join(post["hashtags"]), unit) <= limit * 0.95
            assert len(post["hashtags"]) <= tags_max
            assert ("https://a.example/clanek" in post["text"]) == (mode == "body")
            assert post["text"].startswith(post["hook"])
            assert check(key, post["text"], post["hashtags"]) == []
            assert all(claim["sentence"] in post["text"] for claim in post["claims"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_reader_finds_nothing_to_block(language: str) -> None:
    for topic, article in zip(month_of_topics(language), month(language), strict=True):
        common = {
            "language": language,
            "banned": ["levný", "cheap"],
            "formality": article_inputs(language, topic)["persona"]["formality"],
        }
        found = check_article(
            title=article["outline"]["title"], markdown=article["markdown"], seo=article["outline"], **common
        )
        assert [finding for finding in found if finding.severity == "block"] == []
        assert {finding.rule for finding in found} <= {"long_sentence"}
    for key, post in posts(language, article_inputs(language, topic), article, "https://a.example/b").items():
        assert check_social(platform=key, text=post["text"], hashtags=post["hashtags"], **common) == []


def test_the_reader_is_addressed_as_the_company_speaks() -> None:
    company = base(COMPANIES["cs"])
    familiar = {**company, "dna": {**company["dna"], "voice.formality": "tykani"}}
    topic = month_of_topics("cs")[3]
    inputs = {**article_inputs("cs", topic), **familiar}
    inputs["persona"] = {**inputs["persona"], "formality": "tykani"}
    text = whole_article("cs", inputs)["markdown"]
    assert (
        re.findall(
            r"\b(?:váš|vám|vás|vaše|vašem|vaší|můžete|zkuste|zeptejte|ptejte|jste)\b", text, re.IGNORECASE
        )
        == []
    )


def test_what_is_ordered_is_ordered_the_same_in_every_process() -> None:
    """A set inside a part or fact would print in another order each time Python starts."""
    parts = [str(module) for module in modules("cs")]
    assert parts == [module.key for module in modules("cs")]
    fact = gather("cs", base(COMPANIES["cs"])).facts[0]
    assert str(fact) == f"{fact.fact_id} {fact.text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_parts_share_a_heading(language: str) -> None:
    """A heading is how an approved topic says which part its article will have."""
    headings = [heading for module in modules(language) for heading in module.headings]
    headings += [heading for chapter in chapters(language).values() for heading in chapter.headings]
    assert len(headings) == len(set(headings))


def test_house_sentences_claim_nothing() -> None:
    for language in LANGUAGES:
        mother = tongue(language)
        texts = [block for module in modules(language) for block in module.blocks]
        texts += [
            text
            for voice in voices(language)
            for text in voice.openings + voice.leads + voice.closings + voice.hooks
        ]
        for text in texts:
            assert "!" not in text
            assert not any(re.search(puff, text, re.IGNORECASE) for puff in mother.puffery), text
            assert not re.search(r"\d{2,}", text), text
        assert len(texts) > 250
        assert all(len(sentences(block, mother)) >= 1 for block in texts)


def remarked(text: str, *remarks: tuple[str, str], language: str = "cs") -> dict[str, Any]:
    given = [{"quote": quote, "text": wish} for quote, wish in remarks]
    persona = six(language)[0]
    return rewrite.write(
        language,
        {**base(COMPANIES[language]), "persona": persona, "text": text, "remarks": given, "kind": "article"},
    )


TEXT = (
    "Těsto zraje dlouho! Chléb voní.\n\nTenhle odstavec je fajn. Druhá věta je tu taky."
    "\n\nNeváhejte a objednejte. Konec."
)


@pytest.mark.parametrize(
    ("quote", "wish", "becomes"),
    [
        ("Těsto zraje dlouho!", "bez vykřičníků", TEXT.replace("dlouho!", "dlouho.")),
        ("Druhá věta je tu taky.", "tohle prosím vynechat", TEXT.replace(" Druhá věta je tu taky.", "")),
        ("", "místo „voní“ dejte „křupe“", TEXT.replace("voní", "křupe")),
        (
            "Tenhle odstavec je fajn.",
            "formálněji",
            TEXT.replace("Tenhle odstavec je fajn", "Tento odstavec je vhodné"),
        ),
        (
            "",
            "působí to prodejně",
            TEXT.replace("dlouho!", "dlouho.").replace("Neváhejte a objednejte. ", ""),
        ),
    ],
)
def test_a_remark_changes_what_it_speaks_of_and_nothing_else(quote: str, wish: str, becomes: str) -> None:
    answer = remarked(TEXT, (quote, wish))
    assert answer["text"] == becomes
    assert len(answer["change_log"]) == 1


@pytest.mark.parametrize(("language", "wish"), [("cs", "Zkraťte začátek."), ("en", "Shorten the beginning.")])
def test_a_shorter_beginning_leaves_the_rest_and_the_agreed_length(language: str, wish: str) -> None:
    for article in month(language):
        text = article["markdown"]
        asked = {**base(COMPANIES[language]), "persona": six(language)[0], "text": text, "kind": "article"}
        answer = rewrite.write(language, {**asked, "remarks": [{"quote": "", "text": wish}]})
        beginning, rest = text.split("\n\n## ", 1)
        assert answer["text"].endswith(f"\n\n## {rest}")
        assert len(answer["text"]) <= len(beginning) + len(rest) + 5
        assert word_count(answer["text"]) >= 1500


def test_any_other_remark_retells_the_quoted_place_from_facts() -> None:
    answer = remarked(TEXT, ("Tenhle odstavec je fajn. Druhá věta je tu taky.", "napište sem něco o kvásku"))
    before, after = TEXT.split("Tenhle odstavec je fajn. Druhá věta je tu taky.")
    assert answer["text"].startswith(before)
    assert answer["text"].endswith(after)
    assert "vás" in answer["text"] or answer["claims"]
    assert any("vásek" in claim["sentence"] or "vásk" in claim["sentence"] for claim in answer["claims"])


def test_a_question_is_answered_from_the_facts_nearest_to_it() -> None:
    facts = [
        "Tvaroh a mák mícháme vždy v den pečení.",
        "Každou první sobotu pořádáme kurz kváskového chleba.",
        "Pečení začíná každý den ve tři ráno.",
        "Pec po pečení čistíme kartáčem.",
    ]
    given = [{"id": f"s:{place}", "text": text, "kind": "service"} for place, text in enumerate(facts)]
    asked = {"company": {"brand_name": "Pekárna Novák"}, "facts": given}
    material = gather("cs", {**asked, "dna": {"audience.objections": ["Pořádáte kurzy pečení?"]}})
    answers = [idea.facts[0].text for idea in ideas(material, frozenset()) if "question" in idea.needs]
    assert answers == [facts[1]]
    assert material.inside("Pekárna Novák") == "Pekárna Novák"


def test_a_link_says_what_its_page_is_about() -> None:
    titles = [
        "Home - Northgate Systems",
        "Úvod | Pekárna Novák",
        "Žitný chléb 750 g, Pekárna Novák",
        "Cake – Shop",
    ]
    brands = ["Northgate Systems", "Pekárna Novák", "Pekárna Novák", ""]
    anchors = [anchor_of(title, brand) for title, brand in zip(titles, brands, strict=True)]
    assert anchors == ["Northgate Systems", "Pekárna Novák", "Žitný chléb 750 g", "Cake"]


@pytest.mark.parametrize(
    ("language", "text", "leans"),
    [
        ("cs", "Vedeme ho od roku 2003 a krmíme každých 12 hodin.", True),
        ("cs", "Děti jej mají rády opečený k snídani.", True),
        ("cs", "Kvásek vedeme od roku 2003 a krmíme každých 12 hodin.", False),
        ("en", "We feed it every twelve hours, even at Christmas.", True),
        ("en", "We feed the starter every twelve hours.", False),
    ],
)
def test_a_sentence_that_leans_on_the_one_before_is_known(language: str, text: str, leans: bool) -> None:
    (fact,) = told({"id": "s:1", "text": text, "kind": "process"}, "", 0, tongue(language), ())
    assert fact.leans is leans


def test_a_quote_that_is_gone_changes_nothing() -> None:
    answer = remarked(TEXT, ("tohle tu není", "smazat"))
    assert answer["text"] == TEXT
    assert answer["change_log"] == ["Citované místo už v textu není: „tohle tu není“."]


def test_the_networks_of_the_tests_are_those_of_the_product() -> None:
    assert {row[0] for row in PLATFORMS} == set(NETWORKS)
    assert word_runs("a b c d", 3) == frozenset({"a b c", "b c d"})
