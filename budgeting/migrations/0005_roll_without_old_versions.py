"""After the close the roll is written anew without its rows' old versions, whoever still reads.

CLUSTER keeps the old version of a row as long as any transaction of the database might look at
it: a report elsewhere was enough to leave the traces of casts in their places. A change of a
column's type copies only the rows that are valid now, and gives all of them one transaction.
"""

from django.db import migrations, models

REWRITE = migrations.RunSQL(
    """
    CREATE OR REPLACE FUNCTION budgeting_rewrite_roll(p_election bigint) RETURNS void
    LANGUAGE plpgsql AS $$
    BEGIN
      IF (SELECT state FROM budgeting_election WHERE id = p_election) IN ('setup', 'frozen') THEN
        RAISE EXCEPTION 'the roll is rewritten after the close' USING ERRCODE = 'data_exception';
      END IF;
      SET CONSTRAINTS ALL IMMEDIATE;
      -- First into the order of voters, then without what is no longer valid.
      CLUSTER budgeting_rollentry USING budgeting_rollentry_pkey;
      ALTER TABLE budgeting_rollentry ALTER COLUMN rewrite TYPE smallint USING 0;
    END $$;
    """,
    # The function of 0002 changed rows one by one; going back to it is of no use.
    migrations.RunSQL.noop,
)


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0004_roll_ends_with_the_vote")]

    operations = [
        migrations.AddField(
            model_name="rollentry",
            name="rewrite",
            field=models.SmallIntegerField(db_default=0, editable=False),
        ),
        REWRITE,
    ]
