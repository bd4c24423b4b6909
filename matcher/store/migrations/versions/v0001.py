"""All tables of the first version."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from matcher.store.schema.append_only import CREATE, DROP

revision = "0001"
down_revision = None

TEXT = sa.Text()
ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
JSON_OR_NULL = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables, then what keeps some of them from being rewritten."""
    for create in _CREATE:
        create()
    for statement in CREATE[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Drop everything."""
    for statement in DROP[op.get_bind().dialect.name]:
        op.execute(statement)
    for create in reversed(_CREATE):
        op.drop_table(create.__name__.removeprefix("_"))


def _of(kind: Any, *names: str) -> list[sa.Column[Any]]:
    """Columns of one type that always hold a value."""
    return [sa.Column(name, kind, nullable=False) for name in names]


def _maybe(kind: Any, *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=True) for name in names]


def _account() -> None:
    op.create_table(
        "account",
        *_of(ID, "id"),
        *_of(
            TEXT,
            "login",
            "login_key",
            "name",
            "organisation",
            "node",
            "manager",
            "language",
            "password_digest",
        ),
        *_of(sa.Boolean(), "active"),
        *_of(TIME, "created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("login_key", name="uq_account_login_key"),
    )
    op.create_index("ix_account_manager", "account", ["manager"])
    op.create_index("ix_account_node", "account", ["node"])


def _change() -> None:
    op.create_table(
        "change",
        *_of(SEQ, "seq"),
        *_of(TEXT, "noun", "id"),
        *_of(TIME, "at"),
        sa.PrimaryKeyConstraint("seq", name="pk_change"),
        sqlite_autoincrement=True,
    )


def _event() -> None:
    op.create_table(
        "event",
        *_of(SEQ, "seq"),
        *_of(TEXT, "actor", "verb", "model_version"),
        *_of(TIME, "at"),
        *_of(JSON, "subjects"),
        *_maybe(sa.Integer(), "position"),
        *_maybe(sa.Double(), "propensity"),
        sa.PrimaryKeyConstraint("seq", name="pk_event"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_actor", "event", ["actor"])
    op.create_index("ix_event_verb_seq", "event", ["verb", "seq"])


def _follow_up() -> None:
    op.create_table(
        "follow_up",
        *_of(ID, "id"),
        *_of(TEXT, "need", "outcome", "manager", "state", "next_action", "node"),
        *_maybe(sa.Date(), "due_on"),
        *_maybe(TIME, "introduced_at"),
        *_of(sa.Integer(), "version"),
        sa.PrimaryKeyConstraint("id", name="pk_follow_up"),
    )
    op.create_index("ix_follow_up_manager", "follow_up", ["manager"])
    op.create_index("ix_follow_up_node", "follow_up", ["node"])
    op.create_index("ix_follow_up_outcome", "follow_up", ["outcome"])
    op.create_index("ix_follow_up_pair", "follow_up", ["need", "outcome"])
    op.create_index("ix_follow_up_state", "follow_up", ["state"])


def _import_run() -> None:
    op.create_table(
        "import_run",
        *_of(SEQ, "seq"),
        *_of(TEXT, "id", "noun", "file", "sha256", "namespace", "actor", "state"),
        *_of(JSON, "mapping", "counts"),
        *_of(TIME, "started_at"),
        *_maybe(TIME, "finished_at"),
        sa.PrimaryKeyConstraint("seq", name="pk_import_run"),
        sa.UniqueConstraint("id", name="uq_import_run_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_import_run_sha256", "import_run", ["sha256"])


def _interaction() -> None:
    op.create_table(
        "interaction",
        *_of(ID, "id"),
        *_of(TEXT, "need", "outcome", "manager", "external_id", "source", "node"),
        *_of(sa.Double(), "weight"),
        *_maybe(TIME, "at"),
        sa.PrimaryKeyConstraint("id", name="pk_interaction"),
    )
    op.create_index("ix_interaction_external_id", "interaction", ["external_id"])
    op.create_index("ix_interaction_manager", "interaction", ["manager"])
    op.create_index("ix_interaction_need", "interaction", ["need"])
    op.create_index("ix_interaction_outcome", "interaction", ["outcome"])


def _manager() -> None:
    op.create_table(
        "manager",
        *_of(ID, "id"),
        *_of(
            TEXT,
            "name",
            "name_en",
            "agency",
            "registration",
            "statement",
            "statement_en",
            "external_id",
            "node",
            "source",
            "changed_by",
            "merged_into",
            "import_id",
        ),
        *_maybe(TEXT, "grade", "title_key"),
        *_of(
            JSON,
            "fields",
            "industries",
            "regions",
            "languages",
            "conflicts",
            "same_person",
            "deals",
        ),
        *_maybe(sa.Integer(), "capacity"),
        *_of(sa.Boolean(), "active"),
        *_maybe(sa.Date(), "updated_at"),
        *_of(sa.Integer(), "version"),
        *_of(TIME, "created_at", "changed_at"),
        *_maybe(TIME, "deleted_at"),
        sa.PrimaryKeyConstraint("id", name="pk_manager"),
    )
    op.create_index("ix_manager_agency", "manager", ["agency"])
    op.create_index("ix_manager_changed_at", "manager", ["changed_at"])
    op.create_index("ix_manager_external_id", "manager", ["external_id"])
    op.create_index("ix_manager_node", "manager", ["node"])
    op.create_index("ix_manager_registration", "manager", ["registration"])
    op.create_index("ix_manager_title_key", "manager", ["title_key"])


def _merge() -> None:
    op.create_table(
        "merge",
        *_of(SEQ, "seq"),
        *_of(TEXT, "id", "noun", "kept", "dropped", "low", "high", "state", "decided_by"),
        *_of(sa.Double(), "score"),
        *_of(JSON, "why"),
        *_maybe(TIME, "decided_at"),
        *_of(TIME, "created_at"),
        sa.PrimaryKeyConstraint("seq", name="pk_merge"),
        sa.CheckConstraint("kept <> dropped", name=op.f("ck_merge_ck_merge_two_records")),
        sa.UniqueConstraint("id", name="uq_merge_id"),
        sa.UniqueConstraint("noun", "low", "high", name="uq_merge_pair"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_merge_dropped", "merge", ["dropped"])
    op.create_index("ix_merge_kept", "merge", ["kept"])
    op.create_index("ix_merge_state_seq", "merge", ["state", "seq"])


def _need() -> None:
    op.create_table(
        "need",
        *_of(ID, "id"),
        *_of(
            TEXT,
            "problem",
            "problem_en",
            "indicators",
            "indicators_en",
            "foundation",
            "foundation_en",
            "organisation",
            "external_id",
            "node",
            "source",
            "title",
            "title_en",
            "field",
            "currency",
            "region",
            "reg_no",
            "visibility",
            "owner",
            "changed_by",
            "merged_into",
            "import_id",
        ),
        *_maybe(sa.BigInteger(), "budget_min", "budget_max"),
        *_of(JSON, "coop_modes", "keywords", "keywords_en", "visible_to"),
        *_maybe(sa.Integer(), "min_trl"),
        *_maybe(JSON_OR_NULL, "challenge"),
        *_of(sa.Boolean(), "scenario"),
        *_maybe(sa.Date(), "updated_at", "valid_until"),
        *_maybe(TEXT, "title_key"),
        *_of(sa.Integer(), "version"),
        *_of(TIME, "created_at", "changed_at"),
        *_maybe(TIME, "deleted_at"),
        sa.PrimaryKeyConstraint("id", name="pk_need"),
    )
    op.create_index("ix_need_changed_at", "need", ["changed_at"])
    op.create_index("ix_need_external_id", "need", ["external_id"])
    op.create_index("ix_need_node", "need", ["node"])
    op.create_index("ix_need_organisation", "need", ["organisation"])
    op.create_index("ix_need_reg_no", "need", ["reg_no"])
    op.create_index("ix_need_title_key", "need", ["title_key"])
    op.create_index("ix_need_valid_until", "need", ["valid_until"])
    op.create_index("ix_need_visibility", "need", ["visibility"])


def _node() -> None:
    op.create_table(
        "node",
        *_of(ID, "id"),
        *_of(TEXT, "name", "name_en", "kind", "parent"),
        sa.PrimaryKeyConstraint("id", name="pk_node"),
    )


def _organisation() -> None:
    op.create_table(
        "organisation",
        *_of(ID, "id"),
        *_of(
            TEXT,
            "name",
            "name_en",
            "credit_code",
            "parent",
            "region",
            "country",
            "industry",
            "external_id",
            "node",
            "source",
            "changed_by",
            "merged_into",
            "import_id",
        ),
        *_of(JSON, "aliases", "certifications"),
        *_maybe(TEXT, "kind", "size", "title_key"),
        *_maybe(sa.Date(), "updated_at"),
        *_of(sa.Integer(), "version"),
        *_of(TIME, "created_at", "changed_at"),
        *_maybe(TIME, "deleted_at"),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
    )
    op.create_index("ix_organisation_changed_at", "organisation", ["changed_at"])
    op.create_index("ix_organisation_credit_code", "organisation", ["credit_code"])
    op.create_index("ix_organisation_external_id", "organisation", ["external_id"])
    op.create_index("ix_organisation_node", "organisation", ["node"])
    op.create_index("ix_organisation_parent", "organisation", ["parent"])
    op.create_index("ix_organisation_title_key", "organisation", ["title_key"])


def _outcome() -> None:
    op.create_table(
        "outcome",
        *_of(ID, "id"),
        *_of(
            TEXT,
            "summary",
            "summary_en",
            "holder",
            "form",
            "originality",
            "ipr_status",
            "pay_after_use_terms",
            "advantages",
            "advantages_en",
            "applications",
            "applications_en",
            "secrecy",
            "listing",
            "external_id",
            "node",
            "source",
            "title",
            "title_en",
            "field",
            "currency",
            "region",
            "reg_no",
            "visibility",
            "owner",
            "changed_by",
            "merged_into",
            "import_id",
        ),
        *_of(JSON, "inventors", "ipc", "transfer_modes", "keywords", "keywords_en", "visible_to"),
        *_maybe(sa.Integer(), "trl"),
        *_maybe(TEXT, "stage", "title_key"),
        *_maybe(sa.BigInteger(), "price_min", "price_max"),
        *_of(sa.Boolean(), "pay_after_use"),
        *_maybe(sa.Date(), "updated_at", "valid_until"),
        *_of(sa.Integer(), "version"),
        *_of(TIME, "created_at", "changed_at"),
        *_maybe(TIME, "deleted_at"),
        sa.PrimaryKeyConstraint("id", name="pk_outcome"),
    )
    op.create_index("ix_outcome_changed_at", "outcome", ["changed_at"])
    op.create_index("ix_outcome_external_id", "outcome", ["external_id"])
    op.create_index("ix_outcome_holder", "outcome", ["holder"])
    op.create_index("ix_outcome_node", "outcome", ["node"])
    op.create_index("ix_outcome_reg_no", "outcome", ["reg_no"])
    op.create_index("ix_outcome_title_key", "outcome", ["title_key"])
    op.create_index("ix_outcome_valid_until", "outcome", ["valid_until"])
    op.create_index("ix_outcome_visibility", "outcome", ["visibility"])


def _revision() -> None:
    op.create_table(
        "revision",
        *_of(TEXT, "noun", "id", "actor", "import_id", "merged_into"),
        *_of(sa.Integer(), "version"),
        *_of(JSON, "content"),
        *_of(TIME, "at"),
        *_maybe(TIME, "deleted_at"),
        sa.PrimaryKeyConstraint("noun", "id", "version", name="pk_revision"),
    )


def _account_role() -> None:
    op.create_table(
        "account_role",
        *_of(ID, "account"),
        *_of(TEXT, "role"),
        sa.PrimaryKeyConstraint("account", "role", name="pk_account_role"),
        sa.ForeignKeyConstraint(
            ["account"], ["account.id"], name="fk_account_role_account_account"
        ),
    )


def _contract() -> None:
    op.create_table(
        "contract",
        *_of(ID, "follow_up"),
        *_maybe(TEXT, "mode"),
        *_of(TEXT, "contract_reg_no", "currency"),
        *_maybe(sa.Date(), "signed_on"),
        *_maybe(sa.BigInteger(), "value", "technical_value", "commission"),
        *_maybe(JSON_OR_NULL, "payment"),
        sa.PrimaryKeyConstraint("follow_up", name="pk_contract"),
        sa.ForeignKeyConstraint(
            ["follow_up"], ["follow_up.id"], name="fk_contract_follow_up_follow_up"
        ),
    )
    op.create_index("ix_contract_contract_reg_no", "contract", ["contract_reg_no"])


def _event_subject() -> None:
    op.create_table(
        "event_subject",
        *_of(TEXT, "noun", "id"),
        *_of(SEQ, "event"),
        sa.PrimaryKeyConstraint("noun", "id", "event", name="pk_event_subject"),
        sa.ForeignKeyConstraint(["event"], ["event.seq"], name="fk_event_subject_event_event"),
    )


def _import_row() -> None:
    op.create_table(
        "import_row",
        *_of(TEXT, "import_id", "record_id", "action"),
        *_of(sa.Integer(), "row"),
        *_of(JSON, "problems", "original"),
        sa.PrimaryKeyConstraint("import_id", "row", name="pk_import_row"),
        sa.ForeignKeyConstraint(
            ["import_id"], ["import_run.id"], name="fk_import_row_import_id_import_run"
        ),
    )
    op.create_index("ix_import_row_record_id", "import_row", ["record_id"])


def _note() -> None:
    op.create_table(
        "note",
        *_of(SEQ, "seq"),
        *_of(ID, "follow_up"),
        *_of(TEXT, "by", "text"),
        *_of(TIME, "at"),
        sa.PrimaryKeyConstraint("seq", name="pk_note"),
        sa.ForeignKeyConstraint(
            ["follow_up"], ["follow_up.id"], name="fk_note_follow_up_follow_up"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_note_follow_up", "note", ["follow_up"])


def _token() -> None:
    op.create_table(
        "token",
        *_of(SEQ, "seq"),
        *_of(TEXT, "id", "name", "digest", "scope"),
        *_of(ID, "account"),
        *_of(TIME, "created_at"),
        *_maybe(TIME, "expires_at", "last_used_at", "revoked_at"),
        sa.PrimaryKeyConstraint("seq", name="pk_token"),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_token_account_account"),
        sa.UniqueConstraint("digest", name="uq_token_digest"),
        sa.UniqueConstraint("id", name="uq_token_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_token_account", "token", ["account"])


def _transition() -> None:
    op.create_table(
        "transition",
        *_of(SEQ, "seq"),
        *_of(ID, "follow_up"),
        *_of(TEXT, "from_state", "to_state", "by", "why", "of"),
        *_of(TIME, "at"),
        *_maybe(TEXT, "reason"),
        *_maybe(sa.Date(), "until"),
        sa.PrimaryKeyConstraint("seq", name="pk_transition"),
        sa.ForeignKeyConstraint(
            ["follow_up"], ["follow_up.id"], name="fk_transition_follow_up_follow_up"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_transition_follow_up", "transition", ["follow_up"])


_CREATE = (
    _account,
    _change,
    _event,
    _follow_up,
    _import_run,
    _interaction,
    _manager,
    _merge,
    _need,
    _node,
    _organisation,
    _outcome,
    _revision,
    _account_role,
    _contract,
    _event_subject,
    _import_row,
    _note,
    _token,
    _transition,
)
