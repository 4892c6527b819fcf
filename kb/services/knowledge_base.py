"""The bundle of ports that every service takes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kb.retrieval.split import SplitSettings

if TYPE_CHECKING:  # ports and values that nobody opens here: a search in a terminal waits for no more than it needs
    from kb.peers.assessment.rubric import Rubric
    from kb.peers.concepts import ConceptScheme
    from kb.peers.learning.organisation import Organisation
    from kb.peers.learning.partnership import Partnership
    from kb.peers.transfer.framework import Framework
    from kb.retrieval.catalog import Catalog, Job
    from kb.retrieval.embed import Encoder, ModelCard
    from kb.retrieval.generation import Generation, Manifest
    from kb.retrieval.language import LanguageDetector
    from kb.retrieval.passage import Metadata
    from kb.retrieval.question import Names
    from kb.retrieval.read import Reader
    from kb.retrieval.rerank import Reranker
    from kb.services.assessment_files.formats import AssessmentFormats
    from kb.services.calendar_files import CalendarFiles
    from kb.services.citation_formats import CitationFormats
    from kb.services.concept_exchange import ConceptExchange
    from kb.services.context_files import ContextFiles
    from kb.services.demonstration_files import DemonstrationFiles
    from kb.services.handouts.forms import HandoutFormats
    from kb.services.post import Post
    from kb.services.records import UnitOfWork
    from kb.services.review_files import ReviewFiles
    from kb.services.sheets import Sheets
    from kb.services.tables import Tables
    from kb.services.versioned_files import VersionedFiles
    from kb.services.written_files import WrittenFiles


@dataclass(frozen=True)
class PageImage:
    """A page, drawn.

    Attributes:
        png: the picture.
        width: in pixels.
        height: in pixels.
        boxes: rectangles that were marked.
    """

    png: bytes
    width: int
    height: int
    boxes: int

    @property
    def found(self) -> bool:
        """Whether the wanted sentence was found on the page and marked."""
        return self.boxes > 0


class Generations(Protocol):
    """Published generations of the index."""

    def number(self) -> int:
        """Of the current one; 0 when none is published. Cheap."""
        ...

    def manifest(self) -> Manifest:
        """Of the current one."""
        ...

    def open(self, *, verified: bool = True) -> Generation:
        """Open the current one."""
        ...

    def publish(self, catalog: Catalog, about: dict[str, str]) -> Manifest:
        """Build one from the catalog and make it current."""
        ...

    def faults(self) -> list[str]:
        """What differs between the current one's files and its manifest."""
        ...

    def withdraw(self) -> None:
        """Have no current one until the next is published."""
        ...

    def quarantine(self) -> Path | None:
        """Move the current one aside."""
        ...


class Models(Protocol):
    """Embedding models that can be used."""

    def card(self, name: str) -> ModelCard:
        """What a built model is, without loading it."""
        ...

    def open(self, name: str) -> Encoder:
        """Load it."""
        ...


@dataclass(frozen=True)
class KnowledgeBase:
    """Everything a service may use. Made by :func:`kb.bootstrap.open_kb`; safe to share between threads.

    Attributes:
        documents: the folder in which documents lie; paths are told relative to it.
        index: the folder of everything that can be derived again.
        model: name of the model the settings ask for.
        encoder: loads the model once, at the first call.
        reranker: loads the cross-encoder of the settings once; ``None`` where they name none.
        generation: the current generation, opened once for each number; damaged ones are rebuilt from stored vectors.
        names: of countries and languages.
        new_reader: a reader of one's own; close it.
        sidecar: metadata beside a file, with remarks on what is wrong in it.
        render_page: file, page from 1, sentence to mark, width → picture.
        citation_formats: write chosen passages as files.
        assessment_formats: write an assessment as a file.
        handouts: write any report on paper, as PDF and Word file.
        tables: read and write tables as files.
        writing: held by the one process that writes the index.
        launch: starts a job in a process of its own.
        practices: the practice sheets.
        rubrics: the rubrics as their files have them now.
        contexts: the context profiles as their files have them now.
        frameworks: the transferability frameworks as their files have them now.
        organisations: the organisations of the directory.
        partnerships: the partnerships.
        review_files: reviews that are written without the app.
        concepts: the concept scheme as its files have it now; read at the first call, and again when a file changes.
        concept_exchange: concepts as SKOS and back.
        records: begins a transaction on what members entered; the database is opened at the first call.
        has_own_records: they are in the local database, and in none that the settings name.
        demonstration: demonstration data in files.
        calendar_files: write what is planned as calendar files.
        post: sends letters, if a mail server is set.
        app_url: where members reach the app; empty where the settings do not say.
    """

    documents: Path
    index: Path
    model: str
    catalog: Catalog
    generations: Generations
    models: Models
    encoder: Callable[[], Encoder]
    reranker: Callable[[], Reranker | None]
    generation: Callable[[], Generation]
    detector: LanguageDetector
    names: Names
    new_reader: Callable[[], Reader]
    sidecar: Callable[[Path], tuple[Metadata, tuple[str, ...]]]
    render_page: Callable[[Path, int, str, int], PageImage]
    citation_formats: CitationFormats
    assessment_formats: AssessmentFormats
    handouts: HandoutFormats
    tables: Tables
    writing: Callable[[], AbstractContextManager[None]]
    launch: Callable[[Job], None]
    records: Callable[[], UnitOfWork]
    practices: Sheets
    rubrics: VersionedFiles[Rubric]
    contexts: ContextFiles
    frameworks: VersionedFiles[Framework]
    organisations: WrittenFiles[Organisation]
    partnerships: WrittenFiles[Partnership]
    review_files: ReviewFiles
    concepts: Callable[[], ConceptScheme]
    concept_exchange: ConceptExchange
    has_own_records: bool
    demonstration: DemonstrationFiles
    calendar_files: CalendarFiles
    post: Post
    app_url: str

    def generation_number(self) -> int:
        """Of the current generation; cheap, for caches."""
        return self.generations.number()

    def warm(self) -> None:
        """Load the model and open the index, so that the first question does not wait."""
        self.encoder().encode_question("warm up")
        if self.generations.number():
            self.generation()

    def split_settings(self) -> SplitSettings:
        """How documents are cut for the model in use."""
        return SplitSettings.for_model(self.models.card(self.model).max_tokens)

    def about_vectors(self) -> dict[str, str]:
        """Model, revision, dimension and splitter that the settings ask for: what an index must have been made with."""
        card = self.models.card(self.model)
        splitter = self.split_settings().spelled()
        return {"model": card.name, "revision": card.revision, "dim": str(card.dim), "splitter": splitter}
