"""Two whole companies as the writers see them: a Czech bakery and an English roofer."""

from typing import Any

CZ_FACTS = """
product|Kváskový chléb|Kváskový chléb pečeme ze žitné a pšeničné mouky bez přidaného droždí.
process|Kváskový chléb|Těsto na kváskový chléb zraje osmnáct hodin.
process|Kváskový chléb|Kvásek krmíme každý den v pět odpoledne žitnou moukou a vlažnou vodou.
history|Kváskový chléb|Kvásek u nás žije od roku 1994 a říkáme mu Bohouš.
product|Kváskový chléb|Bochník váží kilogram a kůrku má pečenou do tmava.
advice|Kváskový chléb|Chléb vydrží čerstvý do neděle, když ho necháte v plátěném pytlíku při pokojové teplotě.
advice|Kváskový chléb|Krájet ho doporučujeme až druhý den, kdy se střída usadí.
product|Kváskový chléb|Do těsta přidáváme drcený kmín z Podještědí.
product|Vánočka|Vánočku pleteme ručně ze šesti pramenů.
product|Vánočka|Do vánočky patří máslo, rozinky a sekané mandle.
process|Vánočka|Těsto na vánočku zaděláváme večer a pleteme ve čtyři ráno.
service|Vánočka|Vánočky přijímáme na objednávku do patnáctého prosince.
advice|Vánočka|Vánočka se nejlépe krájí až po úplném vychladnutí.
number|Vánočka|V prosinci upečeme kolem osmi set vánoček.
product|Máslové rohlíky|Máslové rohlíky stáčíme ručně a pečeme třikrát denně.
product|Máslové rohlíky|Do rohlíků přidáváme droždí a plnotučné mléko z farmy v Rovensku.
number|Máslové rohlíky|Za jedno ráno stočíme přes tisíc dvě stě rohlíků.
service|Máslové rohlíky|Rohlíky rozvážíme kavárnám každý všední den do šesti hodin.
product|Koláče na objednávku|Svatební koláčky pečeme s tvarohem, mákem a povidly.
service|Koláče na objednávku|Na svatební koláčky stačí objednávka pět dní předem.
process|Koláče na objednávku|Povidla vaříme ze švestek bez cukru osm hodin.
advice|Koláče na objednávku|Na jednoho hosta počítejte s pěti koláčky.
product|Koláče na objednávku|Koláče balíme do krabic po třiceti kusech.
product|Linecké cukroví|Linecké cukroví slepujeme rybízovou marmeládou z vlastní zahrady.
process|Linecké cukroví|Cukroví pečeme od poloviny listopadu, aby stihlo změknout.
advice|Linecké cukroví|Plechovku s cukrovím uložte v chladu a prokládejte papírem.
product|Perník|Mikulášský perník zdobíme bílkovou polevou ručně.
process|Perník|Perníkové těsto odpočívá dva týdny v chladu.
product|Perník|Do perníku dáváme med od včelaře z Mašova.
service|Rozvoz pro kavárny|Kavárnám dodáváme pečivo vlastní dodávkou po Turnově a okolí.
number|Rozvoz pro kavárny|Pečivo od nás bere čtrnáct kaváren.
guarantee|Rozvoz pro kavárny|Neprodané pečivo druhý den vykoupíme zpět na strouhanku.
service|Rozvoz pro kavárny|Objednávku na další den přijímáme do čtrnácti hodin.
people||Josef Novák peče od svých šestnácti let a pec zná po hmatu.
people||Jana Nováková vede krámek a objednávky přijímá osobně.
people||V pekárně pracuje jedenáct lidí a dva učni.
people||Ranní směnu vede pekařka Alena Hrubá.
history||Pekárnu založil Josef Novák starší v roce 1991 v domě po babičce.
history||Cihlovou pec postavil kamnář Šulc podle plánů z roku 1928.
history||První prodejna měla dva metry na tři a otevírala v pět ráno.
process||Pečeme každé ráno od tří hodin.
process||Mouku mele na kamenech mlýn v Javornici.
process||Pec vytápíme bukovým dřevem a vytápění začíná v jednu v noci.
process||Každou várku zapisujeme do sešitu s teplotou a časem.
process||Sůl vážíme, protože na dvou gramech záleží.
number||Denně projde pekárnou tři sta kilogramů mouky.
number||Z pece vyjede za noc pět plných várek.
proof||Chléb Novák získal ocenění Regionální potravina Libereckého kraje v roce 2024.
proof||O pekárně natáčela Česká televize dokument Řemeslo v krvi.
proof||Certifikát ekologického zemědělství má naše žitná mouka od roku 2019.
guarantee||Reklamovaný bochník vyměníme bez ptaní.
guarantee||Složení každého výrobku visí na dveřích krámku.
guarantee||Alergeny vypisujeme na cedulku u každého druhu.
service||Krámek na náměstí otevíráme v šest ráno.
service||V sobotu pečeme do jedenácti a potom zavíráme.
service||Objednávku lze nechat přes noc v záznamníku.
service||Platit se dá kartou i hotově.
service||Parkovat lze na dvoře za krámkem.
general||Pekařství Novák sídlí v Turnově na náměstí Českého ráje.
general||Pekárna je rodinný podnik ve třetí generaci.
general||Suroviny nakupujeme do padesáti kilometrů od Turnova.
advice||Starý chléb není odpad, hodí se na topinky a strouhanku.
advice||Pečivo nepatří do lednice, protože v chladu rychleji stárne.
advice||Zmrazený chléb rozmrazujte v papíru při pokojové teplotě.
process|Žitný chléb|Žitný chléb pečeme v úterý a v pátek.
product|Žitný chléb|Žitný chléb obsahuje devadesát procent žitné mouky.
advice|Žitný chléb|K žitnému chlebu se hodí pomazánka z tvarohu a pažitky.
product|Topinkový chléb|Topinkový chléb krájíme na osmimilimetrové plátky.
history|Perník|Formy na perník jsou vyřezané z hruškového dřeva a pamatují prababičku.
people|Perník|Perníčky zdobí paní Marie Součková, která kdysi učila výtvarnou výchovu.
"""

EN_FACTS = """
service|Slate roof repair|We replace slipped slates singly, without stripping the whole roof.
process|Slate roof repair|Every slate is hung on two copper nails.
product|Slate roof repair|Our Welsh slates come from Penrhyn quarry near Bethesda.
number|Slate roof repair|A typical repair takes our team six hours.
guarantee|Slate roof repair|Slate repairs carry a ten-year written warranty.
advice|Slate roof repair|A slipped slate is easiest to spot from across the street with binoculars.
process|Slate roof repair|We sort reclaimed slates by thickness before they go up.
history|Slate roof repair|Most slates in Hexham came down the valley by cart in the 1880s.
service|Gutter cleaning|We clear gutters by vacuum from the ground, so no ladder leans on your wall.
number|Gutter cleaning|A terraced house takes about forty minutes.
service|Gutter cleaning|You get photographs of the gutter before and after.
advice|Gutter cleaning|Gutters are best cleared after the leaves are down, in late November.
process|Gutter cleaning|We flush every downpipe and check where the water goes.
service|Roof inspection|An inspection within ten miles of Hexham is free.
process|Roof inspection|We inspect valleys, flashings, ridge tiles and chimneys in that order.
service|Roof inspection|The report comes by e-mail within two working days.
product|Roof inspection|Each report holds at least twelve photographs.
advice|Roof inspection|Book an inspection before the first frost.
number|Roof inspection|We look at about two hundred roofs every autumn.
process|Roof inspection|A drone with a still camera reaches what a ladder cannot.
product|Lead flashing|We dress lead on site from code 4 and code 5 sheet.
process|Lead flashing|Lead is laid in lengths under a metre and a half, because it moves with the heat.
guarantee|Lead flashing|Patination oil goes on the same day.
advice|Lead flashing|White streaks below a chimney usually mean that the lead was left bare.
people|Lead flashing|Dan Okafor trained as a lead worker at Durham Cathedral.
product|Chimney repointing|We repoint chimneys with lime mortar, never with cement.
process|Chimney repointing|Old joints are raked out by hand to a depth of twenty millimetres.
advice|Chimney repointing|Lime needs a week without frost to set.
service|Chimney repointing|Scaffolding is included in our quote.
history|Chimney repointing|The lime comes from a kiln that has been burning since 1840.
service|Flat roof replacement|We lay EPDM rubber in a single sheet without joints.
guarantee|Flat roof replacement|The membrane carries a twenty-year manufacturer's warranty.
process|Flat roof replacement|Rotten boards are replaced before anything is laid.
number|Flat roof replacement|A garage roof is done in a day.
advice|Flat roof replacement|Standing water two days after rain means the fall is wrong.
service|Storm call-out|We answer storm calls from six in the morning.
process|Storm call-out|A tarpaulin goes on first and the repair follows in dry weather.
number|Storm call-out|After storm Arwen we made ninety roofs watertight in eleven days.
service|Storm call-out|We write the letter your insurer asks for.
people||Pete Alder has been on roofs for forty years.
people||Ruth Finch runs the office and picks up the phone herself.
people||Nine people work here and two of them are apprentices.
people||Every job has one named foreman from start to finish.
history||Alder & Finch was founded in 1986 in a shed behind the station.
history||The firm still owns its first van, a blue Bedford.
history||The Finch family joined the business in 1994.
process||We photograph every roof before we touch it.
process||Nothing is thrown from a roof; waste comes down in bags.
process||We sweep the pavement every evening.
process||Nails and screws are picked up with a magnet before we leave.
proof||Alder & Finch is a member of the National Federation of Roofing Contractors.
proof||Northumberland Council lists us as an approved heritage contractor.
proof||The abbey gatehouse roof won a regional heritage award in 2023.
guarantee||We never ask for a deposit on jobs under two thousand pounds.
guarantee||The price in the quote is the price on the invoice.
guarantee||If the weather stops us, you do not pay for the day.
service||We work across Tynedale and west Newcastle.
service||A quote arrives within three days of the visit.
service||You can pay in two parts without interest.
service||The office is open from seven until four.
general||Alder & Finch Roofing is based in Hexham, Northumberland.
general||We work on houses, barns, churches and small offices.
general||Our yard holds about nine thousand reclaimed slates.
advice||Moss holds water against the slate and lifts it when it freezes.
advice||A damp patch on a ceiling is often a metre away from the leak.
advice||Look in the loft on a sunny day; daylight shows where water gets in.
advice||Keep one spare slate from every repair.
number||We finished three hundred and twelve jobs last year.
number||Seven out of ten customers come by recommendation.
process|Heritage roofs|We match slate by colour, size and quarry on listed buildings.
service|Heritage roofs|We prepare the drawings for listed building consent.
history|Heritage roofs|Our oldest roof so far was built in 1612.
people|Heritage roofs|A conservation officer visits our heritage jobs once a week.
"""


def facts(lines: str, site: str) -> list[dict[str, str]]:
    rows = [line.split("|", 2) for line in lines.strip().splitlines()]
    return [
        {"id": f"s:{place}", "text": text, "kind": kind, "source_url": f"{site}/", "subject": subject}
        for place, (kind, subject, text) in enumerate(rows)
    ]


BAKERY: dict[str, Any] = {
    "language": "cs",
    "company": {"brand_name": "Pekařství Novák", "industry": "pekařství", "city": "Turnov"},
    "dna": {
        "identity.brand_name": "Pekařství Novák",
        "offer.products_services": [
            {"name": "Kváskový chléb", "desc": "bochník ze žitné a pšeničné mouky", "url": "/chleb"},
            {"name": "Vánočka", "desc": "máslová, pletená ze šesti pramenů", "url": "/vanocka"},
            {"name": "Máslové rohlíky", "desc": "ručně stáčené", "url": "/rohliky"},
            {"name": "Koláče na objednávku", "desc": "svatební i na oslavy", "url": "/kolace"},
            {"name": "Linecké cukroví", "desc": "s rybízovou marmeládou", "url": "/cukrovi"},
            {"name": "Perník", "desc": "zdobený ručně", "url": "/pernik"},
            {"name": "Rozvoz pro kavárny", "desc": "každý všední den", "url": "/rozvoz"},
        ],
        "offer.flagship": "Kváskový chléb",
        "offer.usp": ["bez přidaných látek", "mouka mletá na kamenech", "pec na bukové dřevo"],
        "offer.guarantees": ["výměna bochníku bez ptaní"],
        "offer.primary_cta": {"label": "Objednat pečivo", "url": "https://novak.example/objednavka"},
        "audience.segments": [{"name": "rodiny z Turnova"}, {"name": "kavárny"}, {"name": "nevěsty"}],
        "audience.pains": ["pečivo do oběda oschne"],
        "audience.goals": ["čerstvé pečivo v šest ráno"],
        "audience.objections": ["vyšší cena než v obchodě", "krámek zavírá brzy"],
        "voice.formality": "vykani",
        "voice.vocabulary_banned": ["levný"],
        "market.seasonality": [{"month": 12, "note": "vánočky a cukroví"}, {"month": 6, "note": "svatby"}],
        "proof.awards_certs": [{"name": "Regionální potravina", "year": 2024}],
        "proof.testimonials": [
            {"quote": "Chleba, na který se čeká ve frontě rád.", "author": "paní Horáková"}
        ],
        "channels.website": "https://novak.example/",
        "seo.primary_keywords": ["kváskový chléb Turnov", "pekárna Turnov"],
        "seo.secondary_keywords": [
            "svatební koláčky",
            "pečivo pro kavárny",
            "vánočka na objednávku",
            "žitný chléb",
        ],
    },
    "facts": facts(CZ_FACTS, "https://novak.example"),
    "link_targets": [
        {"url": "https://novak.example/chleb", "title": "Náš chléb"},
        {"url": "https://novak.example/vanocka", "title": "Vánočky na objednávku"},
        {"url": "https://novak.example/rozvoz", "title": "Rozvoz pro kavárny"},
        {"url": "https://novak.example/o-nas", "title": "O pekárně"},
    ],
}

ROOFER: dict[str, Any] = {
    "language": "en",
    "company": {"brand_name": "Alder & Finch Roofing", "industry": "roofing", "city": "Hexham"},
    "dna": {
        "identity.brand_name": "Alder & Finch Roofing",
        "offer.products_services": [
            {"name": "Slate roof repair", "desc": "single slates, no stripping", "url": "/slate"},
            {"name": "Gutter cleaning", "desc": "by vacuum from the ground", "url": "/gutters"},
            {"name": "Roof inspection", "desc": "free within ten miles", "url": "/inspection"},
            {"name": "Lead flashing", "desc": "dressed on site", "url": "/lead"},
            {"name": "Chimney repointing", "desc": "in lime mortar", "url": "/chimneys"},
            {"name": "Flat roof replacement", "desc": "in a single sheet", "url": "/flat"},
            {"name": "Storm call-out", "desc": "from six in the morning", "url": "/storm"},
        ],
        "offer.flagship": "Slate roof repair",
        "offer.usp": ["one named foreman", "photographs before and after", "lime mortar only"],
        "offer.guarantees": ["ten-year written warranty on slate repairs"],
        "offer.primary_cta": {"label": "Book an inspection", "url": "https://alderfinch.example/book"},
        "audience.segments": [{"name": "owners of old houses"}, {"name": "landlords"}, {"name": "parishes"}],
        "audience.pains": ["leaks that come back"],
        "audience.goals": ["a dry loft before winter"],
        "audience.objections": ["scaffolding is expensive", "roofers never call back"],
        "voice.vocabulary_banned": ["cheap"],
        "market.seasonality": [
            {"month": 11, "note": "first frost"},
            {"month": 3, "note": "after the storms"},
        ],
        "proof.awards_certs": [{"name": "Regional heritage award", "year": 2023}],
        "proof.testimonials": [
            {"quote": "They swept the street when they left.", "author": "Mrs Lowe, Corbridge"}
        ],
        "channels.website": "https://alderfinch.example/",
        "seo.primary_keywords": ["slate roof repair Hexham", "roofer Hexham"],
        "seo.secondary_keywords": [
            "lime mortar chimney",
            "gutter vacuum cleaning",
            "listed building roof",
            "storm damage",
        ],
    },
    "facts": facts(EN_FACTS, "https://alderfinch.example"),
    "link_targets": [
        {"url": "https://alderfinch.example/slate", "title": "Slate repairs"},
        {"url": "https://alderfinch.example/inspection", "title": "The free inspection"},
        {"url": "https://alderfinch.example/storm", "title": "Storm call-out"},
        {"url": "https://alderfinch.example/about", "title": "Who we are"},
    ],
}

COMPANIES = {"cs": BAKERY, "en": ROOFER}


def base(company: dict[str, Any]) -> dict[str, Any]:
    return {key: company[key] for key in ("company", "dna", "facts")}
