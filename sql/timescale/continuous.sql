-- Applied only where timescaledb.license = 'timescale'; does nothing the second time. Continuous aggregates cannot hold
-- window functions, so twap, time-weighted spreads and gaps are only in the views of V0004; the columns here have the
-- same names and formulas as there. One that exists stays as it is, for it may hold buckets whose ticks are gone: made
-- before V0007, its vwap and avg_spread can differ from the views in the last place. An aggregate that this server's
-- version refuses is told as a warning and in mdp datastore status; the migration goes on.
--
-- Each is refreshed over all its time: replays and history fill buckets of long ago. Where a retention policy drops ticks,
-- only over what is kept, for a refresh would empty the buckets before it. A policy with another reach is replaced.
DO $$
DECLARE
  plan   record;
  holder record;
  kept   interval;
  reach  interval;
BEGIN
  FOR plan IN
    SELECT *
      FROM (VALUES ('tick_rollup_1m',    INTERVAL '1 minute'),
                   ('tick_rollup_5m',    INTERVAL '5 minutes'),
                   ('tick_rollup_1h',    INTERVAL '1 hour'),
                   ('tick_rollup_daily', INTERVAL '1 day'))
           AS p (name, width)
     WHERE to_regclass(p.name) IS NULL
  LOOP
    BEGIN
      EXECUTE format($view$
        CREATE MATERIALIZED VIEW %I WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
        SELECT provider, symbol, time_bucket(%L::interval, ts) AS bucket,
               count(*)                                   AS ticks,
               (array_agg(price ORDER BY ts, seq))[1]     AS open,
               max(price)                                 AS high,
               min(price)                                 AS low,
               (array_agg(price ORDER BY ts DESC, seq DESC))[1] AS close,
               mdp_nearest(coalesce(sum(mdp_exact(size)), 0), 1)         AS volume,
               mdp_nearest(sum(mdp_exact(price) * mdp_exact(size)), sum(mdp_exact(size))) AS vwap,
               count(mdp_exact(ask) - mdp_exact(bid))     AS quotes,
               mdp_nearest(min(mdp_exact(ask) - mdp_exact(bid)), 1)      AS min_spread,
               mdp_nearest(max(mdp_exact(ask) - mdp_exact(bid)), 1)      AS max_spread,
               mdp_nearest(sum(mdp_exact(ask) - mdp_exact(bid)), count(mdp_exact(ask) - mdp_exact(bid)))
                                                          AS avg_spread
          FROM tick_data
         GROUP BY 1, 2, 3
        WITH NO DATA $view$, plan.name, plan.width);
    EXCEPTION WHEN OTHERS THEN
      RAISE WARNING 'continuous aggregate % left out: %', plan.name, SQLERRM;
    END;
  END LOOP;

  SELECT min((j.config ->> 'drop_after')::interval) INTO kept
    FROM timescaledb_information.jobs j
   WHERE j.proc_name = 'policy_retention'
     AND j.hypertable_schema = current_schema() AND j.hypertable_name = 'tick_data';
  FOR plan IN
    SELECT p.*, j.job_id, (j.config ->> 'start_offset')::interval AS start_offset,
           format('%I.%I', ca.view_schema, ca.view_name) AS relation
      FROM (VALUES ('tick_rollup_1m',    INTERVAL '1 minute',  INTERVAL '1 minute'),
                   ('tick_rollup_5m',    INTERVAL '5 minutes', INTERVAL '5 minutes'),
                   ('tick_rollup_1h',    INTERVAL '1 hour',    INTERVAL '15 minutes'),
                   ('tick_rollup_daily', INTERVAL '1 day',     INTERVAL '1 hour'))
           AS p (name, width, every)
      JOIN timescaledb_information.continuous_aggregates ca
        ON ca.view_name = p.name AND ca.view_schema = current_schema()
      LEFT JOIN timescaledb_information.jobs j
        ON j.hypertable_schema = ca.materialization_hypertable_schema
       AND j.hypertable_name = ca.materialization_hypertable_name
       AND j.proc_name = 'policy_refresh_continuous_aggregate'
     ORDER BY p.width
  LOOP
    reach := kept - plan.width;
    CONTINUE WHEN plan.job_id IS NOT NULL AND plan.start_offset IS NOT DISTINCT FROM reach;
    BEGIN
      SELECT r.rolname, r.rolcanlogin INTO holder
        FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE c.oid = plan.relation::regclass;
      IF NOT holder.rolcanlogin THEN
        EXECUTE format('ALTER TABLE %s OWNER TO CURRENT_USER', plan.relation);
      END IF;
      IF plan.job_id IS NOT NULL THEN
        PERFORM remove_continuous_aggregate_policy(plan.relation::regclass);
      END IF;
      PERFORM add_continuous_aggregate_policy(plan.relation::regclass, start_offset => reach,
                                              end_offset => plan.width, schedule_interval => plan.every);
      IF NOT holder.rolcanlogin THEN
        EXECUTE format('ALTER TABLE %s OWNER TO %I', plan.relation, holder.rolname);
      END IF;
    EXCEPTION WHEN OTHERS THEN
      RAISE WARNING 'continuous aggregate % keeps the policy that it has: %', plan.name, SQLERRM;
    END;
  END LOOP;
END $$;
