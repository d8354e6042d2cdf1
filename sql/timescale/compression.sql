-- Applied only where timescaledb.license = 'timescale'; does nothing the second time.
DO $$
DECLARE
  plan record;
BEGIN
  FOR plan IN
    SELECT *
      FROM (VALUES ('bars_ohlcv', 'provider, symbol, interval', INTERVAL '90 days'),
                   ('tick_data',  'provider, symbol',           INTERVAL '7 days'),
                   ('signals',    'provider, symbol',           INTERVAL '30 days'))
           AS p (name, segment_by, after)
      JOIN timescaledb_information.hypertables h
        ON h.hypertable_name = p.name AND h.hypertable_schema = current_schema()
  LOOP
    IF NOT plan.compression_enabled THEN
      EXECUTE format('ALTER TABLE %I SET (timescaledb.compress, timescaledb.compress_segmentby = %L)',
                     plan.name, plan.segment_by);
    END IF;
    PERFORM add_compression_policy(plan.name::regclass, plan.after, if_not_exists => TRUE);
  END LOOP;
END $$;
