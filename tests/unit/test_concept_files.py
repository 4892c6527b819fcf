"""Concept files: all faults of all files in one message, by file and line; and files that mean harm."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.adapters.concept_files import read_concepts
from kb.adapters.concept_folder import ConceptFolder
from kb.adapters.yaml_tree import MAX_BYTES, MAX_DEPTH, YamlFault, tree_of
from kb.errors import UnusableConcepts
from kb.peers.concepts import ConceptScheme, Facet, Reference, Relation

ROOT = Path(__file__).parents[2]
FACETS = ", ".join(Facet)
GOOD = """\
scheme: sse
concepts:
  - id: social-economy
    facet: forms
    tag: theme:cooperatives
    labels: {en: social economy, fr: économie sociale, no: NO}
    also: {en: [third sector, SE], fr: tiers secteur}
    definition:
      en: >
        People
        first.
    source: {title: A law, address: "https://example.org/law"}
    close: http://eurovoc.europa.eu/3082
    codes: {sdg: 05, icnp-tso: C}
    meanings:
      - {country: DE, language: de, label: Sozialwirtschaft, relation: false-friend, says: {en: Welfare.},
         legal: § 5, instead: [Solidarische Ökonomie], source: [{title: A}, {title: B}]}
"""
BAD = """\
concepts:
  - id: Social Economy
    facet: form
    labels: {english: x, fr: [a], de: ""}
  - id: cooperative
    facet: forms
    lables: {en: cooperative}
    broader: [social-econmy]
    exact: [eurovoc 227]
  - facet: forms
    labels: {en: x}
    labels: {en: y}
  - just a text
"""
MEANINGS = """\
concepts:
  - id: social-economy
    facet: forms
    labels: {en: social economy}
    meanings:
      - country: UK
        language: english
        label: x
        relation: friend
        source: {titel: x}
      - {country: DE, language: de, label: y, relation: exact, says: {en: z}}
"""


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def faults(folder: Path) -> tuple[str, ...]:
    with pytest.raises(UnusableConcepts) as caught:
        read_concepts(folder)
    return caught.value.faults


# what is read ------------------------------------------------------------------------------------------------------------


def test_a_file_is_read_as_it_says(tmp_path: Path) -> None:
    """Texts are texts: NO is Norway's, 05 is a code; one text stands for a list of one; lines that are folded are one."""
    scheme = read_concepts(written(tmp_path, a=GOOD)).scheme
    (concept,) = scheme.concepts
    (meaning,) = concept.meanings

    assert scheme.name == "sse"
    assert concept.facet is Facet.FORMS
    assert concept.labels == {"en": "social economy", "fr": "économie sociale", "no": "NO"}
    assert concept.also == {"en": ("SE", "third sector"), "fr": ("tiers secteur",)}
    assert concept.definition == {"en": "People first."}
    assert concept.sources == (Reference("A law", "https://example.org/law"),)
    assert concept.close == ("http://eurovoc.europa.eu/3082",)
    assert concept.codes == {"icnp-tso": "C", "sdg": "05"}
    assert (meaning.relation, meaning.legal, meaning.instead) == (Relation.FALSE_FRIEND, "§ 5", ("Solidarische Ökonomie",))
    assert meaning.sources == (Reference("A"), Reference("B"))


def test_no_files_are_no_concepts(tmp_path: Path) -> None:
    assert read_concepts(tmp_path / "absent").scheme == ConceptScheme()
    assert read_concepts(written(tmp_path, empty="", comment="# nothing\n")).scheme == ConceptScheme()


def test_all_files_are_one_scheme(tmp_path: Path) -> None:
    other = "concepts:\n  - {id: b, facet: law, labels: {en: b}, broader: [social-economy]}\n"

    assert [each.id for each in read_concepts(written(tmp_path, a=GOOD, b=other)).scheme.concepts] == ["b", "social-economy"]


def test_the_concepts_of_the_project_have_no_fault() -> None:
    scheme = read_concepts(ROOT / "corpus" / "concepts").scheme

    assert len(scheme) >= 120
    assert {each.split(":")[0] for each in scheme.tags} == {"theme", "sdg", "group", "condition"}
    assert sum(tag.startswith("sdg:") for tag in scheme.tags) == 17


def test_every_theme_of_a_document_is_a_controlled_tag() -> None:
    tags = read_concepts(ROOT / "corpus" / "concepts").scheme.tags
    slugs = {
        word.strip(" \"'")
        for path in (ROOT / "corpus" / "documents").rglob("*.md")
        for line in path.read_text(encoding="utf-8").split("---")[1].splitlines()
        if line.startswith("themes:")
        for word in line.partition(":")[2].strip(" []").split(",")
    }

    assert len(slugs) > 5
    assert {f"theme:{slug}" for slug in slugs} <= set(tags)


# faults ------------------------------------------------------------------------------------------------------------------


def test_all_faults_come_together_with_file_and_line(tmp_path: Path) -> None:
    assert faults(written(tmp_path, a=BAD)) == (
        "a.yaml:2: id “Social Economy” is not letters a–z, figures and hyphens, 60 at most",
        f"a.yaml:3: facet “form” is none of {FACETS} (did you mean forms?)",
        "a.yaml:4: language “english” is not a code such as en, fr, pt",
        "a.yaml:4: labels is not a text",
        "a.yaml:4: labels is blank; leave it out",
        "a.yaml:4: Social Economy has no labels",
        "a.yaml:5: cooperative has no labels",
        "a.yaml:7: unknown key “lables” (did you mean labels?)",
        "a.yaml:8: broader names social-econmy, which is no concept",
        "a.yaml:9: exact “eurovoc 227” is no address that begins with https://",
        "a.yaml:10: a concept without an id: letters a–z, figures and hyphens, 60 at most",
        "a.yaml:12: a concept has labels twice",
        "a.yaml:13: a concept is not a list of keys and values",
        "a.yaml:13: a concept without an id: letters a–z, figures and hyphens, 60 at most",
        "a.yaml:13: a concept has no labels",
        f"a.yaml:13: no facet; it is one of {FACETS}",
    )


def test_faults_of_meanings(tmp_path: Path) -> None:
    assert faults(written(tmp_path, a=MEANINGS)) == (
        "a.yaml:6: country “UK” is no country code of ISO 3166; did you mean GB?",
        "a.yaml:6: the meaning of x has no says: what it means there",
        "a.yaml:7: language “english” is not a code such as en, fr, pt",
        f"a.yaml:9: relation “friend” is none of {', '.join(Relation)} (did you mean false-friend?)",
        "a.yaml:10: unknown key “titel” (did you mean title?)",
        "a.yaml:10: a source has no title",
        "a.yaml:11: the meaning of y in DE has no source",
    )


def test_faults_between_files_name_both(tmp_path: Path) -> None:
    again = "scheme: other\nconcepts:\n  - {id: social-economy, facet: law, labels: {en: x}}\n"

    assert faults(written(tmp_path, a=GOOD, b=again)) == (
        "b.yaml:1: scheme is other, in another file sse; all files are one scheme",
        "b.yaml:3: the id social-economy is there twice (a.yaml:3 has it too)",
    )


def test_a_remark_is_no_fault(tmp_path: Path) -> None:
    read = read_concepts(written(tmp_path, a="concepts:\n  - {id: a, facet: law, labels: {fr: a}}\n"))

    assert read.remarks == (
        "a.yaml:2: a has no label in en, which is shown where the reader's language has none",
        "a.yaml:2: a has no definition",
    )


# harm --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: &x [1]\nb: *x\n", "a.yaml:1: anchors (&) and aliases (*) are not accepted; put such a value in quotes"),
        ("a: *x\n", "a.yaml:1: anchors (&) and aliases (*) are not accepted; put such a value in quotes"),
        ("[" * 100_000, f"a.yaml:1: nested more than {MAX_DEPTH} deep"),
        ("- " * 100_000, f"a.yaml:1: nested more than {MAX_DEPTH} deep"),
        ("a: 1\n---\nb: 2\n", "a.yaml:2: a second document begins (---); write one a file"),
        ("concepts: [\n", "a.yaml:2: no YAML: did not find expected node content"),
        (
            "concepts: \x01\n",
            'a.yaml: no YAML: unacceptable character #x0001: control characters are not allowed in "<unicode string>", position 10',
        ),
        ("just a text", "a.yaml:1: a file of concepts is not a list of keys and values"),
        ("concepts: {a: b}", "a.yaml:1: concepts is not a list"),
        ("!!python/object/apply:os.system [id]", "a.yaml:1: tags (!) are not accepted; put such a value in quotes"),
    ],
)
def test_a_hostile_file_is_a_fault(tmp_path: Path, text: str, fault: str) -> None:
    assert faults(written(tmp_path, a=text))[:1] == (fault,)


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "big.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "latin.yaml").write_bytes("é".encode("latin-1"))
    os.mkfifo(tmp_path / "pipe.yaml")

    assert faults(tmp_path) == (
        "big.yaml: longer than 8 MB",
        "folder.yaml: not a file",
        "latin.yaml: not UTF-8",
        "pipe.yaml: not a file",
    )


def test_a_message_names_forty_faults_and_counts_the_rest(tmp_path: Path) -> None:
    folder = written(tmp_path, a="concepts:\n" + "  - {id: a, facet: law}\n" * 50)

    with pytest.raises(UnusableConcepts, match=r"; and 59 more\.$") as caught:
        read_concepts(folder)
    assert len(caught.value.faults) == 99  # 50 without labels, 49 of an id that is there


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_a_tree_or_a_fault(text: str) -> None:
    with contextlib.suppress(YamlFault):
        node = tree_of(text)
        assert node is None or sum(each is not None for each in (node.text, node.items, node.pairs)) == 1


# the folder --------------------------------------------------------------------------------------------------------------


def test_a_scheme_is_read_once_and_again_when_a_file_changes(tmp_path: Path) -> None:
    concepts = ConceptFolder(written(tmp_path, a=GOOD))
    first = concepts()

    assert concepts() is first
    written(tmp_path, b="concepts:\n  - {id: b, facet: law, labels: {en: b}}\n")
    assert len(concepts()) == 2
    written(tmp_path, b="concepts:\n  - {id: b, facet: law}\n")
    with pytest.raises(UnusableConcepts):
        concepts()
    (tmp_path / "b.yaml").unlink()
    assert concepts() == first
