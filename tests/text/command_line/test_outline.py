"""`outline FILE`: addresses, labels to look at, cross-references that lead nowhere."""

from drafting.text.command_line import outline


def test_every_provision_is_called_by_its_address() -> None:
    found = outline.describe(["Article 9\nScope\n2.bis The text.", "3. See article 12."])
    assert [(each["address"], each["label"], each["under"]) for each in found["provisions"]] == [
        ("9", "Article 9", ""),
        ("9.2bis", "2.bis", "9"),
        ("9.3", "3.", "9"),
    ]


def test_it_names_what_to_look_at() -> None:
    found = outline.describe(["Article 9\n2.bis The text.", "3. See article 12."])
    assert [(each["address"], each["fault"]) for each in found["irregular"]] == [("9.2bis", "irregular")]
    assert found["dangling"] == [
        {"address": "9.3", "offset": 15, "sentence": "The text names article 12, but there is no such provision in it."}
    ]
