-- Ticks that are not what was published first: a trade that was stored under two times, and later what a venue corrects
-- or cancels. And with them: up to where old rows were pruned, why a bar changed, and which holes are asked for again.

CREATE TABLE tick_corrections (
  id         BIGSERIAL        PRIMARY KEY,
  provider   TEXT COLLATE "C" NOT NULL,
  symbol     TEXT COLLATE "C" NOT NULL CONSTRAINT tick_corrections_symbol_upper CHECK (symbol = upper(symbol)),
  ts         TIMESTAMPTZ      NOT NULL,
  seq        BIGINT           NOT NULL,
  cause      TEXT             NOT NULL CHECK (cause IN ('twice', 'correction', 'cancel')),
  old_price  DOUBLE PRECISION,
  old_size   DOUBLE PRECISION,
  old_bid    DOUBLE PRECISION,
  old_ask    DOUBLE PRECISION,
  new_ts     TIMESTAMPTZ,
  new_seq    BIGINT,
  new_price  DOUBLE PRECISION,
  new_size   DOUBLE PRECISION,
  new_bid    DOUBLE PRECISION,
  new_ask    DOUBLE PRECISION,
  stored_at  TIMESTAMPTZ,
  run_id     BIGINT,
  found_at   TIMESTAMPTZ      NOT NULL DEFAULT now(),
  applied_at TIMESTAMPTZ,
  updated_at TIMESTAMPTZ      NOT NULL DEFAULT now()
);
COMMENT ON TABLE tick_corrections IS 'ticks that were replaced or taken back after they were published';
COMMENT ON COLUMN tick_corrections.ts IS 'with seq: the tick as it was published';
COMMENT ON COLUMN tick_corrections.cause IS 'twice: the same trade is stored under another time; correction, cancel: the venue said so';
COMMENT ON COLUMN tick_corrections.old_price IS 'what the tick said; NULL where it was never stored';
COMMENT ON COLUMN tick_corrections.new_ts IS 'with new_seq: the tick that counts in its place; NULL when there is none';
COMMENT ON COLUMN tick_corrections.stored_at IS 'when the old tick was stored';
COMMENT ON COLUMN tick_corrections.run_id IS 'the job run that applied it';
COMMENT ON COLUMN tick_corrections.applied_at IS 'since when tick_data and the bars follow it; NULL while they do not';

CREATE INDEX tick_corrections_by_tick ON tick_corrections (provider, symbol, ts, seq);

CREATE TRIGGER tick_corrections_touch BEFORE UPDATE ON tick_corrections
  FOR EACH ROW EXECUTE FUNCTION mdp_touch_updated_at();

CREATE TABLE prune_bounds (
  table_name TEXT             NOT NULL,
  provider   TEXT COLLATE "C" NOT NULL,
  symbol     TEXT COLLATE "C" NOT NULL,
  ts         TIMESTAMPTZ      NOT NULL,
  epoch      INTEGER,
  id_through BIGINT,
  updated_at TIMESTAMPTZ      NOT NULL DEFAULT now(),
  CONSTRAINT prune_bounds_pkey PRIMARY KEY (table_name, provider, symbol)
);
COMMENT ON TABLE prune_bounds IS 'up to where mdp datastore prune removed rows: what is older cannot be verified any more';
COMMENT ON COLUMN prune_bounds.ts IS 'rows before it were removed, exclusive';
COMMENT ON COLUMN prune_bounds.epoch IS 'tick_data of a live feed: the epoch of the newest tick that was removed';
COMMENT ON COLUMN prune_bounds.id_through IS 'tick_data of a live feed: the highest id of that epoch that was removed';

CREATE TRIGGER prune_bounds_touch BEFORE UPDATE ON prune_bounds
  FOR EACH ROW EXECUTE FUNCTION mdp_touch_updated_at();

ALTER TABLE bars_ohlcv ADD COLUMN cause TEXT;
COMMENT ON COLUMN bars_ohlcv.cause IS
  'why it was written last: NULL for the first time, late, fill, repair, correction, provider or replay';

ALTER TABLE feed_gaps ADD COLUMN asked_at TIMESTAMPTZ;
COMMENT ON COLUMN feed_gaps.asked_at IS 'since when an operator wants it asked for again; NULL once the owner has taken it up';
CREATE INDEX feed_gaps_asked ON feed_gaps (provider) WHERE asked_at IS NOT NULL;
