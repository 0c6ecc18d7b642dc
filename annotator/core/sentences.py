"""Where sentences end: rules over stops, with the abbreviations after which a stop ends nothing."""

from collections.abc import Iterator

import regex


def _set(words: str) -> frozenset[str]:
    """The words of a list that is easier to read without quotation marks."""
    return frozenset(words.split())


_CLOSERS = r"[\"'”’»›)\]}〉》」』】\uff09]"
_STOP = regex.compile(
    rf"""(?P<wide> [。\uff01\uff1f\uff0e।॥፧።។]++ {_CLOSERS}*+)
    | (?: [.!?…։؟۔‼⁇⁈⁉]++ {_CLOSERS}*+
      | (?<=\p{{Armenian}}) : {_CLOSERS}*+
      | (?<=\p{{Greek}}) [;\u037e] {_CLOSERS}*+ ) (?=\s)""",
    regex.V1 | regex.VERBOSE,
)
_NEXT = regex.compile(
    r"""\s+ ["'“‘«‹„(\[—–\-]* \s* (?P<word> (?P<lower> [\p{Ll}--\p{Georgian}])? [\w'’]*)""",
    regex.V1 | regex.VERBOSE,
)
_BEFORE = regex.compile(r"(?r)[\p{L}\p{M}.]*[\p{L}\p{M}]\Z")  # sought backwards, from its end
_INITIAL = regex.compile(r"(?:\p{L}\p{M}*\.)*\p{L}\p{M}*")
_REACH = 40
_BRACKETS = 300

_ABBREVIATIONS = _set(
    """
    mr mrs ms messrs dr prof rev hon gov sen rep amb gen lt col maj capt cmdr cpl sgt pvt adm brig
    ste sr jr mme mlle
    jan feb mar apr jun jul aug sept sep oct nov dec mt ft dept dist prov approx ca cf vs viz
    bzw ggf bspw dipl hr mgr sra dra dn dña avv dott sig
    гг им ул пр рис см ср руб проф акад ген полк обл пос ім вул sn doç yrd örn bkz հմմտ տես
    """
)
_BEFORE_NUMBERS = _set("no nos nr vol vols pp fig figs art arts sec ch abs str est стр ст тел пп")
_ENDING = _set("etc inc ltd corp bros usw др гг млн млрд тыс")
"""Abbreviations that may well end a sentence; like initials they do before a common first word."""
_STARTERS = _set(
    """
    the a an in on at by for from to as after before when while if although but and or so he she it
    they we i you this that these those there his her its their our according however meanwhile
    also both during under with not many some several earlier later then what why how who
    в на по об как но и а он она они это этот кроме также однако после
    """
)


def sentence_ends(text: str, start: int, end: int) -> Iterator[int]:
    """The positions (code points) behind the sentences that end within `text[start:end]`, in order.

    A stop ends nothing before a word in lower case, after an abbreviation or an initial, after the
    number of a list item or inside round brackets. Chinese and Indic stops need no space behind.
    """
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if stop["wide"] or _ends(text, begin, *stop.span()):
            begin = stop.end()
            yield begin


def _ends(text: str, begin: int, stop: int, after: int) -> bool:
    """Whether the mark at `stop`, with what closes up to `after`, ends what starts at `begin`."""
    if text[stop] in "։؟۔":
        return True
    following = _NEXT.match(text, after, after + _REACH)
    nearby = text[max(begin, stop - _BRACKETS) : after]
    if (following and following["lower"]) or nearby.count("(") > nearby.count(")"):
        return False
    if text[stop] != "." or text[stop + 1 : stop + 2] == ".":
        return True
    if text[max(begin, stop - 5) : stop].strip().isdecimal() and not text[begin:stop].strip(
        " 0123456789"
    ):
        return False
    word = _BEFORE.search(text, max(begin, stop - _REACH), stop)
    return word is None or _word_ends(word[0], following["word"] if following else "")


def _word_ends(before: str, after: str) -> bool:
    """Whether a stop between these two words ends a sentence."""
    word = before.casefold()
    if _INITIAL.fullmatch(before) or word in _ENDING:
        return after.casefold() in _STARTERS
    if word in _BEFORE_NUMBERS:
        return not after[:1].isdecimal()
    return word not in _ABBREVIATIONS
