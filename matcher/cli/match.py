"""`matcher match`: two files in, ranked matches out."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console

from matcher.actions.match import Files, Options, Outcome, match_files, match_rows
from matcher.cli.screen import WIDTH, print_matches
from matcher.cli.summary import summary
from matcher.domain.enums import Language
from matcher.text.encoders.registry import TRAINED

_PATH = click.Path(path_type=Path, readable=False)
_STDOUT = Path("-")


@click.command(
    epilog="Example: matcher match needs.xlsx outcomes.xlsx -k 5 -o matches.xlsx",
    context_settings={"max_content_width": WIDTH},
)
@click.argument("queries", type=_PATH)
@click.argument("candidates", type=_PATH)
@click.option("--portfolio", type=_PATH, help="Records that candidates' portfolios name by id.")
@click.option("--interactions", type=_PATH, help="Known pairs: query_id, candidate_id[, weight].")
@click.option("--keep-known", is_flag=True, help="Leave the known pairs in the result.")
@click.option("--only", type=_PATH, help="Candidate ids to take, one a line.")
@click.option("--exclude", type=_PATH, help="Candidate ids, or query_id<TAB>candidate_id.")
@click.option("--mapping", type=_PATH, help="TOML that names the columns; guessed otherwise.")
@click.option("--encoder", default=TRAINED, help="A name, a model's folder, or URL#MODEL.")
@click.option("-k", default=10, show_default=True, help="How many matches a query gets.")
@click.option("--explain/--no-explain", default=True, help="Give reasons (default).")
@click.option("--rules/--no-rules", default=True, help="Heed readiness and budget (default).")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="Leave out what is expired.")
@click.option("--diversity", default=0.0, help="0 (default) to 1: fewer near-repeats.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="en", help="Of the reasons.")
@click.option("-o", "--out", type=_PATH, default=_STDOUT, help=".xlsx, .tsv, .jsonl, .trec or -.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def match(
    queries: Path,
    candidates: Path,
    portfolio: Path | None,
    interactions: Path | None,
    keep_known: bool,
    only: Path | None,
    exclude: Path | None,
    mapping: Path | None,
    encoder: str,
    k: int,
    explain: bool,
    rules: bool,
    day: datetime | None,
    diversity: float,
    lang: str,
    out: Path,
    quiet: bool,
) -> None:
    """Rank the records of the CANDIDATES file for every record of the QUERIES file.

    Files are .xlsx, .csv, .tsv or .jsonl, text files also .gz, with an id, a title and a text,
    or the columns of a registration form in Chinese or English. Without -o the matches are
    printed; what is said meanwhile goes to standard error.
    """
    files = Files(queries, candidates, portfolio, interactions, only, exclude, mapping)
    on, language = day.date() if day else None, Language(lang)
    options = Options(encoder, k, explain, keep_known, rules, diversity, on, language)
    _run(files, options, out, _progress(quiet))


def _progress(quiet: bool) -> Console:
    """Standard error; names of files are printed as they are, `:cat:` too."""
    return Console(stderr=True, quiet=quiet, highlight=False, soft_wrap=True, emoji=False)


def _run(files: Files, options: Options, out: Path, console: Console) -> None:
    started = time.monotonic()
    outcome = Outcome()
    if out == _STDOUT:
        print_matches(match_rows(files, options, outcome, console.print), options.language)
    else:
        outcome = match_files(files, options, out, console.print)
    where = "" if out == _STDOUT else str(out)
    for line in summary(outcome, where, time.monotonic() - started):
        console.print(line, markup=False)
