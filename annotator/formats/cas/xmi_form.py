"""A CAS as XMI, and the file of its type system that goes with it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import Any
from xml.etree.ElementTree import Element

from annotator.core.errors import UserError
from annotator.formats.cas.values import (
    SENTENCE,
    TOKEN,
    VIEW,
    Cas,
    Ref,
    Sheet,
    Structure,
    Type,
    taken,
)
from annotator.formats.fields import Bad
from annotator.formats.tree import quoted, tree

TYPES = "TypeSystem.xml"
_XMI = "http://www.omg.org/XMI"
_ID = f"{{{_XMI}}}id"
_NAMESPACE = re.compile(r"\{http:///(.*)\.ecore\}(\w+)")
_WHOLE = re.compile(r"\d{1,12}")
_REFS = re.compile(r"\d{1,12}( \d{1,12})*")
_POINTING = ("Governor", "Dependent", "target")
"""Features that point to another structure; without its type system, XMI doesn't tell."""
_WHOLE_NUMBERS = tuple(f"uima.cas.{kind}" for kind in ("Integer", "Long", "Short", "Byte"))
Ranges = Mapping[str, Mapping[str, str]]
"""The range of each feature of each type, those that it inherits included."""
_SYSTEM = "http://uima.apache.org/resourceSpecifier"


def sniff(head: bytes, _name: str = "") -> bool:
    """Whether a file begins like XMI."""
    return b"<xmi:XMI" in head[:4_000]


def read(data: bytes, name: str, ranges: Ranges | None = None) -> Cas:
    """The CAS in a file; structures that can't be taken are its problems.

    `ranges` are those of its type system; without it, values are texts. Raises UserError for what
    is no CAS, or one without a text.
    """
    root = tree(data, name)
    sofas = [
        each for each in root if _type(each) == "uima.cas.Sofa" and "sofaString" in each.attrib
    ]
    if not sofas:
        raise UserError(f"{name} has no text: it is no XMI with a sofa.")
    sofa = next((each for each in sofas if each.get("sofaID") == VIEW), sofas[0])
    id_ = sofa.get(_ID)
    inside = (
        (number, each)
        for number, each in enumerate(root, 1)
        if _type(each) not in _SKIPPED and each.get("sofa", id_) == id_
    )
    structures, problems = taken(inside, partial(_structure, known=ranges or {}), name)
    return Cas(sofa.attrib["sofaString"], structures, problems)


_SKIPPED = ("", "uima.cas.NULL", "uima.cas.Sofa", "uima.cas.View", SENTENCE, TOKEN)
"""What the file is made of, and what says nothing but where words are."""


def _type(element: Element) -> str:
    return _type_of(element.tag)


@lru_cache(maxsize=1_000)
def _type_of(tag: str) -> str:
    """The type that an element's namespace and name stand for; "" for none."""
    found = _NAMESPACE.fullmatch(tag)
    if found is None:
        return ""
    # Types of no package have one all the same in XMI.
    package = found[1].replace("/", ".").removeprefix("uima.noNamespace").strip(".")
    return f"{package}.{found[2]}".strip(".")


def _structure(element: Element, known: Ranges) -> Structure:
    type_ = _type(element)
    ranges = known.get(type_, {})
    id_ = element.get(_ID, "")
    place = element.get("begin"), element.get("end")
    if not _WHOLE.fullmatch(id_):
        raise Bad("it has no id")
    if place != (None, None) and not all(each and _WHOLE.fullmatch(each) for each in place):
        raise Bad("its begin and end are not whole numbers")
    features: dict[str, Any] = {}
    for key, value in element.attrib.items():
        if key in ("begin", "end", "sofa") or "}" in key:
            continue
        features[key] = _value(key, value, ranges.get(key, ""))
    for child in element:  # arrays of texts stand inside, one element a text
        features.setdefault(child.tag, []).append(child.text or "")
    begin, end = (None if each is None else int(each) for each in place)
    return Structure(int(id_), type_, begin, end, features)


def _value(key: str, raw: str, range_: str) -> Any:
    if range_ == "uima.cas.Boolean":
        return raw == "true"
    if range_ in _WHOLE_NUMBERS and re.fullmatch(r"-?\d{1,18}", raw):
        return int(raw)
    if range_ in ("uima.cas.FSArray", "uima.cas.FSList"):
        return [Ref(id_) for id_ in refs(raw)]
    pointing = key in _POINTING if not range_ else not range_.startswith("uima.cas.")
    return Ref(raw) if pointing and _WHOLE.fullmatch(raw) else raw


def refs(value: Any) -> list[int]:
    """The ids in the value of a feature that may be an array of structures."""
    return (
        list(map(int, value.split())) if isinstance(value, str) and _REFS.fullmatch(value) else []
    )


def rendered(sheet: Sheet) -> Iterator[bytes]:
    """The file of a CAS, in pieces."""
    prefixes = {each.name: _prefix(each.name) for each in sheet.types}
    spaces = dict(sorted({prefix: _space(name) for name, prefix in prefixes.items()}.items()))
    named = "".join(f" xmlns:{prefix}={quoted(space)}" for prefix, space in spaces.items())
    yield (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<xmi:XMI xmlns:xmi=\"{_XMI}\" "
        f'xmlns:cas="http:///uima/cas.ecore"{named} xmi:version="2.0">\n<cas:NULL xmi:id="0"/>\n'
    ).encode()
    last = 1
    for each in sheet.structures:
        last = each.id
        yield _element(each, f"{prefixes[each.type]}:{each.layer}").encode()
    for type_, places in ((SENTENCE, sheet.sentences), (TOKEN, sheet.tokens)):
        tag = f"{_prefix(type_)}:{type_.rpartition('.')[2]}"
        yield "".join(
            f'<{tag} xmi:id="{number}" sofa="1" begin="{begin}" end="{end}"/>\n'
            for number, (begin, end) in enumerate(places, last + 1)
        ).encode()
        last += len(places)
    members = " ".join(map(str, range(2, last + 1)))
    yield (
        f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="{VIEW}" mimeType="text/plain" '
        f'sofaString={quoted(sheet.text)}/>\n<cas:View sofa="1" members="{members}"/>\n</xmi:XMI>\n'
    ).encode()


def _element(each: Structure, tag: str) -> str:
    place = "" if each.begin is None else f' begin="{each.begin}" end="{each.end}"'
    features = "".join(f" {key}={quoted(str(value))}" for key, value in each.features.items())
    return f'<{tag} xmi:id="{each.id}" sofa="1"{place}{features}/>\n'


def _space(name: str) -> str:
    return f"http:///{name.rpartition('.')[0].replace('.', '/')}.ecore"


def _prefix(name: str) -> str:
    """The prefix of a type's namespace; DKPro's packages are all called `type`."""
    package = name.split(".")
    return package[-3] if package[-2] == "type" else package[-2]


def type_system(types: Iterable[Type]) -> str:
    """The file that describes types, by which INCEpTION can make its layers."""
    described = "".join(map(_description, types))
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        f'<typeSystemDescription xmlns="{_SYSTEM}">\n<types>\n{described}</types>\n'
        "</typeSystemDescription>\n"
    )


def _description(each: Type) -> str:
    features = "".join(
        f"<featureDescription><name>{name}</name><description/>"
        f"<rangeTypeName>{range_}</rangeTypeName></featureDescription>\n"
        for name, range_ in each.features.items()
    )
    return (
        f"<typeDescription>\n<name>{each.name}</name><description/>\n"
        f"<supertypeName>{each.base}</supertypeName>\n"
        f"<features>\n{features}</features>\n</typeDescription>\n"
    )


def ranges_in(data: bytes, name: str) -> Ranges:
    """The ranges that a file of a type system gives; raises UserError for what is none."""
    bases: dict[str, str] = {}
    own: dict[str, dict[str, str]] = {}
    for each in tree(data, name).iter(f"{{{_SYSTEM}}}typeDescription"):
        type_ = each.findtext(f"{{{_SYSTEM}}}name", "").strip()
        bases[type_] = each.findtext(f"{{{_SYSTEM}}}supertypeName", "").strip()
        own[type_] = {
            one.findtext(f"{{{_SYSTEM}}}name", "").strip(): _range(one)
            for one in each.iter(f"{{{_SYSTEM}}}featureDescription")
        }
    return {type_: _inherited(type_, bases, own) for type_ in own}


def _range(feature: Element) -> str:
    return feature.findtext(f"{{{_SYSTEM}}}rangeTypeName", "").strip()


def _inherited(
    type_: str, bases: Mapping[str, str], own: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    found: dict[str, str] = {}
    seen: set[str] = set()
    while type_ in own and type_ not in seen:
        seen.add(type_)
        found = {**own[type_], **found}
        type_ = bases[type_]
    return found
