"""How far people agree, with intervals, and where the rest comes from.

`comparison.Comparison` is an article as several people have done it; `measures.measures` lists what
can be measured, each with the units (the spans) that it counts; `report.tally` counts an article,
and `report.report` makes of such counts the `report.Report` that is shown: figures, the same by
label, pair, annotator, article and order of work, kinds of differences, confusion of labels, edges,
phrases and sides. `markdown.markdown` writes it. From a project: `transfer.figures`, where
`comparisons` gives the articles whose `Measure.units` are the spans behind a figure;
`differences.differences`, `edges` and `sided`, and `spans.cells`, are those behind the rest.
"""
