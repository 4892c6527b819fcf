"""What the app's files promise: short pages, one place for caches, safe settings, nothing from outside."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from pathlib import Path

import pytest
from babel import Locale

ROOT = Path(__file__).parents[2]
UI = ROOT / "kb" / "ui"
SOURCES = sorted([ROOT / "app.py", *UI.rglob("*.py")])


def test_app_py_is_a_table_of_contents() -> None:
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) <= 40


@pytest.mark.parametrize("view", sorted((UI / "views").glob("*.py")), ids=lambda path: path.stem)
def test_a_view_fits_on_a_screen_and_defines_nothing(view: Path) -> None:
    text = view.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 80
    assert not re.search(r"^\s*(def|class) ", text, re.MULTILINE)


def test_only_two_modules_cache() -> None:
    caching = [path.name for path in SOURCES if "st.cache_" in path.read_text(encoding="utf-8")]

    assert caching == ["evidence.py", "state.py"]


def test_no_list_is_empty_in_streamlits_own_words() -> None:
    """Its "Choose options" is English in every language."""
    calls = [
        (path.name, call)
        for path in SOURCES
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "multiselect"
    ]

    assert len(calls) > 20
    assert [(name, call.lineno) for name, call in calls if "placeholder" not in {each.arg for each in call.keywords}] == []


def test_the_only_script_of_ours_says_the_language_and_keeps_who_one_acts_as() -> None:
    found = [
        (path.name, line.strip())
        for path in SOURCES
        for line in path.read_text(encoding="utf-8").splitlines()
        if "unsafe_allow" in line
    ]

    assert found == [("shell.py", 'st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)')]
    shell = (UI / "components" / "shell.py").read_text(encoding="utf-8")
    assert "script = f\"document.documentElement.lang = '{i18n.current()}'; document.cookie = '{kept}';{again}\"" in shell
    assert "quote(state.acting_as(), safe='')" in shell
    assert "SameSite=Strict" in shell


def test_no_style_or_picture_comes_from_outside() -> None:
    for path in [*(UI / "static").glob("*.css"), *(UI / "static").glob("*.svg"), ROOT / ".streamlit" / "config.toml"]:
        addresses = re.findall(r"https?://[^\s\"')]+", path.read_text(encoding="utf-8"))
        assert [address for address in addresses if address != "http://www.w3.org/2000/svg"] == []


def test_the_server_is_local_quiet_and_protected() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))

    assert config["server"]["address"] == "127.0.0.1"
    assert "enableXsrfProtection" not in config["server"]  # on unless somebody turns it off
    assert "enableCORS" not in config["server"]
    assert config["client"]["showErrorDetails"] == "none"
    assert config["browser"]["gatherUsageStats"] is False
    assert config["runner"]["postScriptGC"] is False


def test_the_map_knows_the_countries_by_their_codes() -> None:
    world = json.loads((UI / "static" / "world.topo.json").read_text(encoding="utf-8"))
    shapes = {shape["id"] for shape in world["objects"]["countries"]["geometries"] if "id" in shape}
    known = set(Locale("en").territories)

    assert shapes | set(world["centres"]) <= known
    assert not shapes & set(world["centres"])
    assert {"IN", "CA", "BR", "KR", "MT", "FR", "XK"} <= shapes | set(world["centres"])
