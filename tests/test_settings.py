"""Settings: which source goes first, what is refused and in whose name, and what stays secret."""

from pathlib import Path

import pytest

from matcher.domain.enums import Language
from matcher.errors import UsageError
from matcher.settings import SETTINGS_TABLE, Settings, describe, load_settings

URL = "postgresql://matcher:s3cret@db.example:5432/matcher?password=s3cret"


@pytest.fixture(autouse=True)
def an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing set, and no file where we stand."""
    for row in SETTINGS_TABLE:
        monkeypatch.delenv(row.variable, raising=False)
    monkeypatch.delenv("MATCHER_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)


def refusal(config: Path | None = None, **overrides: object) -> UsageError:
    with pytest.raises(UsageError) as caught:
        load_settings(config, **overrides)
    return caught.value


def test_without_anything_set_all_is_kept_in_one_visible_folder(tmp_path: Path) -> None:
    settings = load_settings()
    home = tmp_path / "matcher-home"
    assert settings.home == home
    assert settings.models == home / "models"
    assert settings.database.get_secret_value() == f"sqlite:///{home}/matcher.db"
    assert (settings.keep_models, settings.poll_seconds) == (5, 0.2)
    assert (settings.language, settings.encoder) == (Language.ZH, "trained")
    assert not home.exists()


def test_the_caller_goes_before_a_variable_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "matcher.toml").write_text(
        'keep_models = 7\npoll_seconds = 1\nlanguage = "en"\nencoder = "file"\n'
    )
    monkeypatch.setenv("MATCHER_KEEP_MODELS", "8")
    monkeypatch.setenv("MATCHER_POLL_SECONDS", "2")
    settings = load_settings(keep_models=9, encoder=None)
    assert settings.keep_models == 9
    assert settings.poll_seconds == 2
    assert settings.language is Language.EN
    assert settings.encoder == "file"


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_KEEP_MODELS", "")
    assert load_settings().keep_models == 5


def test_what_lies_in_home_moves_with_it(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path / "elsewhere")
    assert settings.models == tmp_path / "elsewhere" / "models"
    assert settings.database.get_secret_value() == f"sqlite:///{tmp_path}/elsewhere/matcher.db"


def test_a_folder_in_the_file_is_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    config = tmp_path / "etc" / "matcher.toml"
    config.write_text('home = "data"\nmodels = "/srv/models"\n')
    settings = load_settings(config)
    assert settings.home == tmp_path / "etc" / "data"
    assert settings.models == Path("/srv/models")


def test_a_folder_in_a_variable_is_relative_to_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHER_HOME", "data")
    settings = load_settings()
    monkeypatch.chdir("/")
    assert settings.home == tmp_path / "data"


def test_the_variable_names_the_file_and_the_caller_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.toml").write_text("keep_models = 1\n")
    (tmp_path / "two.toml").write_text("keep_models = 2\n")
    monkeypatch.setenv("MATCHER_CONFIG", str(tmp_path / "one.toml"))
    assert load_settings().keep_models == 1
    assert load_settings(tmp_path / "two.toml").keep_models == 2


def test_a_named_file_must_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_CONFIG", str(tmp_path / "none.toml"))
    error = refusal()
    assert error.where["file"] == str(tmp_path / "none.toml")
    assert "MATCHER_CONFIG" in str(error.hint)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("keep_model = 3", "Did you mean keep_models?"),
        ('datbase = "sqlite://"', "Did you mean database?"),
        ("poll = 1", "Did you mean poll_seconds?"),
        ("colour = 1", "Known are home, database, models, keep_models"),
        ("[server]\nport = 1", "Known are home"),
    ],
)
def test_an_unknown_key_of_the_file_is_refused_with_the_nearest(
    tmp_path: Path, line: str, told: str
) -> None:
    (tmp_path / "matcher.toml").write_text(line + "\n")
    error = refusal()
    assert error.where["file"] == "matcher.toml"
    assert error.where["field"] in line
    assert told in str(error)


@pytest.mark.parametrize(
    ("variable", "told"),
    [
        ("MATCHER_KEEP_MODEL", "MATCHER_KEEP_MODELS"),
        ("MATCHER_DATABASE_URL", "MATCHER_DATABASE"),
        ("MATCHER_POLL", "MATCHER_POLL_SECONDS"),
        ("MATCHER_CONFIG_FILE", "MATCHER_CONFIG"),
    ],
)
def test_a_variable_that_looks_like_a_slip_is_refused(
    monkeypatch: pytest.MonkeyPatch, variable: str, told: str
) -> None:
    monkeypatch.setenv(variable, "1")
    assert f"{variable} is no setting. Did you mean {told}?" in str(refusal())


def test_what_other_programs_set_is_let_be(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("MATCHER_PORT", "MATCHER_SERVICE_HOST", "MATCHER_ENCODER_KEY", "MATCHER_"):
        monkeypatch.setenv(variable, "tcp://10.0.0.1:80")
    assert load_settings().keep_models == 5


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("keep_models", "0"),
        ("keep_models", "many"),
        ("keep_models", "2.5"),
        ("poll_seconds", "0"),
        ("poll_seconds", "nan"),
        ("poll_seconds", "-1"),
        ("language", "fr"),
        ("home", " "),
    ],
)
def test_a_wrong_value_is_refused_in_the_name_of_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"MATCHER_{name.upper()}", value)
    error = refusal()
    assert error.message.startswith(f"MATCHER_{name.upper()} is '{value}', which is wrong")
    assert error.where == {"field": name}
    assert "pydantic" not in str(error)


@pytest.mark.parametrize(
    "line",
    [
        "keep_models = 0",
        "keep_models = true",
        "poll_seconds = inf",
        "home = 3",
        'language = ["zh"]',
        'encoder = ""',
        'database = "matcher.db"',
    ],
)
def test_a_wrong_value_is_refused_in_the_name_of_its_file(tmp_path: Path, line: str) -> None:
    (tmp_path / "matcher.toml").write_text(line + "\n")
    error = refusal()
    assert error.where == {"file": str(tmp_path / "matcher.toml"), "field": line.split()[0]}


def test_a_wrong_value_or_name_of_the_caller_is_refused() -> None:
    assert "keep_models is 0" in refusal(keep_models=0).message
    assert "Did you mean keep_models?" in str(refusal(keep_model=1))


@pytest.mark.parametrize("content", [b"language = ", b"\xff\xfe", b"a = 1\na = 2\n", b"[" * 5000])
def test_a_file_that_is_not_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "matcher.toml").write_bytes(content)
    assert "is not TOML" in refusal().message


def test_the_password_is_in_no_text() -> None:
    settings = load_settings(database=URL)
    rows = describe(settings)
    shown = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()} {rows}"
    assert "s3cret" not in shown
    assert "postgresql://***@db.example:5432/matcher" in shown
    assert settings.database.get_secret_value() == URL


def test_the_password_is_in_no_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_DATABASE", "s3cret@db")
    assert "s3cret" not in str(refusal())
    monkeypatch.delenv("MATCHER_DATABASE")
    (tmp_path / "matcher.toml").write_text('database = "postgresql://u:s3cret@db/m\n')
    assert "s3cret" not in str(refusal())


def test_settings_can_not_be_changed() -> None:
    settings = Settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.keep_models = 1  # type: ignore[misc]


def test_what_is_built_by_hand_reads_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_KEEP_MODELS", "9")
    assert Settings().keep_models == 5


def test_each_value_is_described_with_its_origin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "matcher.toml").write_text('language = "en"\n')
    monkeypatch.setenv("MATCHER_KEEP_MODELS", "3")
    rows = {row.name: (row.value, row.origin) for row in describe(load_settings(encoder="x"))}
    assert rows["keep_models"] == ("3", "MATCHER_KEEP_MODELS")
    assert rows["language"] == ("en", str(tmp_path / "matcher.toml"))
    assert rows["encoder"] == ("x", "caller")
    assert rows["poll_seconds"] == ("0.2", "default")
    assert list(rows) == [row.name for row in SETTINGS_TABLE]


def test_every_setting_has_a_variable_a_default_and_a_help() -> None:
    assert all(all(row) for row in SETTINGS_TABLE)
    assert "0.2" in {row.default for row in SETTINGS_TABLE}
    assert "MATCHER_POLL_SECONDS" in {row.variable for row in SETTINGS_TABLE}


def test_the_secret_key_is_never_shown_and_has_no_default(tmp_path: Path) -> None:
    [row] = [row for row in describe(Settings(home=tmp_path)) if row.name == "secret_key"]
    assert row.value == "made in home"
    key = "k3y-" * 8
    settings = load_settings(home=tmp_path, secret_key=key)
    shown = [row.value for row in describe(settings) if row.name == "secret_key"]
    assert shown == ["***"]
    assert key not in repr(settings)
    short = refusal(secret_key="short and s3cret")  # noqa: S106
    assert "32 random characters" in str(short)
    assert "s3cret" not in str(short)


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("rate_limit", "20/second; 600/minute", "600"),
        ("rate_limit", "off", "-1/minute"),
        ("rate_store", "redis://:s3cret@cache:6379", "s3cret"),
        ("hosts", "tech.example, .tech.example,[::1]:8000", "tech.example/path"),
        ("proxies", 1, -1),
        ("https", "true", "perhaps"),
    ],
)
def test_what_guards_the_service_is_checked(name: str, good: object, bad: object) -> None:
    assert getattr(load_settings(**{name: good}), name) is not None
    refused = refusal(**{name: bad})
    assert refused.where["field"] == name
    assert "s3cret" not in str(refused)
    assert "s3cret" not in str(describe(load_settings(**{name: good})))
