"""The evidence of a package in CASE/UCO 1.4 (JSON-LD), so that other forensic programs can read whose hands it went through.

The graph is a pure function of the exhibit lists and custody events: the verifier makes it again and expects the same bytes.
"""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from comity.acts.canonical import canonical
from comity.acts.office import Office
from comity.evidence.custody import CustodyEvent
from comity.evidence.exhibit import Exhibit, ExhibitList

NAMES = uuid.UUID("6a3f6c0e-54b7-5a7d-9a51-3f1f0a6b7c11")  # ours, fixed for ever: names of things are derived from it
UCO = "https://ontology.unifiedcyberontology.org/uco/"
CONTEXT = {
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    "kb": "http://example.org/kb/",
    "uco-action": UCO + "action/",
    "uco-core": UCO + "core/",
    "uco-identity": UCO + "identity/",
    "uco-observable": UCO + "observable/",
    "uco-types": UCO + "types/",
    "uco-vocabulary": UCO + "vocabulary/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
Node = dict[str, object]


def case_graph(lists: Iterable[ExhibitList], events: Iterable[CustodyEvent], offices: Mapping[str, Office]) -> bytes:
    """Return the JSON-LD document, in canonical form."""
    lists = sorted(lists, key=lambda each: each.sha256)
    events = sorted(events, key=lambda each: (each.at, each.sha256))
    nodes: list[Node] = [
        _office(offices[office]) for office in sorted({event.office for event in events} & set(offices))
    ]
    for exhibits in lists:
        nodes += [_file(exhibit) for exhibit in exhibits.exhibits]
        nodes.append(_record(exhibits))
    nodes += [_action(event, offices) for event in events]
    unique = {str(node["@id"]): node for node in nodes}
    return canonical({"@context": CONTEXT, "@graph": list(unique.values())})


def _name(kind: str, key: str) -> str:
    return f"kb:{kind}-{uuid.uuid5(NAMES, f'{kind}:{key}')}"


def _ref(kind: str, key: str) -> Node:
    return {"@id": _name(kind, key)}


def _instant(at: datetime) -> Node:
    return {"@type": "xsd:dateTime", "@value": at.strftime("%Y-%m-%dT%H:%M:%SZ")}


def _office(office: Office) -> Node:
    return {
        "@id": _name("organization", office.id),
        "@type": "uco-identity:Organization",
        "uco-core:name": office.name("en"),
        "uco-core:description": office.id,
    }


def _file(exhibit: Exhibit) -> Node:
    key = f"{exhibit.sha256}:{exhibit.path}"
    digest = {
        "@id": _name("hash", key),
        "@type": "uco-types:Hash",
        "uco-types:hashMethod": {"@type": "uco-vocabulary:HashNameVocab", "@value": "SHA256"},
        "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": exhibit.sha256.upper()},
    }
    content = {
        "@id": _name("content-data-facet", key),
        "@type": "uco-observable:ContentDataFacet",
        "uco-observable:sizeInBytes": {"@type": "xsd:integer", "@value": str(exhibit.size)},
        "uco-observable:hash": digest,
    }
    file = {
        "@id": _name("file-facet", key),
        "@type": "uco-observable:FileFacet",
        "uco-observable:fileName": exhibit.path.rsplit("/", 1)[-1],
        "uco-observable:filePath": exhibit.path,
        "uco-observable:sizeInBytes": {"@type": "xsd:integer", "@value": str(exhibit.size)},
    }
    return {"@id": _name("file", key), "@type": "uco-observable:File", "uco-core:hasFacet": [content, file]}


def _record(exhibits: ExhibitList) -> Node:
    return {
        "@id": _name("provenance-record", exhibits.sha256),
        "@type": "case-investigation:ProvenanceRecord",
        "uco-core:description": exhibits.title or exhibits.sha256,
        "case-investigation:exhibitNumber": exhibits.sha256,
        "uco-core:object": [_ref("file", f"{each.sha256}:{each.path}") for each in exhibits.exhibits],
    }


def _action(event: CustodyEvent, offices: Mapping[str, Office]) -> Node:
    action: Node = {
        "@id": _name("investigative-action", event.sha256),
        "@type": "case-investigation:InvestigativeAction",
        "uco-core:name": event.kind,
        "uco-action:startTime": _instant(event.at),
        "uco-action:endTime": _instant(event.at),
        "uco-action:object": [_ref("provenance-record", event.list)],
        "uco-action:result": [_ref("provenance-record", event.list)],
    }
    if event.office in offices:
        action["uco-action:performer"] = _ref("organization", event.office)
    return action
