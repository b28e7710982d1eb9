"""A priority comes from an idea, and no akimat approves a plan with holes in it."""

from django.db import migrations

# Deferred, so that a priority and its ideas may be written in one transaction. What was decided
# elsewhere is kept as its source tells it, often without ideas.
PRIORITIES = migrations.RunSQL(
    """
    CREATE FUNCTION edp_priority_has_idea() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      one bigint := CASE TG_TABLE_NAME WHEN 'edp_priority' THEN to_jsonb(NEW)->>'id'
                                       ELSE to_jsonb(OLD)->>'priority_id' END;
    BEGIN
      -- Of two who take the last two ideas away, the second waits and sees what the first did.
      PERFORM FROM edp_priority p JOIN edp_discoveryprocess d ON d.id = p.process_id
        WHERE p.id = one AND d.origin = 'own' FOR NO KEY UPDATE OF p;
      IF FOUND AND NOT EXISTS (SELECT FROM edp_priority_ideas WHERE priority_id = one) THEN
        RAISE EXCEPTION 'priority % comes from no idea', one
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'priority_has_idea';
      END IF;
      RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER has_idea AFTER INSERT ON edp_priority
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION edp_priority_has_idea();
    CREATE CONSTRAINT TRIGGER has_idea AFTER UPDATE OR DELETE ON edp_priority_ideas
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION edp_priority_has_idea();
    """,
    """
    DROP TRIGGER has_idea ON edp_priority_ideas;
    DROP TRIGGER has_idea ON edp_priority;
    DROP FUNCTION edp_priority_has_idea();
    """,
)

# The parts are locked by the approval itself: whoever writes one waits for it, or it for them.
PLANS = migrations.RunSQL(
    """
    CREATE FUNCTION edp_plan_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE gap text;
    BEGIN
      SELECT CASE
        WHEN NOT EXISTS (SELECT FROM edp_strategypriority WHERE strategy_id = NEW.id)
          THEN 'a priority'
        WHEN EXISTS (SELECT FROM edp_strategypriority p WHERE strategy_id = NEW.id AND NOT EXISTS (
            SELECT FROM edp_objective WHERE priority_id = p.id))
          THEN 'an objective'
        WHEN EXISTS (SELECT FROM edp_strategypriority p WHERE strategy_id = NEW.id AND NOT EXISTS (
            SELECT FROM edp_objective o JOIN edp_indicator i ON i.objective_id = o.id
            WHERE o.priority_id = p.id AND i.kind = 'outcome'))
          THEN 'an outcome'
        WHEN EXISTS (SELECT FROM edp_objective o WHERE strategy_id = NEW.id AND NOT EXISTS (
            SELECT FROM edp_action WHERE objective_id = o.id))
          THEN 'an action'
        WHEN EXISTS (SELECT FROM edp_objective o WHERE strategy_id = NEW.id AND NOT EXISTS (
            SELECT FROM edp_indicator WHERE objective_id = o.id))
          THEN 'an indicator'
        WHEN EXISTS (SELECT FROM edp_action WHERE strategy_id = NEW.id AND operator_id IS NULL)
          THEN 'somebody who does it'
        WHEN EXISTS (SELECT FROM edp_action a WHERE strategy_id = NEW.id AND NOT is_free
            AND NOT EXISTS (SELECT FROM edp_investmentline
                            WHERE action_id = a.id AND certainty <> 'spent'))
          THEN 'money'
        WHEN EXISTS (SELECT FROM edp_action a WHERE strategy_id = NEW.id AND NOT EXISTS (
            SELECT FROM edp_risk WHERE action_id = a.id))
          THEN 'a risk'
        WHEN EXISTS (SELECT FROM edp_risk WHERE strategy_id = NEW.id
            AND '' IN (mitigation_kk, mitigation_ru))
          THEN 'what is done about a risk'
        END INTO gap;
      IF gap IS NOT NULL THEN
        RAISE EXCEPTION 'the plan of strategy % is not whole: % is missing', NEW.id, gap
          USING ERRCODE = 'check_violation', CONSTRAINT = 'strategy_approved_whole';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER whole BEFORE UPDATE OF state ON edp_strategy
      FOR EACH ROW WHEN (NEW.state = 'akimat_approved' AND OLD.state <> NEW.state)
      EXECUTE FUNCTION edp_plan_is_whole();
    """,
    """
    DROP TRIGGER whole ON edp_strategy;
    DROP FUNCTION edp_plan_is_whole();
    """,
)


class Migration(migrations.Migration):
    dependencies = [("edp", "0009_strategy")]

    operations = [PRIORITIES, PLANS]
