"""How the page looks: on screen in light and dark, and on paper."""

from annotator.core.tagset import Label, Pattern, Tagset

_LINES: dict[Pattern, str] = {
    "solid": "solid",
    "dash": "dashed",
    "dot": "dotted",
    "double": "double",
    "wave": "groove",
    "dashdot": "ridge",
}
"""What a browser can draw that comes nearest to a pattern."""
LANES = 6
"""Levels of lines below the text; spans further in share the last."""
_COMMON = """\
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1f2328; --soft: #50565f;
  --line: #83878e; --link: #2f5fd0; --toward: #000000 15%; }
@media (prefers-color-scheme: dark) { :root { --paper: #191b1f; --ink: #e6e7ea; --soft: #b8bec8;
  --line: #858c97; --link: #7aa2ff; --toward: #ffffff 45%; } }
* { box-sizing: border-box; }
body { margin: 2rem auto; max-width: 46rem; padding: 0 1rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.5 system-ui, "Noto Sans", sans-serif; }
a { color: var(--link); }
a:focus-visible, :target { outline: 3px solid var(--link); outline-offset: 2px; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.35rem; margin: 3rem 0 .5rem; }
h3 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
.soft { color: var(--soft); }
.text, q, blockquote { font-family: "Noto Serif", Georgia, serif; }
.text { font-size: 1.125rem; line-height: 2.3; white-space: pre-wrap; overflow-wrap: anywhere; }
.s { border-bottom: 3px solid var(--c, var(--line)); }
.t { font: .7rem/1 system-ui, "Noto Sans", sans-serif; unicode-bidi: isolate; white-space: nowrap;
  border: 1px solid var(--line); border-radius: .3em; padding: .1em .3em; margin-inline: .1em; }
.t a { color: var(--ink); text-decoration: none; } .e { border: none; color: var(--soft); }
ol, ul { padding-inline-start: 2.5rem; } li { margin: .6rem 0; overflow-wrap: anywhere; }
.key { display: inline-block; margin-inline-end: 1.25rem; }
@media print { :root { --paper: #ffffff; --ink: #000000; --soft: #333333; }
  body { max-width: none; margin: 0; } h2 { break-before: page; } h2.first { break-before: auto; }
  h2, h3 { break-after: avoid; } li { break-inside: avoid; } nav, .back { display: none; }
  a { color: inherit; text-decoration: none; } }
"""


def style(tagset: Tagset) -> str:
    """The style sheet for a tag set: a class for each of its labels, and one for each lane."""
    lanes = (f".n{lane} {{ padding-bottom: {4 * lane}px; }}\n" for lane in range(LANES))
    labels = (_rule(number, label) for number, label in enumerate(tagset.labels))
    return _COMMON + "".join(lanes) + "".join(labels)


def _rule(number: int, label: Label) -> str:
    """A label's line; its colour is moved toward black, or white, as far as the ground asks."""
    return (
        f".l{number} {{ --c: color-mix(in oklab, {label.color}, var(--toward)); "
        f"border-bottom-style: {_LINES[label.pattern]}; }}\n"
    )
