"""Where files are kept."""

from pathlib import Path
from tempfile import gettempdir

from annotator import sample
from annotator.paths import keeping


def test_what_is_made_of_the_sample_is_kept_where_it_stays(tmp_path: Path) -> None:
    assert keeping(tmp_path / "corpus.db") == tmp_path
    with sample.temporary() as path:
        assert keeping(path) == Path.home()
        assert keeping(path.parent / "mine" / "copy.db") == Path.home()
    assert keeping(Path(gettempdir()) / "mine.db") == Path(gettempdir())
