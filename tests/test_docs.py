"""The documents say what the code does: commands, settings, states, errors, limits, syntax, formats, pages and paths."""

from __future__ import annotations

import ast
import re
import runpy
from pathlib import Path

import click
import pytest
import yaml

import kb
from kb import cli, errors
from kb.adapters import beir_folder, golden_files, page_image, sandbox, sheet_text, skos_parsing, skos_reading, yaml_tree
from kb.adapters.concept_files import CONCEPT_KEYS, MEANING_KEYS, read_concepts
from kb.adapters.concept_folder import ConceptFolder
from kb.adapters.context_folder import ContextFolder
from kb.adapters.directory_text import read_organisation
from kb.adapters.locale_names import SPOKEN, LocaleNames
from kb.adapters.readers import archive, collect, front_matter, metadata, regular_file, tables
from kb.adapters.readers.sniff import SUFFIXES
from kb.adapters.tantivy_index import STEMMERS
from kb.adapters.versioned_folder import frameworks_in
from kb.cli.search import cite_place
from kb.peers import expansion, names, narrative, parts, practice, tags
from kb.peers.concepts import Facet, Relation
from kb.peers.contexts.groups import ConditionGroup
from kb.peers.contexts.indicators import Measure
from kb.peers.flaws_between import Surroundings
from kb.peers.learning.partnership import PartnershipState
from kb.peers.learning.seeks import Seeks
from kb.peers.monitoring import indicator, readings_table
from kb.peers.transfer import framework_parts, judgement, moves
from kb.retrieval import answer, deadline, question, question_list, rerank
from kb.retrieval.answer import Filters
from kb.retrieval.catalog import FileState
from kb.retrieval.measure import MEASURES
from kb.retrieval.passage import KINDS, Metadata, Visibility
from kb.services import (
    batch_search,
    citing,
    context_files,
    history,
    judging,
    practice_editing,
    saved_searches,
    searching,
    sheets,
    suggesting,
    tag_records,
    uploads,
    versioned_files,
)
from kb.services.citation_formats import Format
from kb.services.knowledge_base import KnowledgeBase
from kb.services.monitoring import changing
from kb.services.monitoring import tables as reading_tables
from kb.services.permission import LOCAL_MEMBER
from kb.services.practice_documents import practices_of
from kb.settings import VARIABLES, Settings
from kb.ui import files, i18n, words
from kb.ui.components import take_along

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
MADE = DOCS / "benchmarks.md"  # written by make bench
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", ROOT / "index" / "README.md"]
DOCUMENTS += sorted(path for path in DOCS.rglob("*.md") if path != MADE)
HOSTS = {"localhost:8501", "www.sewafederation.org"}  # that documents may point to: no registry of packages is among them
TOP = {"app.py", "benchmarks", "corpus", "docs", "index", "kb", "scripts", "tests", "Makefile", "requirements.lock", ".streamlit"}
BORN_LATER = ("index/", "corpus/documents/uploads", "corpus/kb.sqlite")  # made when the program runs
PLACEHOLDERS = re.compile(r"NAME|CODE|ID|TOKEN|FOLDER|/N/")


def read(*parts: str) -> str:
    return ROOT.joinpath(*parts).read_text(encoding="utf-8")


def ids(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def rows(text: str, heading: str) -> list[list[str]]:
    """Cells of the first table below a heading, without its head."""
    below = re.split(rf"^#+ {re.escape(heading)}$", text, maxsplit=1, flags=re.MULTILINE)[1]
    lines = re.search(r"(?:^\|.*\n)+", below, re.MULTILINE)[0].splitlines()
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in lines[2:]]


# commands ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def maker():
    return runpy.run_path(str(ROOT / "scripts" / "make_cli_reference.py"))


def test_the_command_reference_is_fresh(maker):
    """``make docs`` would write the same file."""
    assert maker["reference"]() == read("docs", "cli.md")


def test_every_command_and_option_says_what_it_does(maker):
    silent = [
        f"{context.command_path} {parameter.name if parameter else ''}"
        for command, context in maker["commands"](cli.kb)
        for parameter in (None, *(each for each in command.params if isinstance(each, click.Option) and not each.hidden))
        if not (parameter.help if parameter else command.help)
    ]

    assert silent == []


def test_every_command_is_in_the_reference(maker):
    headings = re.findall(r"^## (.+)$", read("docs", "cli.md"), re.MULTILINE)

    assert headings == [context.command_path for _, context in maker["commands"](cli.kb)]
    assert {"kb ingest", "kb search", "kb verify", "kb serve"} <= set(headings)


@pytest.mark.parametrize("document", DOCUMENTS, ids=ids)
def test_commands_named_in_a_document_exist(document, maker):
    known = {context.command_path for _, context in maker["commands"](cli.kb)}
    named = re.findall(
        r"`(?:\.venv/bin/)?(kb [a-z]+(?: (?:build|list|use|add|run|rename|remove|withdraw|export)(?![\w-]))?)",
        document.read_text(encoding="utf-8"),
    )

    assert set(named) <= known


@pytest.mark.parametrize("document", DOCUMENTS, ids=ids)
def test_make_targets_named_in_a_document_exist(document):
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))

    assert set(re.findall(r"`make ([a-z]+)`", document.read_text(encoding="utf-8"))) <= targets


# settings, states, errors, limits ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", ["README.md", "docs/admin-guide.md"])
def test_every_setting_is_documented_with_its_default(document, tmp_path):
    settings = Settings.from_env(environment={}, folder=tmp_path)
    defaults = {"corpus": settings.corpus.name, "index": settings.index.name, "model": settings.model}

    found = {name: (key, default) for name, key, default, _ in rows(read(document), "Settings")}

    assert found == {
        f"`{variable}`": (f"`{key}`", f"`{defaults[key]}`" if key in defaults else "empty") for key, variable in VARIABLES.items()
    }
    assert settings.database_url == ""


def test_the_secret_of_file_links_is_documented():
    assert f"`{files.SECRET_VARIABLE}`, at least {files.MIN_SECRET_CHARS} random characters" in read("docs", "admin-guide.md")


def test_every_state_of_the_ledger_is_explained_by_the_name_it_has_in_the_app():
    found = {state.strip("`"): shown for shown, state, *_ in rows(read("docs", "user-guide.md"), "What became of each file")}

    assert found == {state.value: words.FILE_STATES[state] for state in FileState}


def test_every_error_is_documented():
    classes = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, errors.KBError)}

    found = {row[0].strip("`") for row in rows(read("docs", "admin-guide.md"), "Errors")}

    assert found == classes - {"KBError"}


def test_the_limits_are_those_of_the_code():
    told = {row[0]: row[1] for row in rows(read("docs", "admin-guide.md"), "Limits")}
    reader = sandbox.SandboxedReader()
    limits = {
        "a question": f"{answer.MAX_QUESTION_CHARS:,} characters",
        "passages in an answer": f"{answer.MAX_HITS}; 50 in the app",
        "time for an answer": f"{deadline.DEADLINE_S:g} seconds, looked at between steps; to load the model does not count",
        "a range of years in a question": f"{question.MAX_YEARS} years",
        "passages that a re-ranker reads": f"{rerank.DEPTH}",
        "passages taken along in one file": f"{citing.MAX_PASSAGES}",
        "questions of a batch": f"{question_list.MAX_QUESTIONS:,}",
        "a file of questions": f"{batch_search.MAX_MEGABYTES} MB",
        "saved searches of a member": f"{saved_searches.MAX_SAVED}, with names of {saved_searches.MAX_NAME_CHARS} characters",
        "judgements of a member": f"{judging.MAX_JUDGEMENTS:,}, withdrawn ones included",
        "a file of golden questions": f"{golden_files.MAX_BYTES >> 20} MB",
        "a set in BEIR form": f"{beir_folder.MAX_DOCUMENTS:,} documents, {beir_folder.MAX_JUDGEMENTS:,} judgements",
        "a practice sheet": f"{sheets.MAX_BYTES >> 10} KB",
        "a context profile, and the file of indicators": f"{context_files.MAX_BYTES >> 10} KB",
        "a transferability framework": f"{versioned_files.MAX_BYTES >> 10} KB",
        "a title, question, description and query in a framework, in one language": (
            f"{framework_parts.MAX_TITLE_CHARS}, {framework_parts.MAX_QUESTION_CHARS}, {framework_parts.MAX_ANCHOR_CHARS} and "
            f"{framework_parts.MAX_QUERY_CHARS} characters"
        ),
        "assessors of a transferability test": f"{moves.MAX_SEATS}",
        "points to a transfer, such as barriers": (
            f"{judgement.MAX_POINTS} of a kind, with {judgement.MAX_POINT_CHARS:,} characters"
        ),
        "indicators and readings of a practice": f"{changing.MAX_INDICATORS} and {changing.MAX_READINGS:,}",
        "a table of readings": f"{readings_table.MAX_ROWS:,} rows, {reading_tables.MAX_MEGABYTES} MB",
        "the definition of an indicator": f"{indicator.MAX_WORDS_CHARS:,} characters",
        "a text of a sheet, in one language": (
            f"{narrative.MAX_CHARS:,} characters; a title {practice.MAX_TITLE_CHARS}, a teaser {practice.MAX_TEASER_CHARS}, "
            f"a summary {practice.MAX_SUMMARY_WORDS} words"
        ),
        "a list in a sheet": f"{parts.MAX_ITEMS} entries",
        "the name of a practice": f"{names.MAX_CHARS} characters: a–z, 0–9 and hyphens",
        "a reason for a change or a tag": f"{practice_editing.MAX_WHY_CHARS} characters",
        "a free tag": f"{tags.MAX_CHARS} characters",
        "tags that members gave to one practice": f"{tag_records.MAX_LIVE}",
        "entries of the history shown at once": f"{history.MAX_CHANGES}",
        "a file of concepts": f"{yaml_tree.MAX_BYTES >> 20} MB",
        "a graph that is imported": f"{skos_parsing.MAX_BYTES >> 20} MB, {skos_reading.MAX_CONCEPTS:,} concepts",
        "concepts that widen one question": f"{expansion.MAX_NAMED}, with {expansion.MAX_TERMS} terms each",
        "an uploaded file": f"{uploads.MAX_BYTES >> 20} MB",
        "files of one upload": f"{uploads.MAX_FILES}",
        "a file that is read": f"{regular_file.MAX_BYTES >> 20} MB",
        "text of a document": f"{collect.MAX_CHARS // 1_000_000} million characters",
        "time to read a file": f"{reader._timeout_s:.0f} seconds",
        "memory to read a file": f"{reader._memory_bytes >> 30} GB of address space",
        "files read by one child": f"{sandbox.FILES_PER_WORKER}",
        "an archive (DOCX, PPTX, XLSX, ODT, EPUB), unpacked": f"{archive.MAX_UNPACKED >> 20} MB",
        "one part of an archive": f"{archive.MAX_PART >> 20} MB",
        "parts in an archive": f"{archive.MAX_MEMBERS:,}",
        f"unpacked to packed, for parts over {archive.RATIO_MATTERS_FROM >> 20} MB": f"{archive.MAX_RATIO} times",
        "front matter or sidecar": f"{front_matter.MAX_BYTES >> 10} KB, no anchors or aliases",
        "columns of a table": f"{tables.MAX_COLUMNS}",
        "time to draw a page": f"{page_image.TIMEOUT_S:.0f} seconds",
        "memory to draw a page": f"{page_image.MEMORY_BYTES >> 30} GB of address space",
        "a drawn page": f"{page_image.MAX_PIXELS // 1_000_000} million pixels",
        "a link to a source file": f"{files.MAX_AGE_S:,} seconds",
    }

    assert {what: told.get(what) for what in limits} == limits
    assert tag_records.MAX_WHY_CHARS == practice_editing.MAX_WHY_CHARS


def test_every_measure_is_explained():
    found = [row[0].strip("`") for row in rows(read("docs", "admin-guide.md"), "Measuring the search")]

    assert found == list(MEASURES)


# what can be typed and taken along ----------------------------------------------------------------------------------------


def test_every_operator_is_in_the_user_guide():
    typed = [row[0] for row in rows(read("docs", "user-guide.md"), "What you can type")]

    assert {name for cell in typed for name in re.findall(r"`(\w+):`", cell)} == set(question.OPERATORS)


def test_the_examples_of_syntax_are_understood_as_syntax():
    examples = [row[2].strip("`") for row in rows(read("docs", "user-guide.md"), "What you can type")]
    understood = [question.parse(example, LocaleNames()) for example in examples]

    assert [each.text for each in understood if each.is_plain or each.unused] == []
    assert f"languages are known by name in {'twenty' if len(SPOKEN) == 20 else len(SPOKEN)} languages" in read(
        "docs", "user-guide.md"
    )


def test_the_examples_of_syntax_find_something_in_the_sample_corpus(practices_kb: KnowledgeBase):
    told = read("README.md") + read("docs", "user-guide.md")
    examples = {row[2].strip("`") for row in rows(told, "What you can type")}
    examples |= set(re.findall(r"`([^`]+)`", re.search(r"^More than words can be typed: (.+)$", told, re.MULTILINE)[1]))

    found = {example: searching.search(practices_kb, example, actor=LOCAL_MEMBER, k=1, mark=False).hits for example in examples}

    assert [example for example, hits in found.items() if not hits] == []


def test_the_question_of_the_readme_is_answered_as_it_says(practices_kb: KnowledgeBase):
    told = " ".join(read("README.md").split())
    typed, kind = re.search(r'\$ kb search "([^"]+)" --kind (\S+) --k 1', told).groups()

    (hit,) = searching.search(practices_kb, typed, actor=LOCAL_MEMBER, k=1, filters=Filters(kinds=(kind,))).hits
    (first,) = searching.search(practices_kb, typed, actor=LOCAL_MEMBER, k=1).hits
    own = practices_of(practices_kb, [hit.passage.document_id], actor=LOCAL_MEMBER)[hit.passage.document_id]

    assert f"1. {hit.title} [{hit.passage.language}] {cite_place(hit).split(', ')[0]}" in told
    assert f"page {hit.passage.page_label} (page {hit.passage.page} of the file)" in told
    assert f"▸{hit.sentence_text}◂" in told
    assert f"rank by words {hit.lexical_rank}, meaning {hit.dense_rank}; similarity {hit.dense_score:.2f}" in told
    assert [f"Practice: {each.title} ({each.name})" in told for each in own] == [True, True]
    assert first.path == suggesting.sheet_path(own[0].name)


def test_alternatives_and_names_are_understood_as_the_user_guide_says():
    told = read("docs", "user-guide.md")
    filters = {
        "country:Spain,PT": Filters(countries=("ES", "PT")),
        "pays:Inde": Filters(countries=("IN",)),
        "country:Indien": Filters(countries=("IN",)),
        'org:"Groupe SOS"': Filters(organisations=("Groupe SOS",)),
    }

    assert [typed for typed in filters if f"`{typed}`" not in told] == []
    assert {typed: question.parse(typed, LocaleNames()).filters for typed in filters} == filters


def test_what_only_looks_like_syntax_stays_words_as_the_user_guide_says():
    told = re.search(
        r"^Whatever only looks like syntax stays words: (.+), a quotation mark that is not closed\.$",
        read("docs", "user-guide.md"),
        re.MULTILINE,
    )
    examples = re.findall(r"`([^`]+)`", told[1])

    assert len(examples) == 3
    assert all(question.parse(f"a {example} b").is_plain for example in [*examples, '"open'])


def test_every_format_of_citations_is_in_the_user_guide_by_the_name_it_has_in_the_app():
    found = [row[0] for row in rows(read("docs", "user-guide.md"), "Cite")]

    assert set(take_along.LABELS) == set(Format)
    assert sorted(found) == sorted(take_along.LABELS.values())


# what people read -------------------------------------------------------------------------------------------------------


def test_every_page_of_the_app_is_in_the_user_guide():
    tree = ast.parse(read("kb", "ui", "navigation.py"))
    titles = [
        keyword.value.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "Page"
        for keyword in call.keywords
        if keyword.arg == "title"
    ]
    headings = re.findall(r"^## (.+)$", read("docs", "user-guide.md"), re.MULTILINE)

    assert titles
    assert set(titles) <= set(headings)


WHOSE = ("practice", "context", "entry", "partnership")  # whose sheet or entry a document is, the ingest says


def test_every_key_of_metadata_is_explained():
    found = {row[0].strip("`"): row[1] for row in rows(read("docs", "user-guide.md"), "What is known about a document")}
    aliases = {key: set(re.findall(r"`(\w+)`", others)) for key, others in found.items()}

    assert set(found) == set(vars(Metadata())) - {"other", *WHOSE}
    assert {alias: key for key, others in aliases.items() for alias in others} == metadata._ALIASES


def test_kinds_and_visibilities_are_named():
    told = {row[0].strip("`"): row[2] for row in rows(read("docs", "user-guide.md"), "What is known about a document")}

    assert set(re.findall(r"`([\w-]+)`", told["kind"])) == set(KINDS)
    assert set(re.findall(r"`([\w-]+)`", told["visibility"])) == {each.value for each in Visibility}


def test_the_example_of_a_sidecar_is_understood():
    text = re.search(r"```yaml\n(.*?)```", read("docs", "user-guide.md"), re.DOTALL)[1]
    found, remarks = metadata.from_mapping(yaml.safe_load(text))

    assert remarks == ()
    assert found.other == ()
    assert found.countries == ("IN",)


def test_the_example_of_a_sheet_is_without_fault_and_names_every_key():
    guide = read("docs", "user-guide.md")
    text = re.search(r"^## A practice sheet$.*?```yaml\n(.*?)```(.*?)^## ", guide, re.DOTALL | re.MULTILINE)
    controlled = ConceptFolder(ROOT / "corpus" / "concepts")().tags
    around = Surroundings(has_document=lambda path: (ROOT / "corpus" / "documents" / path).is_file(), tags=controlled)

    raw, sheet, faults = sheet_text.read(text[1], "sewa-first-steps", "user-guide.md", around)

    assert faults == ()
    assert sheet is not None
    assert set(practice.MANDATORY) <= set(raw)
    assert set(raw) - set(practice.MANDATORY) == {"figures", "tags", "documents"}  # "All keys above but … have to be there"
    told = set(re.findall(r"`(\w+)`", re.search(r"Others may be: (.+)\.$", text[2], re.MULTILINE)[1]))
    assert told == set(practice.PracticeSheet.model_fields) - set(raw)
    assert [each.value for each in practice.Kind if f"`{each.value}`" not in text[2]] == []


def test_the_example_of_a_concept_is_without_fault(tmp_path):
    guide = read("docs", "user-guide.md")
    text = re.search(r"^## A concept$.*?```yaml\n(.*?)```(.*?)^## ", guide, re.DOTALL | re.MULTILINE)
    tmp_path.joinpath("forms.yaml").write_text(text[1], encoding="utf-8")

    found = read_concepts(tmp_path)

    assert found.remarks == ()
    assert [each.id for each in found.scheme.concepts] == ["social-economy"]
    assert [each.value for each in (*Facet, *Relation) if f"`{each.value}`" not in text[2]] == []
    assert [key for key in (*CONCEPT_KEYS, *MEANING_KEYS) if not re.search(rf"\b{key}\b", text[0])] == []


def test_the_examples_of_a_context_profile_and_its_indicators_are_without_fault(tmp_path):
    guide = read("docs", "user-guide.md")
    chapter = re.search(r"^## A context profile$.*?```yaml\n(.*?)```(.*?)```yaml\n(.*?)```.*?^## ", guide, re.DOTALL | re.MULTILINE)
    tmp_path.joinpath("indicators.yaml").write_text(chapter[1], encoding="utf-8")
    tmp_path.joinpath("XK.yaml").write_text(chapter[3], encoding="utf-8")
    folder = ContextFolder(tmp_path)

    found = folder.read("XK")

    assert (folder.indicators().faults, found.faults) == ((), ())
    assert found.profile is not None
    assert found.profile.value("population").value == 1000000
    assert [each.value for each in (*ConditionGroup, *Measure) if f"`{each.value}`" not in chapter[2]] == []


def test_the_example_of_an_organisation_is_without_fault():
    chapter = re.search(r"^## An organisation$(.*?)^## ", read("docs", "user-guide.md"), re.DOTALL | re.MULTILINE)[1]
    text = re.search(r"```yaml\n(.*?)```", chapter, re.DOTALL)[1]

    found = read_organisation(text, "first-farm", "user-guide.md")

    assert found.faults == ()
    assert found.made is not None
    assert [each for each in (*Seeks, *PartnershipState) if f"`{each}`" not in chapter] == []


def test_the_example_of_a_framework_is_without_fault(tmp_path):
    guide = read("docs", "user-guide.md")
    text = re.search(r"^## A transferability framework$.*?```yaml\n(.*?)```(.*?)^## ", guide, re.DOTALL | re.MULTILINE)
    tmp_path.joinpath("first-questions.yaml").write_text(text[1], encoding="utf-8")

    found = frameworks_in(tmp_path).read("first-questions")

    assert found.faults == ()
    assert found.made is not None
    assert found.made.key_for({"condition:legal-framework"}) == ("legal-framework",)


def test_the_columns_of_readings_are_explained():
    told = [name for row in rows(read("docs", "user-guide.md"), "Monitoring") for name in re.findall(r"`(\w+)`", row[0])]

    assert told == [*readings_table.NEEDED, *readings_table.OPTIONAL]


def test_every_format_is_in_the_user_guide():
    told = {suffix for row in rows(read("docs", "user-guide.md"), "Formats") for suffix in re.findall(r"`(\.\w+)`", row[1])}

    assert told == set(SUFFIXES)
    assert set(uploads.SUFFIXES) <= told


def test_the_languages_are_counted_right():
    guide = read("docs", "user-guide.md")

    assert f"In {len(STEMMERS)} of them" in guide
    assert list(i18n.LANGUAGES) == ["en", "fr"]  # say so in README, user guide and changelog when there are more
    assert "The app speaks English and French" in guide


def test_the_changelog_begins_with_this_version():
    found = re.search(r"^## \[([^\]]+)\] - \d{4}-\d{2}-\d{2}$", read("CHANGELOG.md"), re.MULTILINE)

    assert found is not None
    assert found[1] == kb.__version__
    assert f"version {kb.__version__}" in read("README.md")
    assert f'version = "{kb.__version__}"\n' in read("pyproject.toml")


def test_the_readme_is_short():
    assert len(read("README.md").splitlines()) < 150


def test_the_licence_is_what_the_package_says():
    text = read("LICENSE")

    assert 'license = "Apache-2.0"' in read("pyproject.toml")
    assert text.split()[:4] == ["Apache", "License", "Version", "2.0,"]
    assert "END OF TERMS AND CONDITIONS" in text


# links and paths --------------------------------------------------------------------------------------------------------


def anchors(document: Path) -> set[str]:
    """What a heading is called in a link, as GitHub does it."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=ids)
def test_every_link_to_a_file_of_ours_leads_somewhere(document):
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        place = (document.parent / path).resolve() if path else document
        if not place.exists() or (anchor and anchor not in anchors(place)):
            broken.append(target)

    assert broken == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=ids)
def test_every_path_that_is_named_exists(document):
    """In backticks and in the tree of the README: what begins like a path of ours is one."""
    text = document.read_text(encoding="utf-8")
    named = {word.rstrip("/.,") for code in re.findall(r"`([^`\n]+)`", text) for word in code.split()}
    named |= {
        line.split()[0].rstrip("/")
        for block in re.findall(r"```text\n(.*?)```", text, re.DOTALL)
        for line in block.splitlines()
        if line[:1].strip()
    }
    paths = {word for word in named if word.split("/")[0] in TOP and not PLACEHOLDERS.search(word + "/")}

    missing = sorted(path for path in paths if not (ROOT / path).exists() and not path.startswith(BORN_LATER) and path != "index")

    assert missing == []


def test_every_module_that_the_code_map_names_is_where_it_says():
    code_map = re.search(r"## Code map\n(.*?)\n## ", read("docs", "ARCHITECTURE.md"), re.DOTALL)[1]
    missing = []
    for paragraph in code_map.split("\n\n"):
        folder = re.match(r"\*\*`(kb/\w+/)`", paragraph)
        if folder:
            below = {path.name for path in (ROOT / folder[1]).rglob("*")} | {"app.py"}
            missing += [name for name in re.findall(r"`(\w+(?:\.py|/))`", paragraph) if name.rstrip("/") not in below]

    assert missing == []


def test_every_module_of_adapters_and_services_is_in_the_code_map():
    text = read("docs", "ARCHITECTURE.md")
    lacking = [
        path.name
        for folder in ("retrieval", "peers", "services", "adapters")
        for path in (ROOT / "kb" / folder).glob("*.py")
        if path.name != "__init__.py" and f"{path.name}`" not in text
    ]

    lacking += [
        folder.name
        for folder in (ROOT / "kb" / "adapters").iterdir()
        if (folder / "__init__.py").exists() and f"`{folder.name}/`" not in text
    ]

    assert lacking == []


def test_every_decision_is_in_the_list_of_decisions():
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", read("docs", "adr", "README.md"))

    assert listed == sorted(path.name for path in (DOCS / "adr").glob("[0-9]*.md"))


@pytest.mark.parametrize("path", sorted((DOCS / "adr").glob("[0-9]*.md")), ids=lambda path: path.stem[:4])
def test_a_decision_has_its_four_parts(path):
    text = path.read_text(encoding="utf-8")

    assert re.match(rf"# {path.name[:4]} \S.+\n\nAccepted, \d{{4}}-\d\d-\d\d\.\n", text)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences", "Rejected"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=ids)
def test_no_document_sends_people_to_a_registry_of_packages(document):
    """Where packages come from is the installer's business. So every address has to be one of a few."""
    text = document.read_text(encoding="utf-8")

    assert set(re.findall(r"https?://([\w.:-]+)", text)) <= HOSTS
    assert "index-url" not in text
