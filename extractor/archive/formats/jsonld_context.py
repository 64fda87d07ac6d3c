"""The ``@context`` of the linked data: which terms stand for which IRIs.

Everything is schema.org's but what a name here says otherwise: the annotation model's terms, by the
names of its own context, and ``rilis:``, the fields of a record that neither has.
"""

from typing import Any

_SCHEMA_DATES = ("datePublished", "dateCreated", "sdDatePublished", "startDate", "endDate")
_LINKS = ("url", "isBasedOn", "sameAs", "eventStatus", "eventAttendanceMode")
CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "@vocab": "https://schema.org/",
    "schema": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "rilis": "urn:rilis:ns:",
    "id": "@id",
    "type": "@type",
    **{name: {"@type": "schema:Date"} for name in _SCHEMA_DATES},
    **{name: {"@type": "@id"} for name in _LINKS},
    # the names of the annotation model's own context, http://www.w3.org/ns/anno.jsonld
    "Annotation": "oa:Annotation",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "Software": "as:Application",
    "identifying": "oa:identifying",
    "describing": "oa:describing",
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "generator": {"@id": "as:generator", "@type": "@id"},
}
