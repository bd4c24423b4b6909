"""What can be set and from where: MATCHER_ variables before a TOML file before the defaults.

A setting is a field of `Settings`; its name, default and help stand there and nowhere else.
Nothing is read at import, and `Settings(...)` itself looks at neither environment nor file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from datetime import tzinfo
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote
from zoneinfo import ZoneInfo

from pydantic import Field, PrivateAttr, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from matcher.domain.checks import shown
from matcher.domain.enums import Language
from matcher.errors import UsageError
from matcher.setting_file import CONFIG_VARIABLE, found_file, meant, nearest, read_file
from matcher.setting_values import (
    NEVER,
    Address,
    Cron,
    Folder,
    Host,
    Hosts,
    Key,
    Mailbox,
    MailPassword,
    MailSecurity,
    MailUser,
    PublicUrl,
    Rate,
    RateStore,
    Seconds,
    Url,
    Whole,
    Zone,
)

PREFIX = "MATCHER_"

# Read elsewhere, so no slips of the pen: the file above, and the key of a remote encoder.
_OTHER_VARIABLES = frozenset({CONFIG_VARIABLE, "MATCHER_ENCODER_KEY"})
_HIDDEN = frozenset({"database", "secret_key", "rate_store", "smtp_password"})


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
    time_zone: Zone = Field(
        default="", description="Where people's days begin and end; the machine's unless set."
    )
    train_at: Cron = Field(
        default="",
        description="When a model is trained by itself, in time_zone as cron writes it; or never.",
    )
    prompts_at: Cron = Field(
        default="0 6 * * *",
        description="When owners are prompted about old listings, as cron writes it; or never.",
    )
    notices_at: Cron = Field(
        default="0 7 * * *",
        description="When everybody is told what is new for them, as cron writes it; or never.",
    )
    smtp_host: Host = Field(
        default="", description="Host of the server that takes mail; no mail is sent unless set."
    )
    smtp_port: Whole = Field(default=587, ge=1, le=65535, description="Its port.")
    smtp_security: MailSecurity = Field(
        default="starttls",
        description="How mail is encrypted on its way there: starttls, tls from the start, none.",
    )
    smtp_user: MailUser = Field(default="", description="Who we are there; nobody unless set.")
    smtp_password: MailPassword = Field(
        default=SecretStr(""), description="The password that goes with it."
    )
    mail_from: Mailbox = Field(default="", description="The address that mail comes from.")
    public_url: PublicUrl = Field(
        default="", description="Address of the service in mails; without it they have no links."
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

    @property
    def zone(self) -> tzinfo | None:
        """The zone of time_zone; None for the machine's, as `datetime.astimezone` takes it."""
        return ZoneInfo(self.time_zone) if self.time_zone else None

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
    "time_zone": "the machine's",
    "train_at": NEVER,
    "smtp_host": "none",
    "smtp_user": "none",
    "smtp_password": "none",
    "mail_from": "none",
    "public_url": "none",
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
    path = found_file(config)
    _refuse_slips(os.environ)
    layers = [
        (read_file(path, _NAMES) if path else {}, str(path and path.absolute())),
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
    if name == "smtp_password":
        return "***" if value.get_secret_value() else ""
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


def _refuse_slips(variables: Iterable[str]) -> None:
    """Refuse what looks like a setting. What doesn't is another program's: for a service that is
    called matcher, Kubernetes sets MATCHER_PORT and MATCHER_SERVICE_HOST."""
    known = {*_OTHER_VARIABLES, *(setting.variable for setting in SETTINGS_TABLE)}
    for variable in sorted(variables):
        name = variable.upper()
        if not name.startswith(PREFIX) or name in known:
            continue
        if near := nearest(name.removeprefix(PREFIX).lower(), (*_NAMES, "config")):
            hint = f"Did you mean {PREFIX}{near.upper()}?"
            raise UsageError(f"{variable} is no setting.", field=variable, hint=hint)


def _refusal(
    error: ValidationError, values: Mapping[str, Any], origins: Mapping[str, str]
) -> UsageError:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    name = str(first["loc"][0])
    if name not in _NAMES:
        return UsageError(f"{name} is no setting.", field=name, hint=meant(name, _NAMES))
    origin = origins.get(name, "default")
    variable = origin if origin.startswith(PREFIX) else name
    value = "a value" if name in _HIDDEN else shown(values.get(name))
    file = None if origin in {variable, "caller", "default"} else origin
    why = re.sub(r"^(Input|Value error,)\s+", "", str(first["msg"]))
    return UsageError(f"{variable} is {value}, which {_reason(why)}.", file=file, field=name)


def _reason(why: str) -> str:
    return f"is wrong: it {why}" if why.startswith("should") else f"is wrong ({why})"
