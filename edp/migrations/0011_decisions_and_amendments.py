"""Decisions on other matters, amendments of a strategy that holds, dots that were put on paper."""

from django.db import migrations, models

AMENDMENTS = migrations.RunSQL(
    """
    CREATE FUNCTION edp_amended_by_decision() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (
        SELECT FROM edp_approval a JOIN edp_decision d ON d.id = a.decision_id
        WHERE a.strategy_id = NEW.id AND d.kind = 'amendment'
      ) THEN
        RAISE EXCEPTION 'strategy % has no decision amendment', NEW.id
          USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER amended_by_decision BEFORE UPDATE OF state ON edp_strategy
      FOR EACH ROW WHEN (NEW.state = 'amended' AND OLD.state <> 'amended')
      EXECUTE FUNCTION edp_amended_by_decision();
    """,
    """
    DROP TRIGGER amended_by_decision ON edp_strategy;
    DROP FUNCTION edp_amended_by_decision();
    """,
)


class Migration(migrations.Migration):
    dependencies = [
        ("edp", "0010_whole_plans"),
        ("participation", "0007_search"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="strategy",
            name="strategy_one_in_force",
        ),
        migrations.AddField(
            model_name="dotballot",
            name="is_on_paper",
            field=models.BooleanField(default=False, verbose_name="from a tally on paper"),
        ),
        migrations.AlterField(
            model_name="decision",
            name="kind",
            field=models.CharField(
                choices=[
                    ("pass_gate", "To go on to the next stage"),
                    ("waive", "To set a condition aside"),
                    ("step_back", "To go one stage back"),
                    ("suspend", "To suspend"),
                    ("resume", "To resume"),
                    ("cancel", "To cancel"),
                    ("select", "On what is selected"),
                    ("exception", "To depart from a rule of evaluation"),
                    ("council_opinion", "Opinion of the public council"),
                    ("akimat", "Approval by the akimat"),
                    ("maslikhat", "Approval by the maslikhat"),
                    ("revision", "On revision"),
                    ("amendment", "On an amendment of the strategy"),
                    ("other", "On another matter"),
                ],
                max_length=16,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="strategy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["in_force", "amended"])),
                fields=("process",),
                name="strategy_one_in_force",
            ),
        ),
        AMENDMENTS,
    ]
