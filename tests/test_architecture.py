"""Habits of the tree that the import contract in setup.cfg takes for granted or can't see."""

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
ROOTS = ("matcher", "training")
WITHOUT_OWN_TEST = {"__init__.py", "__main__.py"}


def modules() -> list[Path]:
    """Every module, relative to the checkout."""
    found = (path for root in ROOTS for path in (CHECKOUT / root).rglob("*.py"))
    return sorted(path.relative_to(CHECKOUT) for path in found)


def test_every_room_is_a_regular_package() -> None:
    """import-linter doesn't look into a folder without `__init__.py`."""
    rooms = {module.parent for module in modules()}
    without = [room for room in rooms if not (CHECKOUT / room / "__init__.py").is_file()]
    assert not without, lines(without)


def test_every_module_has_a_test_file_of_its_name() -> None:
    own = [module for module in modules() if module.name not in WITHOUT_OWN_TEST]
    without = [module for module in own if not mirror(module).is_file()]
    assert not without, lines(without)


def lines(paths: list[Path]) -> str:
    return "\n".join(map(str, sorted(paths)))


def mirror(module: Path) -> Path:
    """matcher/text/segment.py → tests/text/test_segment.py; training keeps its own folder."""
    rooms = module.parent.relative_to("matcher") if module.parts[0] == "matcher" else module.parent
    return CHECKOUT / "tests" / rooms / f"test_{module.name}"
