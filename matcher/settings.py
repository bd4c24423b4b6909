"""What can be set and from where: MATCHER_ variables before a TOML file before the defaults.

A setting is a field of `Settings`; its name, default and help stand there and nowhere else.
Nothing is read at import, and `Settings(...)` itself looks at neither environment nor file.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, NamedTuple
from urllib.parse import quote

from pydantic import BeforeValidator, Field, PrivateAttr, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from matcher.domain.checks import shown
from matcher.domain.enums import Language
from matcher.errors import UsageError

PREFIX = "MATCHER_"
CONFIG_VARIABLE = "MATCHER_CONFIG"
"""Names the TOML file; without it `matcher.toml` is read from the current folder, if it's there."""
CONFIG_FILE = "matcher.toml"

# Read elsewhere, so no slips of the pen: the file above, and the key of a remote encoder.
_OTHER_VARIABLES = frozenset({CONFIG_VARIABLE, "MATCHER_ENCODER_KEY"})
_PATHS = frozenset({"home", "models"})
_HIDDEN = frozenset({"database", "secret_key", "rate_store"})
_SLIP = 0.7
_LAST_PORT = 65535
_SHORTEST_KEY = 32
NEVER = "never"
_CRON_PIECE = r"(\*(/[0-9]+)?|[0-9]+(-[0-9]+(/[0-9]+)?)?)"
_CRON = re.compile(rf"({_CRON_PIECE}(,{_CRON_PIECE})*)( {_CRON_PIECE}(,{_CRON_PIECE})*){{4}}")
NO_LIMIT = "off"
_RATE = r"[1-9][0-9]{0,8}/(second|minute|hour|day)"


def _not_a_truth(value: object) -> object:
    """Python counts true as 1; a person doesn't."""
    if isinstance(value, bool):
        raise ValueError("should be a number")
    return value


def _absolute(value: object) -> object:
    """As seen from where the program started, whatever the working folder becomes later."""
    if isinstance(value, str | Path) and str(value).strip():
        return Path(value).expanduser().absolute()
    raise ValueError("should be a folder")


def _url(value: object) -> object:
    secret = value.get_secret_value() if isinstance(value, SecretStr) else value
    if isinstance(secret, str) and re.match(r"[a-z][a-z0-9+]*://", secret):
        return value
    raise ValueError(
        "should be a URL such as sqlite:////srv/matcher.db or postgresql://user@host/name"
    )


def _address(value: object) -> object:
    found = re.fullmatch(r"(.+):([0-9]{1,5})", value) if isinstance(value, str) else None
    if found and int(found[2]) <= _LAST_PORT:
        return value
    raise ValueError("should be HOST:PORT, such as 127.0.0.1:8000")


def _key(value: object) -> object:
    secret = value.get_secret_value() if isinstance(value, SecretStr) else value
    if value is None or (isinstance(secret, str) and len(secret.strip()) >= _SHORTEST_KEY):
        return value
    raise ValueError(f"should be {_SHORTEST_KEY} random characters or more")


def _rate(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(rf"{NO_LIMIT}|{_RATE}(; ?{_RATE})*", value):
        return value
    raise ValueError(f"should be {NO_LIMIT} or such as 600/minute or 20/second;600/minute")


def _rate_store(value: object) -> object:
    secret = value.get_secret_value() if isinstance(value, SecretStr) else value
    if isinstance(secret, str) and re.match(r"[a-z][a-z0-9+]*://", secret):
        return value
    raise ValueError("should be memory:// or a URL such as redis://host:6379")


def _hosts(value: object) -> object:
    names = value.split(",") if isinstance(value, str) else [""]
    if value == "" or all(re.fullmatch(r"\s*\.?[A-Za-z0-9_.:\[\]-]+\s*", name) for name in names):
        return value
    raise ValueError("should be names of hosts between commas, such as tech.example,.tech.example")


def _cron(value: object) -> object:
    fields = " ".join(value.split()) if isinstance(value, str) else None
    if fields in ("", NEVER):
        return ""
    if fields and _CRON.fullmatch(fields):
        return fields
    raise ValueError(f"should be {NEVER} or as cron writes it, such as 0 3 * * 1")


Folder = Annotated[Path, BeforeValidator(_absolute)]
Address = Annotated[str, BeforeValidator(_address)]
Whole = Annotated[int, BeforeValidator(_not_a_truth)]
Seconds = Annotated[float, BeforeValidator(_not_a_truth)]
Url = Annotated[SecretStr, BeforeValidator(_url)]
Cron = Annotated[str, BeforeValidator(_cron)]
Key = Annotated[SecretStr | None, BeforeValidator(_key)]
Rate = Annotated[str, BeforeValidator(_rate)]
RateStore = Annotated[SecretStr, BeforeValidator(_rate_store)]
Hosts = Annotated[str, BeforeValidator(_hosts)]


class Settings(BaseSettings):
    """Every setting, checked and frozen; folders are absolute and need not exist."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True, validate_default=True
    )
    _origins: dict[str, str] = PrivateAttr(default_factory=dict)

    home: Folder = Field(
        default=Path("matcher-home"),
        description="Folder of all that the service keeps, beside where it is started.",
    )
    database: Url = Field(
        default_factory=lambda known: SecretStr(
            f"sqlite:///{quote(str(_under(known, 'matcher.db')))}"
        ),
        description="URL of the database, SQLite or PostgreSQL; a file in home unless set.",
    )
    models: Folder = Field(
        default_factory=lambda known: _under(known, "models"),
        description="Folder of the published models; in home unless set.",
    )
    keep_models: Whole = Field(
        default=5, ge=1, description="How many of the newest models are kept."
    )
    poll_seconds: Seconds = Field(
        default=0.2,
        gt=0,
        le=3600,
        description="Longest time between two looks at what has changed, in seconds.",
    )
    language: Language = Field(
        default=Language.ZH, description="Language of pages and reasons: zh or en."
    )
    encoder: str = Field(
        default="trained",
        min_length=1,
        description="Encoder of a model: trained, a folder with model.onnx, or URL#MODEL.",
    )
    listen: Address = Field(
        default="127.0.0.1:8000", description="HOST:PORT that `matcher serve` answers at."
    )
    threads: Whole = Field(
        default=4, ge=1, le=64, description="Requests that a process handles at once."
    )
    workers: Whole = Field(
        default=2, ge=1, le=64, description="Processes that answer under gunicorn."
    )
    secret_key: Key = Field(
        default=None,
        description="What sessions and jobs are signed with; several hosts need the same one.",
    )
    https: bool = Field(
        default=False,
        description="Whether people come by HTTPS; cookies are then sent over nothing else.",
    )
    proxies: Whole = Field(
        default=0, ge=0, le=10, description="How many proxies stand before the service."
    )
    hosts: Hosts = Field(
        default="",
        description="Names that the service answers to, between commas; any unless set.",
    )
    rate_limit: Rate = Field(
        default="600/minute", description="Requests of one account or one address; off for any."
    )
    rate_store: RateStore = Field(
        default=SecretStr("memory://"),
        description="Where requests are counted; each process by itself unless set.",
    )
    jobs_workers: Whole = Field(
        default=2, ge=1, le=32, description="Jobs that one `matcher worker` carries out at once."
    )
    jobs_kept_days: Whole = Field(
        default=30, ge=1, description="Days after which a job that is over is forgotten."
    )
    train_at: Cron = Field(
        default="",
        description="When a model is trained by itself, in local time as cron writes it; or never.",
    )
    prompts_at: Cron = Field(
        default="0 6 * * *",
        description="When owners are prompted about old listings, as cron writes it; or never.",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        *_: PydanticBaseSettingsSource,
        **__: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is handed in, nothing else: `load_settings` reads the other sources."""
        return (init_settings,)

    def origin(self, name: str) -> str:
        """Where a value came from: a variable, the path of a file, "caller" or "default"."""
        given = "caller" if name in self.model_fields_set else "default"
        return self._origins.get(name, given)


class Setting(NamedTuple):
    """A row of the table. `default` is written for people: home holds what is relative to it."""

    name: str
    variable: str
    default: str
    help: str


class Described(NamedTuple):
    """A setting as it is now, for people: without a password, and with where it came from."""

    name: str
    value: str
    origin: str
    help: str


_DEFAULTS = {
    "home": "./matcher-home",
    "database": "matcher.db in home",
    "models": "models in home",
    "secret_key": "made in home",
    "hosts": "any",
    "rate_store": "memory://",
    "train_at": NEVER,
}

SETTINGS_TABLE = tuple(
    Setting(
        name,
        PREFIX + name.upper(),
        _DEFAULTS.get(name, str(field.default)),
        field.description or "",
    )
    for name, field in Settings.model_fields.items()
)
_NAMES = tuple(setting.name for setting in SETTINGS_TABLE)


def load_settings(config: Path | None = None, **overrides: Any) -> Settings:
    """Read the settings: `overrides` that aren't None, else variables, else file, else default.

    `config` goes before MATCHER_CONFIG. A relative folder in the file is relative to the file; an
    empty variable counts as unset. Raises UsageError that names an unknown key with the nearest
    known one, or a wrong value with its origin; the database URL is never quoted.
    """
    path = _config_path(config)
    _refuse_slips(os.environ)
    layers = [
        (_from_file(path) if path else {}, str(path and path.absolute())),
        (EnvSettingsSource(Settings)(), ""),
        ({name: value for name, value in overrides.items() if value is not None}, "caller"),
    ]
    values = {name: value for layer, _ in layers for name, value in layer.items()}
    origins = {name: by or PREFIX + name.upper() for layer, by in layers for name in layer}
    try:
        settings = Settings(**values)
    except ValidationError as error:
        raise _refusal(error, values, origins) from None
    settings._origins.update(origins)
    return settings


def describe(settings: Settings) -> tuple[Described, ...]:
    """Every setting with its value and origin, in the order of the table; no password."""
    return tuple(
        Described(row.name, _shown(settings, row.name), settings.origin(row.name), row.help)
        for row in SETTINGS_TABLE
    )


def _under(known: Mapping[str, Any], name: str) -> Path:
    """`home` is missing where it was refused, and then nothing depends on what this gives."""
    return Path(known.get("home", "")) / name


def _shown(settings: Settings, name: str) -> str:
    value = getattr(settings, name)
    if name == "secret_key":
        return "made in home" if value is None else "***"
    return _display(value)


def _display(value: object) -> str:
    """A URL without user, password and parameters: each of them may hold a secret."""
    if not isinstance(value, SecretStr):
        return str(value)
    scheme, _, rest = value.get_secret_value().partition("://")
    credentials, at, place = rest.rpartition("@")
    return f"{scheme}://{'***' if credentials else ''}{at}{place.partition('?')[0]}"


def _config_path(config: Path | None) -> Path | None:
    named = config or os.environ.get(CONFIG_VARIABLE)
    if not named:
        return Path(CONFIG_FILE) if Path(CONFIG_FILE).is_file() else None
    return Path(named).expanduser()


def _from_file(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        hint = f"Correct --config or {CONFIG_VARIABLE}, or leave them out."
        raise UsageError(f"can't be read ({error.strerror}).", file=str(path), hint=hint) from error
    except (ValueError, RecursionError) as error:
        # The parser's message may quote the line, and that line may hold a password.
        place = re.search(r"line \d+, column \d+", str(error))
        message = f"is not TOML{f' ({place[0]})' if place else ''}."
        raise UsageError(message, file=str(path), hint='Write lines as: language = "en"') from None
    for name in sorted(table.keys() - set(_NAMES)):
        message = f"unknown setting {shown(name)}."
        raise UsageError(message, file=str(path), field=name, hint=_meant(name))
    return {
        name: _beside(path, value) if name in _PATHS else value for name, value in table.items()
    }


def _beside(path: Path, value: Any) -> Any:
    return (
        path.absolute().parent / Path(value).expanduser()
        if value and isinstance(value, str)
        else value
    )


def _refuse_slips(variables: Iterable[str]) -> None:
    """Refuse what looks like a setting. What doesn't is another program's: for a service that is
    called matcher, Kubernetes sets MATCHER_PORT and MATCHER_SERVICE_HOST."""
    known = {*_OTHER_VARIABLES, *(setting.variable for setting in SETTINGS_TABLE)}
    for variable in sorted(variables):
        name = variable.upper()
        if not name.startswith(PREFIX) or name in known:
            continue
        if near := _nearest(name.removeprefix(PREFIX).lower(), (*_NAMES, "config")):
            hint = f"Did you mean {PREFIX}{near.upper()}?"
            raise UsageError(f"{variable} is no setting.", field=variable, hint=hint)


def _nearest(name: str, names: Sequence[str] = _NAMES) -> str | None:
    """The one of `names` that somebody who wrote `name` may have meant."""
    near = get_close_matches(name.lower(), names, n=1, cutoff=_SLIP) or [
        known for known in names if name and (known.startswith(name) or name.startswith(known))
    ]
    return near[0] if near else None


def _meant(name: str) -> str:
    near = _nearest(name)
    return f"Did you mean {near}?" if near else f"Known are {', '.join(_NAMES)}."


def _refusal(
    error: ValidationError, values: Mapping[str, Any], origins: Mapping[str, str]
) -> UsageError:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    name = str(first["loc"][0])
    if name not in _NAMES:
        return UsageError(f"{name} is no setting.", field=name, hint=_meant(name))
    origin = origins.get(name, "default")
    variable = origin if origin.startswith(PREFIX) else name
    value = "a value" if name in _HIDDEN else shown(values.get(name))
    file = None if origin in {variable, "caller", "default"} else origin
    why = re.sub(r"^(Input|Value error,)\s+", "", str(first["msg"]))
    return UsageError(f"{variable} is {value}, which {_reason(why)}.", file=file, field=name)


def _reason(why: str) -> str:
    return f"is wrong: it {why}" if why.startswith("should") else f"is wrong ({why})"
