CREATE TABLE stream_checkpoints (
  consumer_group  TEXT COLLATE "C" NOT NULL,
  topic           TEXT COLLATE "C" NOT NULL,
  shard           INTEGER     NOT NULL CHECK (shard >= 0),
  shards          INTEGER     NOT NULL CHECK (shards > 0),
  intervals       TEXT[]      NOT NULL DEFAULT '{}',
  epoch           BIGINT      NOT NULL DEFAULT 0,
  commit_seq      BIGINT      NOT NULL DEFAULT 0,
  owner           TEXT,
  backend         TEXT,
  lease_until     TIMESTAMPTZ,
  committed       BOOLEAN     NOT NULL DEFAULT false,
  position        TEXT        NOT NULL DEFAULT '0-0' CHECK (position ~ '^[0-9]{1,19}-[0-9]{1,19}$'),
  resume_position TEXT        NOT NULL DEFAULT '0-0' CHECK (resume_position ~ '^[0-9]{1,19}-[0-9]{1,19}$'),
  anchor          JSONB,
  gap_until       TEXT        NOT NULL DEFAULT '0-0' CHECK (gap_until ~ '^[0-9]{1,19}-[0-9]{1,19}$'),
  lanes           JSONB       NOT NULL DEFAULT '[]',
  ledger          JSONB       NOT NULL DEFAULT '{}',
  run_id          BIGINT,
  updated_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT stream_checkpoints_pkey PRIMARY KEY (consumer_group, topic, shard)
) WITH (fillfactor = 30);
COMMENT ON COLUMN stream_checkpoints.epoch IS 'increments with every claim: the fencing token';
COMMENT ON COLUMN stream_checkpoints.backend IS 'the owner''s session: pid@backend_start in microseconds';
COMMENT ON COLUMN stream_checkpoints.position IS 'the last entry consumed, major-minor; of a stateless group its low-water mark';
COMMENT ON COLUMN stream_checkpoints.resume_position IS 'every entry before it is wholly inside sealed windows';

CREATE TRIGGER stream_checkpoints_touch BEFORE UPDATE ON stream_checkpoints
  FOR EACH ROW EXECUTE FUNCTION mdp_touch_updated_at();
