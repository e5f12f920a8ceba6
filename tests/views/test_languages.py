"""The pages of the text's other languages: the translator's, the file's, the reader's side by side."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from delegations.models import Seat
from drafting.exports import FORMATS
from drafting.models import BaseText, LanguageVersion, NegotiatingText, Translation
from drafting.queries import documents, languages
from drafting.services import decisions, revisions
from drafting.services import languages as acts
from drafting.services.languages import Wording
from tests import factories
from tests.cast import Cast

Browse = Callable[[Seat], Client]
PAGE = "/rivers/treaty/languages/ar/"
#: Every provision in Arabic; the brackets of the third stand in another order.
ARABIC = {
    "partI": "الجزء الأول أحكام عامة",
    "9": "المادة ٩ سحب المياه",
    "9.1": "١- كل طرف [جميع التدابير [اللازمة]] [يتعين][ينبغي] أن يتخذ.",
    "9.1(a)": "(أ) [أن يمسك سجلاً؛",
    "9.1(b)": "(ب) أن ينشره؛]",
    "9.2": "٢- لا يمس هذا مياه الشرب.",
}


@pytest.fixture
def arabic(cast: Cast, treaty: NegotiatingText) -> LanguageVersion:
    return acts.open(cast.secretary, treaty, "ar", "معاهدة")


@pytest.fixture
def whole(cast: Cast, arabic: LanguageVersion) -> LanguageVersion:
    """All of it in Arabic."""
    for address, words in ARABIC.items():
        row = factories.provision(arabic.text, address)
        order = [3, 4, 1, 2] if address == "9.1" else None
        acts.translate(cast.secretary, arabic, Wording(row, BaseText.key_of(row.words.content), words, order))
    return arabic


def sent(cast: Cast, version: LanguageVersion, address: str, words: str, brackets: str = "") -> dict[str, str]:
    row = next(row for row in languages.rows(cast.secretary, version) if row.address == address)
    told = {"provision": row.id, "source": row.source, "replaces": row.translation}
    return {name: str(value) for name, value in told.items()} | {"words": words, "brackets": brackets}


def test_a_version_is_opened_from_the_page_that_lists_them(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    answer = browse(cast.secretary).post("/rivers/treaty/languages/", {"language": "zh", "title": "条约"})
    assert answer["Location"] == "/rivers/treaty/languages/zh/"
    html = browse(cast.norway).get("/rivers/treaty/languages/").content.decode()
    assert "条约" in html
    assert "Open a version" not in html


def test_a_provision_is_translated_with_its_brackets_by_their_numbers(
    cast: Cast, arabic: LanguageVersion, browse: Browse
) -> None:
    answer = browse(cast.secretary).post(PAGE, sent(cast, arabic, "9.1", ARABIC["9.1"], "3 4 1 2"))
    assert answer.status_code == 302
    assert Translation.objects.get().order == [3, 4, 1, 2]


def test_what_is_refused_stays_on_the_screen(cast: Cast, arabic: LanguageVersion, browse: Browse) -> None:
    answer = browse(cast.secretary).post(PAGE, sent(cast, arabic, "9.1", "كلمات بلا أقواس"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'data-code="unlike-brackets"' in html
    assert "كلمات بلا أقواس</textarea>" in html


def test_two_translators_do_not_overwrite_each_other(cast: Cast, arabic: LanguageVersion, browse: Browse) -> None:
    late = sent(cast, arabic, "9.2", "٢- نص متأخر.")
    browse(cast.secretary).post(PAGE, sent(cast, arabic, "9.2", ARABIC["9.2"]))
    answer = browse(cast.secretary).post(PAGE, late)
    assert answer.status_code == 409
    assert ARABIC["9.2"] in answer.content.decode()
    assert Translation.objects.get().words == ARABIC["9.2"]


def test_what_waits_comes_first_and_says_what_changed(cast: Cast, whole: LanguageVersion, browse: Browse) -> None:
    pair = whole.text.brackets.get(article="9", number=2)
    decisions.decide(cast.chair, whole.text, "drop", "room", brackets=[pair.pk], reason="No.")
    html = browse(cast.secretary).get(PAGE).content.decode()
    assert "1 provision of 6 waits for words" in html
    assert "<del>[should]</del>" in html
    assert f'dir="rtl">{ARABIC["9.1"]}</textarea>' in html


def test_our_own_file_comes_back_with_its_brackets(cast: Cast, whole: LanguageVersion, browse: Browse) -> None:
    made = documents.bracketed(cast.secretary, whole.text, None, "ar")
    data = FORMATS["docx"].write(made)
    client = browse(cast.secretary)
    html = client.post(f"{PAGE}file/", {"file": SimpleUploadedFile("ar.docx", data)}).content.decode()
    assert "6 provisions read as before" in html


def test_a_file_of_others_is_shown_first_and_then_put_in(cast: Cast, arabic: LanguageVersion, browse: Browse) -> None:
    words = "\n\n".join(ARABIC.values())
    client = browse(cast.secretary)
    html = client.post(f"{PAGE}file/", {"file": SimpleUploadedFile("ar.txt", words.encode())}).content.decode()
    assert not Translation.objects.exists()
    seen = html.split('name="seen" value="')[1].split('"')[0]
    client.post(f"{PAGE}file/", {"seen": seen, "put": "1"})
    (found,) = languages.progress(cast.secretary, arabic.text)
    assert found.counts["fresh"] >= 5


def test_languages_stand_side_by_side_with_the_same_numbers(cast: Cast, whole: LanguageVersion, browse: Browse) -> None:
    html = browse(cast.norway).get("/rivers/treaty/side-by-side/").content.decode()
    english, arabic = html.split('id="9.1"')[1].split("</tr>")[0].split("<td ")[1:]
    assert 'lang="ar" dir="rtl"' in arabic
    assert [part[0] for part in english.split('data-n="')[1:]] == ["1", "2", "3", "4"]
    assert [part[0] for part in arabic.split('data-n="')[1:]] == ["3", "4", "1", "2"]


def test_an_observer_reads_a_language_once_a_revision_is_issued_in_it(
    cast: Cast, whole: LanguageVersion, browse: Browse
) -> None:
    revision = revisions.issue(cast.secretary, whole.text)
    client, page = browse(cast.observer), "/rivers/treaty/revisions/1/bracketed/?lang=ar"
    assert client.get(page).status_code == 404
    browse(cast.secretary).post(f"{PAGE}issue/", {"number": "1"})
    assert revision.languages.count() == 1
    html = client.get(page).content.decode()
    assert 'lang="ar" dir="rtl"' in html
    assert "المادة" in html
    assert 'dir="rtl"' in client.get("/rivers/treaty/side-by-side/").content.decode()


def test_a_file_in_another_language_says_so_in_its_name(cast: Cast, whole: LanguageVersion, browse: Browse) -> None:
    answer = browse(cast.norway).get("/rivers/treaty/bracketed.txt?lang=ar")
    assert answer["Content-Disposition"] == 'attachment; filename="treaty-bracketed-ar.txt"'
    assert "المادة ٩" in answer.content.decode()


def test_there_is_no_change_log_in_another_language(cast: Cast, whole: LanguageVersion, browse: Browse) -> None:
    assert "?lang=ar" in browse(cast.norway).get("/rivers/treaty/clean/").content.decode()
    assert "?lang=" not in browse(cast.norway).get("/rivers/treaty/log/").content.decode()
    assert browse(cast.norway).get("/rivers/treaty/log/?lang=ar").status_code == 404
    assert browse(cast.norway).get("/rivers/treaty/clean/?lang=de").status_code == 404


def test_what_waits_stands_in_the_originals_words_and_says_their_language(
    cast: Cast, arabic: LanguageVersion, browse: Browse
) -> None:
    html = browse(cast.norway).get("/rivers/treaty/clean/?lang=ar").content.decode()
    assert '<p class="tx" lang="en" dir="auto">2. Nothing here' in html
    assert "لم تُترجم بصيغتها الحالية" in html
