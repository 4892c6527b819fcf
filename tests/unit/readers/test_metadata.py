"""Metadata is read as text, faults are named together, and a fault about access closes the document."""

import datetime
import os

import pytest

from kb.adapters.readers import front_matter
from kb.adapters.readers.metadata import from_mapping
from kb.adapters.sidecar import read_sidecar
from kb.retrieval.passage import Metadata, Visibility


def test_every_key_is_mapped():
    metadata, remarks = from_mapping(
        {
            "Title": "SEWA",
            "kind": "Good practice",
            "authors": ["A", "B"],
            "organization": "SEWA",
            "countries": "in, uk",
            "themes": "Women and gender; Social finance",
            "date": datetime.date(2026, 11, 22),
            "license": "CC BY 4.0",
            "source": "https://sewa.org",
            "visibility": "Public",
            "lang": "en-GB",
            "embargo-until": "2027",
            "chatham_house": True,
            "isbn": "x",
        }
    )

    assert remarks == ()
    assert metadata == Metadata(
        title="SEWA",
        kind="good-practice",
        authors=("A", "B"),
        organisation="SEWA",
        countries=("IN", "GB"),
        themes=("women-and-gender", "social-finance"),
        date="2026-11-22",
        licence="CC BY 4.0",
        origin="https://sewa.org",
        visibility=Visibility.PUBLIC,
        language="en",
        embargo_until="2027",
        chatham_house=True,
        other=(("isbn", "x"),),
    )


def test_all_faults_stand_in_one_remark():
    metadata, remarks = from_mapping(
        {"kind": "poem", "countries": ["Italy"], "date": "soon", "language": "English", "origin": "javascript:x"}
    )

    assert metadata == Metadata()
    assert len(remarks) == 1
    assert all(word in remarks[0] for word in ('kind "poem"', 'countries "ITALY"', 'date "soon"', 'language "English"', "origin"))


@pytest.mark.parametrize("date", ["2026", "2026-11", "2026-11-22"])
def test_a_date_may_be_a_year_or_a_month(date):
    assert from_mapping({"date": date})[0].date == date


def test_a_thirteenth_month_is_a_fault():
    assert from_mapping({"date": "2026-13-01"})[0].date == ""


@pytest.mark.parametrize(
    ("key", "value", "closed"),
    [("visibility", "secret", Visibility.RESTRICTED), ("embargo_until", "later", "9999-12-31"), ("chatham_house", "perhaps", True)],
)
def test_a_fault_about_access_closes_the_document(key, value, closed):
    metadata, remarks = from_mapping({key: value})

    assert getattr(metadata, key) == closed
    assert remarks


def test_norway_is_no_false():
    assert front_matter.read("countries: [NO, SE]")[0].countries == ("NO", "SE")


@pytest.mark.parametrize("yaml", ["a: &x 1\nb: *x", "a: [1", "- a\n- b", "a: " + "[" * 5000, "x: y\n" * 20_000])
def test_yaml_that_cannot_be_trusted_is_ignored_with_a_remark(yaml):
    metadata, remarks = front_matter.read(yaml)

    assert metadata == Metadata()
    assert "ignored" in remarks[0]


def test_unreadable_yaml_that_speaks_of_access_restricts_the_document():
    metadata, remarks = front_matter.read("visibility: restricted\ntitle: [")

    assert metadata == Metadata(visibility=Visibility.RESTRICTED)
    assert "restricted until it is repaired" in remarks[0]


@pytest.mark.parametrize("name", ["sewa.yaml", "sewa.pdf.yaml"])
def test_a_sidecar_lies_beside_its_document(tmp_path, name):
    (tmp_path / name).write_text("title: SEWA\nauthors: [A]\n")

    assert read_sidecar(tmp_path / "sewa.pdf") == (Metadata(title="SEWA", authors=("A",)), ())


def test_no_sidecar_is_no_metadata(tmp_path):
    assert read_sidecar(tmp_path / "sewa.pdf") == (Metadata(), ())


def test_a_sidecar_that_is_a_pipe_is_never_opened_and_restricts(tmp_path):
    os.mkfifo(tmp_path / "sewa.yaml")

    metadata, remarks = read_sidecar(tmp_path / "sewa.pdf")

    assert metadata.visibility is Visibility.RESTRICTED
    assert "pipe" in remarks[0]


def test_a_large_sidecar_is_ignored(tmp_path):
    (tmp_path / "sewa.yaml").write_text("title: " + "x" * 70_000)

    metadata, remarks = read_sidecar(tmp_path / "sewa.pdf")

    assert metadata == Metadata()
    assert "64 KB" in remarks[0]
