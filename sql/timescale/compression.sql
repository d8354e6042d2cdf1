-- Applied only where timescaledb.license = 'timescale'; does nothing the second time. A compressed batch holds its rows in
-- the order in which they are read. A policy runs as the table's owner, who must be able to log in when it is added, so a
-- table of a role without login belongs to this user meanwhile.
DO $$
DECLARE
  plan   record;
  holder record;
BEGIN
  FOR plan IN
    SELECT p.*, h.compression_enabled, format('%I.%I', h.hypertable_schema, h.hypertable_name) AS hypertable,
           (SELECT string_agg(s.attname || CASE WHEN s.orderby_asc THEN '' ELSE ' DESC' END, ', '
                              ORDER BY s.orderby_column_index)
              FROM timescaledb_information.compression_settings s
             WHERE s.hypertable_schema = h.hypertable_schema AND s.hypertable_name = h.hypertable_name
               AND s.orderby_column_index IS NOT NULL) AS ordered_by,
           EXISTS (SELECT FROM timescaledb_information.jobs j
                    WHERE j.hypertable_schema = h.hypertable_schema AND j.hypertable_name = h.hypertable_name
                      AND j.proc_name IN ('policy_compression', 'policy_columnstore')) AS has_policy
      FROM (VALUES ('bars_ohlcv', 'provider, symbol, interval', 'ts',       INTERVAL '90 days'),
                   ('tick_data',  'provider, symbol',           'ts, seq',  INTERVAL '7 days'),
                   ('signals',    'provider, symbol',           'ts, name', INTERVAL '30 days'))
           AS p (name, segment_by, order_by, after)
      JOIN timescaledb_information.hypertables h
        ON h.hypertable_name = p.name AND h.hypertable_schema = current_schema()
  LOOP
    IF NOT plan.compression_enabled OR plan.ordered_by IS DISTINCT FROM plan.order_by THEN
      BEGIN
        EXECUTE format('ALTER TABLE %s SET (timescaledb.compress, timescaledb.compress_segmentby = %L,'
                       ' timescaledb.compress_orderby = %L)', plan.hypertable, plan.segment_by, plan.order_by);
      EXCEPTION WHEN OTHERS THEN
        -- Older servers do not change it while there are compressed chunks; those can stay as they are.
        IF NOT plan.compression_enabled THEN
          RAISE;
        END IF;
        RAISE WARNING '%: compressed rows stay ordered by %: %', plan.name, plan.ordered_by, SQLERRM;
      END;
    END IF;
    IF NOT plan.has_policy THEN
      SELECT r.rolname, r.rolcanlogin INTO holder
        FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE c.oid = plan.hypertable::regclass;
      IF NOT holder.rolcanlogin THEN
        EXECUTE format('ALTER TABLE %s OWNER TO CURRENT_USER', plan.hypertable);
      END IF;
      PERFORM add_compression_policy(plan.hypertable::regclass, plan.after);
      IF NOT holder.rolcanlogin THEN
        EXECUTE format('ALTER TABLE %s OWNER TO %I', plan.hypertable, holder.rolname);
      END IF;
    END IF;
  END LOOP;
END $$;
