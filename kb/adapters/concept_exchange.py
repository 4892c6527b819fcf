"""Other vocabularies and the folder of concepts. Answers :class:`kb.services.concept_exchange.ConceptExchange`."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from kb.errors import InvalidEntry
from kb.peers.concept_faults import is_id
from kb.peers.concepts import ConceptScheme
from kb.services.concept_exchange import GraphForm


class ConceptFiles:
    """SKOS in and out, and the files of one folder.

    Args:
        folder: of the concepts; made at the first file.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def written(self, scheme: ConceptScheme, form: GraphForm, base: str) -> bytes:
        """See the port."""
        from kb.adapters import skos

        return skos.written(scheme, form, base=base or skos.BASE)

    def read(self, data: bytes, form: GraphForm, name: str) -> tuple[ConceptScheme, tuple[str, ...]]:
        """See the port."""
        from kb.adapters.skos_reading import read_skos

        found = read_skos(data, form, name=name)
        return found.scheme, found.remarks

    def keep(self, scheme: ConceptScheme, name: str) -> str:
        """See the port. All files are read with the new one before it is put in its place."""
        from kb.adapters.concept_files import read_concepts
        from kb.adapters.concept_writing import as_yaml

        if not is_id(name):
            raise InvalidEntry(f"“{name[:100]}” is no name of a file of concepts: use a–z, 0–9 and hyphens, 60 at most.")
        place = self._folder / f"{name}.yaml"
        text = as_yaml(ConceptScheme.of(self._name() or scheme.name, scheme.concepts))
        with tempfile.TemporaryDirectory(prefix="kb-concepts-") as together:
            for path in self._folder.glob("*.yaml"):
                Path(together, path.name).write_bytes(path.read_bytes())
            Path(together, place.name).write_text(text, encoding="utf-8")
            read_concepts(Path(together))
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            with place.open("x", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        except FileExistsError as error:
            raise InvalidEntry(f"There is a file of concepts {place.name} already. Choose another name.") from error
        return place.name

    def _name(self) -> str:
        """Of the scheme that is there."""
        from kb.adapters.concept_files import read_concepts

        return read_concepts(self._folder).scheme.name
