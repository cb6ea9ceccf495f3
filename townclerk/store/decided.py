"""What reviewers decided, over the observations of today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy import select

from townclerk.models.observation import Observation
from townclerk.store.database import Store
from townclerk.store.decisions.anchoring import anchor
from townclerk.store.decisions.model import Decision
from townclerk.store.decisions.standing import DECIDED_FIELDS, NOTHING, READ_FIELDS, Standing
from townclerk.store.decisions.stored import documents_of, readings_of, to_decision
from townclerk.store.observations import Wanted, fits, stored_rows
from townclerk.store.tables import decisions, documents, near_duplicates
from townclerk.store.vocabulary import Review


@dataclass(slots=True, frozen=True)
class Decided:
    """An observation as decided.

    Attributes:
        observation: With the values that reviewers settled.
        standing: What the decisions on it come to.
        document_id: The document it stands in; "" where the store no longer has it.
        path: Its path.
        position: Its number among the document's observations; None for one that stands only in the log, because a
            reviewer added it or the document no longer gives it.
    """

    observation: Observation
    standing: Standing
    document_id: str
    path: str
    position: int | None

    @property
    def review(self) -> Review:
        """Where it stands."""
        return self.standing.review


def decided_observations(store: Store, wanted: Wanted) -> Iterator[Decided]:
    """The wanted observations as decided, rejected ones too: first those as read, by document and place.

    Whether one is wanted is asked of what was decided: a figure that a reviewer gave to another indicator is found
    under that one only. Those that the machine's reading would not have brought come last, with what only the log has.
    """
    decisions = Decisions(store)
    settled = decisions.settled()
    met: set[tuple[str, str]] = set()
    for row, observation in stored_rows(store, wanted):
        key = (row["document_id"], observation.observation_id)
        if key in settled:
            met.add(key)
        standing = decisions.standing(*key)
        one = overlaid(observation, standing)
        if one is observation or fits(one, wanted):
            yield Decided(one, standing, row["document_id"], row["path"], row["position"])
    astray = settled - met
    for document_id in sorted({document_id for document_id, _ in astray}):
        if not (wanted.documents and document_id not in wanted.documents):
            yield from _strays(store, document_id, astray, decisions, wanted)
    yield from decisions.kept(wanted)


def _strays(
    store: Store, document_id: str, keys: AbstractSet[tuple[str, str]], decisions: Decisions, wanted: Wanted
) -> Iterator[Decided]:
    """Observations of a document that are wanted only as they were decided."""
    for row, observation in stored_rows(store, Wanted(documents=(document_id,), once=wanted.once)):
        key = (document_id, observation.observation_id)
        if key in keys:
            one = overlaid(observation, decisions.standing(*key))
            if fits(one, wanted):
                yield Decided(one, decisions.standing(*key), document_id, row["path"], row["position"])


class Decisions:
    """The decisions of a store, as they stood when this was made."""

    def __init__(self, store: Store) -> None:
        self._standings: dict[tuple[str, str], Standing] = {}
        self._kept: list[Decided] = []
        self._near_duplicates: frozenset[str] = frozenset()
        by_document: defaultdict[str, list[Decision]] = defaultdict(list)
        with store.reading() as connection:
            for row in connection.execute(select(decisions).order_by(decisions.c.number)).mappings():
                by_document[row["document_sha256"]].append(to_decision(row))
            self._near_duplicates = frozenset(connection.execute(select(near_duplicates.c.document_id)).scalars())
            for sha256, decided in sorted(by_document.items()):
                named = documents_of(connection, sha256)
                for place, document_id in enumerate(named):
                    anchored = anchor(decided, readings_of(connection, document_id))
                    self._standings |= {(document_id, key): one for key, one in anchored.standings.items()}
                    if place == 0:
                        asked = select(documents.c.path).where(documents.c.document_id == document_id)
                        path = str(connection.execute(asked).scalar())
                        self._keep(anchored.kept, document_id, path)
                if not named:
                    self._keep(anchor(decided, []).kept, "", "")

    def standing(self, document_id: str, observation_id: str) -> Standing:
        """Where an observation of a document stands."""
        return self._standings.get((document_id, observation_id), NOTHING)

    def standings(self) -> Iterator[Standing]:
        """Where every observation stands that somebody decided on, those that only the log has too."""
        yield from self._standings.values()
        yield from (one.standing for one in self._kept)

    def contested(self) -> list[tuple[str, str, Standing]]:
        """Conflicts with new readings, and disagreements: document id, observation id, where it stands."""
        found = [(document_id, key, one) for (document_id, key), one in self._standings.items()]
        found += [(one.document_id, one.observation.observation_id, one.standing) for one in self._kept]
        return sorted(((a, b, one) for a, b, one in found if one.conflict or one.disagreement), key=lambda row: row[:2])

    def settled(self) -> frozenset[tuple[str, str]]:
        """Documents and ids of the observations that were accepted or corrected."""
        return frozenset(
            key for key, one in self._standings.items() if one.review in {Review.ACCEPTED, Review.CORRECTED}
        )

    def indicator_ids(self) -> frozenset[str]:
        """The indicators that decisions name, whether the machine read them or not."""
        standings = [*self._standings.values(), *(one.standing for one in self._kept)]
        named = {(one.decided or {}).get("indicator_id") for one in standings}
        return frozenset(one for one in named if one)

    def kept(self, wanted: Wanted) -> Iterator[Decided]:
        """The wanted of the observations that stand only in the log."""
        for one in self._kept:
            if wanted.documents and one.document_id not in wanted.documents:
                continue
            if wanted.once and one.document_id in self._near_duplicates:
                continue
            if fits(one.observation, wanted):
                yield one

    def _keep(self, kept: dict[str, Standing], document_id: str, path: str) -> None:
        for _, standing in sorted(kept.items()):
            if standing.decided is not None:
                observation = Observation.model_validate(standing.decided)
                self._kept.append(Decided(observation, standing, document_id, path, None))


def overlaid(observation: Observation, standing: Standing) -> Observation:
    """An observation as decided: an accepted one as it was accepted, a corrected one as it was corrected."""
    if standing.decided is None or standing.review in {Review.UNDECIDED, Review.REJECTED}:
        return observation
    fields = DECIDED_FIELDS if standing.review is Review.CORRECTED else READ_FIELDS
    decided = {key: standing.decided[key] for key in fields if key in standing.decided}
    plain = observation.model_dump(mode="json")
    if all(plain[key] == value for key, value in decided.items()):
        return observation
    return Observation.model_validate(plain | decided)


def said_so(observation: Observation, standing: Standing) -> Observation:
    """The observation with a flag that says it was decided (`reviewed_accepted`), for outputs without a column."""
    if standing.review is Review.UNDECIDED:
        return observation
    flags = [*observation.flags, f"reviewed_{standing.review.value}"]
    if standing.conflict:
        flags.append("review_conflict")
    return observation.model_copy(update={"flags": flags})
