import re
from typing import Any

from django.conf import settings
from django.test import Client


def test_name_and_language_are_kept_and_spoken_at_once(browser_of: Any, cast: Any) -> None:
    sofia = browser_of("sofia")
    response = sofia.post("/profile/", {"name": "Sofie Nová", "language": "cs"})
    assert response.status_code == 303
    cast.sofia.refresh_from_db()
    assert (cast.sofia.name, cast.sofia.language) == ("Sofie Nová", "cs")
    page = sofia.get("/profile/")
    assert page["Content-Language"] == "cs"
    assert '<html lang="cs"' in page.content.decode()


def test_a_name_is_not_left_empty(browser_of: Any, cast: Any) -> None:
    name = cast.sofia.name
    assert browser_of("sofia").post("/profile/", {"name": " ", "language": "cs"}).status_code == 422
    cast.sofia.refresh_from_db()
    assert cast.sofia.name == name
    assert "-----" not in browser_of("sofia").get("/profile/").content.decode()


def test_a_language_we_do_not_speak_is_refused(browser_of: Any) -> None:
    response = browser_of("sofia").post("/profile/", {"name": "Sofia", "language": "xx"})
    assert response.status_code == 422


def test_the_switch_moves_a_persons_own_language(browser_of: Any, cast: Any) -> None:
    cast.sofia.language = "en"
    cast.sofia.save()
    sofia = browser_of("sofia")
    sofia.post("/language/", {"language": "cs", "next": "/profile/"})
    cast.sofia.refresh_from_db()
    assert cast.sofia.language == "cs"
    assert sofia.get("/profile/")["Content-Language"] == "cs"


def test_somebody_without_a_choice_is_spoken_to_as_the_organization_speaks(
    browser_of: Any, acme: Any
) -> None:
    acme.language = "cs"
    acme.save()
    assert '<html lang="cs"' in browser_of("sofia").get("/settings/").content.decode()


def test_the_browsers_language_decides_on_the_apex(apex: Client) -> None:
    page = apex.get("/register/", headers={"accept-language": "cs,en;q=0.5"})
    assert page["Content-Language"] == "cs"
    assert "Cookie" in page["Vary"]


def test_a_chosen_cookie_goes_before_the_browsers_language(apex: Client) -> None:
    apex.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert apex.get("/register/", headers={"accept-language": "cs"})["Content-Language"] == "en"


def test_what_one_agrees_to_can_be_read(apex: Client) -> None:
    pages = [apex.get(path, headers={"accept-language": "cs"}) for path in ("/terms/", "/privacy/")]
    assert [page.status_code for page in pages] == [200, 200]
    assert [re.search(r"Verze ze dne \d+\.\s\d+\.", page.content.decode()) is None for page in pages] == [
        False
    ] * 2


def test_signing_out_everywhere_else_ends_every_other_session_and_keeps_this_one(
    browser_of: Any, acme: Any
) -> None:
    here, elsewhere = browser_of("sofia"), browser_of("sofia")
    apex = browser_of("sofia", host="posthub.localhost")
    answer = here.post("/profile/sign-out-elsewhere/", {"next": "/settings/security/"})
    assert (answer.status_code, answer["Location"]) == (303, "/settings/security/")
    assert here.get("/settings/security/").status_code == 200
    assert [browser.get("/profile/").status_code for browser in (elsewhere, apex)] == [302, 302]
