"""Migration operations for tables whose rows never change: triggers, so raw SQL is refused too.

A session with `session_replication_role = replica` (a superuser's restore) is the only way past
them; the public hash chains show it if it is misused (docs/ballots.md).
"""

from django.db import migrations

CREATE_REFUSAL = migrations.RunSQL(
    """
    CREATE FUNCTION participation_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'append-only: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
    END $$;
    """,
    "DROP FUNCTION participation_refuse_change();",
)


def append_only(table: str) -> migrations.RunSQL:
    """Refuse UPDATE, DELETE and TRUNCATE on a table from this migration on."""
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER no_rewrite BEFORE UPDATE OR DELETE ON {table}
          FOR EACH ROW EXECUTE FUNCTION participation_refuse_change();
        CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table}
          FOR EACH STATEMENT EXECUTE FUNCTION participation_refuse_change();
        """,
        f"""
        DROP TRIGGER no_rewrite ON {table};
        DROP TRIGGER no_truncate ON {table};
        """,
    )
