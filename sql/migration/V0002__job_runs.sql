CREATE TABLE job_runs (
  id                 BIGSERIAL   PRIMARY KEY,
  job_name           TEXT        NOT NULL,
  dataset_name       TEXT,
  provider           TEXT,
  mode               TEXT        NOT NULL CHECK (mode IN ('live', 'backfill', 'replay', 'verify')),
  status             TEXT        NOT NULL CHECK (status IN ('running', 'success', 'failure', 'cancelled')),
  config_fingerprint TEXT,
  pipeline_version   TEXT,
  rows_written       BIGINT      NOT NULL DEFAULT 0,
  rows_failed        BIGINT      NOT NULL DEFAULT 0,
  symbols            TEXT[]      NOT NULL DEFAULT '{}',
  min_ts             TIMESTAMPTZ,
  max_ts             TIMESTAMPTZ,
  error_message      TEXT,
  metadata           JSONB       NOT NULL DEFAULT '{}',
  started_at         TIMESTAMPTZ NOT NULL DEFAULT now(),
  completed_at       TIMESTAMPTZ,
  created_at         TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at         TIMESTAMPTZ NOT NULL DEFAULT now(),
  elapsed_ms         BIGINT GENERATED ALWAYS AS
                       ((EXTRACT(EPOCH FROM (completed_at - started_at)) * 1000)::bigint) STORED
) WITH (fillfactor = 70);
COMMENT ON COLUMN job_runs.metadata IS 'last_heartbeat (RFC 3339), ledger per shard, and what the job adds at its end';

CREATE INDEX job_runs_by_name ON job_runs (job_name, started_at DESC);
CREATE INDEX job_runs_by_outcome ON job_runs (job_name, status, completed_at DESC NULLS LAST);
CREATE INDEX job_runs_by_provider ON job_runs (provider, status);
CREATE INDEX job_runs_by_start ON job_runs (started_at DESC);
CREATE INDEX job_runs_by_metadata ON job_runs USING GIN (metadata jsonb_path_ops);

CREATE TRIGGER job_runs_touch BEFORE UPDATE ON job_runs
  FOR EACH ROW EXECUTE FUNCTION mdp_touch_updated_at();

CREATE VIEW job_runs_summary AS
SELECT job_name,
       provider,
       status,
       count(*)                                     AS run_count,
       avg(elapsed_ms)::double precision            AS avg_duration_ms,
       sum(rows_written)::bigint                    AS total_rows,
       max(started_at)                              AS last_run_at,
       count(*) FILTER (WHERE status = 'failure')   AS failure_count
  FROM job_runs
 WHERE started_at >= now() - make_interval(hours => 24)
 GROUP BY job_name, provider, status;
