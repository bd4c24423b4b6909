"""What a person says of a file is kept as it was said."""

from matcher.actions.import_overlay import Overlay


def test_it_is_read_as_it_was_written() -> None:
    overlay = Overlay({" 甲 ": "title", "乙": ""}, {"12": {" 甲 ": "a\nb "}}, "D-1")
    assert Overlay.from_bytes(overlay.to_bytes()) == overlay
    assert Overlay.from_bytes(Overlay().to_bytes()) == Overlay()


def test_corrections_are_found_by_the_number_of_the_row() -> None:
    assert Overlay(corrections={"12": {"甲": "a"}}).by_row() == {12: {"甲": "a"}}
