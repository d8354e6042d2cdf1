-- Applied after every migration. Group roles without login: GRANT one of them to a login role.
--   mdp_owner    owns the tables            mdp_migrate  may run mdp datastore migrate
--   mdp_writer   the workers                mdp_cleaner  prune, cleanup, checkpoints reset and drop
--   mdp_reader   reads everything
-- Roles are made only when this user may; grants are given to those that exist.
DO $$
DECLARE
  may_create boolean := (SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user);
  wanted     text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['mdp_owner', 'mdp_migrate', 'mdp_writer', 'mdp_cleaner', 'mdp_reader'] LOOP
    IF may_create AND NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
        IF wanted = 'mdp_migrate' THEN
          GRANT mdp_owner TO mdp_migrate;
        END IF;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL; -- roles belong to the whole server: another database's migration was faster
      END;
    END IF;
  END LOOP;
END $$;

DO $$
DECLARE
  space   text := quote_ident(current_schema());
  chunks  regnamespace := to_regnamespace('_timescaledb_internal');
  keeps   text[] := '{}';
  owned   text;
  target  record;
BEGIN
  -- Only the owner of the tables can grant; everybody else has nothing to do here.
  IF NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = 'bars_ohlcv'::regclass), 'USAGE') THEN
    RETURN;
  END IF;

  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'mdp_owner')
     AND pg_has_role(current_user, 'mdp_owner', 'USAGE') THEN
    EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %s TO mdp_owner', space);
    -- A hypertable's owner makes its chunks, in a schema of the extension.
    IF chunks IS NOT NULL AND has_schema_privilege(chunks, 'CREATE WITH GRANT OPTION') THEN
      EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %s TO mdp_owner', chunks);
    END IF;
    IF chunks IS NOT NULL AND NOT has_schema_privilege('mdp_owner', chunks, 'CREATE') THEN
      keeps := ARRAY(SELECT hypertable_name FROM timescaledb_information.hypertables
                      WHERE hypertable_schema = current_schema());
      RAISE WARNING 'mdp_owner may not create in %, so % keep their owner', chunks, keeps;
    END IF;
    FOREACH owned IN ARRAY ARRAY['bars_ohlcv', 'tick_data', 'signals', 'job_runs', 'stream_checkpoints',
                                 'stream_members', 'pending_repairs', 'inference_state', 'signal_outbox', 'feed_positions',
                                 'feed_cursors', 'feed_series', 'feed_gaps', 'feed_states', 'rate_budgets',
                                 'tick_corrections', 'prune_bounds', 'job_runs_summary',
                                 'flyway_schema_history', 'tick_series', 'tick_days', 'tick_agg_1m',
                                 'tick_agg_5m', 'tick_agg_1h', 'tick_vwap_daily', 'tick_spread_stats',
                                 'tick_rate_stats'] LOOP
      -- Only where it must be: it excludes every reader and writer of the table.
      IF owned <> ALL (keeps)
         AND (SELECT relowner <> 'mdp_owner'::regrole FROM pg_class WHERE oid = quote_ident(owned)::regclass) THEN
        EXECUTE format('ALTER TABLE %I OWNER TO mdp_owner', owned);
      END IF;
    END LOOP;
    FOR owned IN
      SELECT oid::regprocedure FROM pg_proc
       WHERE pronamespace = current_schema()::regnamespace
         AND proname IN ('mdp_touch_updated_at', 'tick_bucket', 'tick_bucket_from', 'tick_starts',
                         'tick_agg', 'tick_spread', 'tick_rate', 'mdp_exact', 'mdp_exact_by_text', 'mdp_nearest', 'mdp_nearest_of_any')
    LOOP
      EXECUTE format('ALTER FUNCTION %s OWNER TO mdp_owner', owned);
    END LOOP;
  END IF;

  FOR target IN
    SELECT *
      FROM (VALUES
        ('mdp_reader',  'SELECT', 'bars_ohlcv, tick_data, signals, job_runs, stream_checkpoints, stream_members, pending_repairs, inference_state, signal_outbox'),
        ('mdp_reader',  'SELECT', 'feed_positions, feed_cursors, feed_series, feed_gaps, feed_states, rate_budgets'),
        ('mdp_reader',  'SELECT', 'tick_corrections, prune_bounds'),
        ('mdp_reader',  'SELECT', 'job_runs_summary, flyway_schema_history'),
        ('mdp_reader',  'SELECT', 'tick_series, tick_days, tick_agg_1m, tick_agg_5m, tick_agg_1h, tick_vwap_daily, tick_spread_stats, tick_rate_stats'),
        ('mdp_writer',  'SELECT', 'tick_series, tick_days, tick_agg_1m, tick_agg_5m, tick_agg_1h, tick_vwap_daily, tick_spread_stats, tick_rate_stats'),
        ('mdp_cleaner', 'SELECT', 'tick_series, tick_days'),
        ('mdp_writer',  'SELECT', 'job_runs_summary, flyway_schema_history'),
        ('mdp_writer',  'SELECT, INSERT, UPDATE', 'bars_ohlcv, tick_data, signals, job_runs, stream_checkpoints'),
        ('mdp_writer',  'SELECT, INSERT, UPDATE', 'feed_positions, feed_cursors, feed_series, feed_gaps, feed_states, rate_budgets'),
        ('mdp_writer',  'SELECT, INSERT, UPDATE', 'tick_corrections, prune_bounds'),
        ('mdp_writer',  'SELECT, INSERT, UPDATE, DELETE', 'stream_members, pending_repairs, inference_state, signal_outbox'),
        ('mdp_cleaner', 'SELECT', 'job_runs_summary, flyway_schema_history, stream_members'),
        ('mdp_cleaner', 'SELECT, DELETE', 'bars_ohlcv, tick_data, signals, job_runs, pending_repairs, inference_state, signal_outbox'),
        ('mdp_cleaner', 'SELECT, DELETE', 'feed_positions, feed_cursors, feed_series, feed_gaps, feed_states, rate_budgets'),
        ('mdp_cleaner', 'SELECT, INSERT, UPDATE, DELETE', 'tick_corrections, prune_bounds'),
        ('mdp_cleaner', 'SELECT, UPDATE, DELETE', 'stream_checkpoints'))
      AS g (role, privileges, tables)
     WHERE EXISTS (SELECT FROM pg_roles WHERE rolname = g.role)
  LOOP
    EXECUTE format('GRANT USAGE ON SCHEMA %s TO %I', space, target.role);
    EXECUTE format('GRANT %s ON %s TO %I', target.privileges, target.tables, target.role);
    IF target.role = 'mdp_writer' THEN
      GRANT USAGE ON SEQUENCE job_runs_id_seq, feed_gaps_id_seq, tick_corrections_id_seq TO mdp_writer;
    ELSIF target.role = 'mdp_cleaner' THEN
      GRANT USAGE ON SEQUENCE tick_corrections_id_seq TO mdp_cleaner;
    END IF;
  END LOOP;

  -- There only on TimescaleDB; the extension gives them their owner.
  FOR target IN
    SELECT *
      FROM unnest(ARRAY['tick_rollup_1m', 'tick_rollup_5m', 'tick_rollup_1h', 'tick_rollup_daily']) AS v (name),
           unnest(ARRAY['mdp_reader', 'mdp_writer']) AS r (role)
     WHERE to_regclass(name) IS NOT NULL AND EXISTS (SELECT FROM pg_roles WHERE rolname = role)
  LOOP
    EXECUTE format('GRANT SELECT ON %I TO %I', target.name, target.role);
  END LOOP;
END $$;
