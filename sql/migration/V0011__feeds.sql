-- What live feeds note in one transaction, after the bus has acknowledged it: who publishes a provider's shard and up to where,
-- how far each series is, which ids are missing and what became of them, and what a series' ticks cannot tell.

CREATE TABLE feed_positions (
  provider    TEXT COLLATE "C" NOT NULL,
  shard       INTEGER          NOT NULL,
  topic       TEXT COLLATE "C" NOT NULL,
  shards      INTEGER          NOT NULL CHECK (shards > 0),
  position    TEXT             NOT NULL DEFAULT '0-0' CHECK (position ~ '^[0-9]{1,19}-[0-9]{1,19}$'),
  anchor      JSONB,
  owner       TEXT,
  lease_until TIMESTAMPTZ,
  epoch       BIGINT           NOT NULL DEFAULT 0,
  updated_at  TIMESTAMPTZ      NOT NULL DEFAULT now(),
  CONSTRAINT feed_positions_pkey PRIMARY KEY (provider, shard),
  CONSTRAINT feed_positions_shard_of_shards CHECK (shard >= 0 AND shard < shards)
) WITH (fillfactor = 30);
COMMENT ON TABLE feed_positions IS 'who publishes a provider''s series of one shard';
COMMENT ON COLUMN feed_positions.position IS 'where the log ended, major-minor, when all that is noted was acknowledged';
COMMENT ON COLUMN feed_positions.epoch IS 'increments with every claim: the fencing token';

CREATE TRIGGER feed_positions_touch BEFORE UPDATE ON feed_positions
  FOR EACH ROW EXECUTE FUNCTION mdp_touch_updated_at();

CREATE TABLE feed_cursors (
  provider           TEXT COLLATE "C" NOT NULL,
  symbol             TEXT COLLATE "C" NOT NULL CONSTRAINT feed_cursors_symbol_upper CHECK (symbol = upper(symbol)),
  epoch              INTEGER          NOT NULL CHECK (epoch >= 0),
  first_id           BIGINT           NOT NULL CHECK (first_id >= 0),
  contiguous_through BIGINT           NOT NULL,
  head               BIGINT           NOT NULL,
  head_ts            TIMESTAMPTZ      NOT NULL,
  updated_at         TIMESTAMPTZ      NOT NULL DEFAULT now(),
  CONSTRAINT feed_cursors_pkey PRIMARY KEY (provider, symbol, epoch),
  CONSTRAINT feed_cursors_in_order CHECK (first_id <= contiguous_through AND contiguous_through <= head)
) WITH (fillfactor = 50);
COMMENT ON TABLE feed_cursors IS 'how far a series is published: every id from first_id to head, but for the open gaps';
COMMENT ON COLUMN feed_cursors.epoch IS 'a new one begins when the venue''s ids begin again';
COMMENT ON COLUMN feed_cursors.contiguous_through IS 'the highest id that all ids from first_id on lead to';
COMMENT ON COLUMN feed_cursors.head_ts IS 'the event time of the trade with the highest id';

CREATE TRIGGER feed_cursors_touch BEFORE UPDATE ON feed_cursors
  FOR EACH ROW EXECUTE FUNCTION mdp_touch_updated_at();

CREATE TABLE feed_series (
  provider TEXT COLLATE "C" NOT NULL,
  symbol   TEXT COLLATE "C" NOT NULL CONSTRAINT feed_series_symbol_upper CHECK (symbol = upper(symbol)),
  epoch    INTEGER          NOT NULL CHECK (epoch >= 0),
  ids      TEXT             NOT NULL CHECK (ids IN ('contiguous', 'unique', 'none')),
  ts_from  TIMESTAMPTZ      NOT NULL,
  CONSTRAINT feed_series_pkey PRIMARY KEY (provider, symbol, epoch)
);
COMMENT ON TABLE feed_series IS 'what seq of a series'' ticks means';
COMMENT ON COLUMN feed_series.ts_from IS 'the event time of the newest trade when the epoch was first noted';

CREATE TABLE feed_gaps (
  id         BIGSERIAL        PRIMARY KEY,
  provider   TEXT COLLATE "C" NOT NULL,
  symbol     TEXT COLLATE "C" NOT NULL CONSTRAINT feed_gaps_symbol_upper CHECK (symbol = upper(symbol)),
  epoch      INTEGER          NOT NULL CHECK (epoch >= 0),
  id_from    BIGINT           NOT NULL,
  id_to      BIGINT           NOT NULL,
  ts_from    TIMESTAMPTZ      NOT NULL,
  ts_to      TIMESTAMPTZ      NOT NULL,
  state      TEXT             NOT NULL
             CHECK (state IN ('open', 'filled', 'void', 'gone', 'dead-lettered', 'blind', 'refused')),
  reason     TEXT             NOT NULL,
  tries      INTEGER          NOT NULL DEFAULT 0 CHECK (tries >= 0),
  void_since TIMESTAMPTZ,
  found_at   TIMESTAMPTZ      NOT NULL DEFAULT now(),
  closed_at  TIMESTAMPTZ,
  CONSTRAINT feed_gaps_key UNIQUE (provider, symbol, epoch, id_from),
  CONSTRAINT feed_gaps_in_order CHECK (id_from <= id_to),
  CONSTRAINT feed_gaps_closed CHECK ((state = 'open') = (closed_at IS NULL))
) WITH (fillfactor = 70);
COMMENT ON TABLE feed_gaps IS 'ids that were not published, and what became of them; the ticks themselves prove what is missing';
COMMENT ON COLUMN feed_gaps.ts_from IS 'the event time of the trade before the gap, id_from - 1';
COMMENT ON COLUMN feed_gaps.ts_to IS 'the event time of the trade after the gap, id_to + 1';
COMMENT ON COLUMN feed_gaps.tries IS 'how often the venue was asked';
COMMENT ON COLUMN feed_gaps.void_since IS 'when the venue first showed both neighbours without these ids';

CREATE INDEX feed_gaps_open ON feed_gaps (provider, symbol) WHERE state = 'open';
CREATE INDEX feed_gaps_by_time ON feed_gaps (ts_from DESC);

CREATE TABLE feed_states (
  provider TEXT COLLATE "C" NOT NULL,
  symbol   TEXT COLLATE "C" NOT NULL CONSTRAINT feed_states_symbol_upper CHECK (symbol = upper(symbol)),
  state    TEXT             NOT NULL CHECK (state IN ('live', 'down', 'unsubscribed', 'halted', 'refused')),
  ts_from  TIMESTAMPTZ      NOT NULL,
  ts_to    TIMESTAMPTZ      NOT NULL,
  session  BIGINT           NOT NULL,
  CONSTRAINT feed_states_pkey PRIMARY KEY (provider, symbol, ts_from),
  CONSTRAINT feed_states_in_order CHECK (ts_from <= ts_to)
) WITH (fillfactor = 50);
COMMENT ON TABLE feed_states IS 'what a series was to us, which its ticks cannot tell; times by our clock';
COMMENT ON COLUMN feed_states.ts_to IS 'how far it is known to reach, exclusive';
COMMENT ON COLUMN feed_states.session IS 'feed_positions.epoch of the owner that noted it last';

CREATE TABLE rate_budgets (
  host         TEXT COLLATE "C" NOT NULL,
  egress       TEXT COLLATE "C" NOT NULL,
  free_at      TIMESTAMPTZ      NOT NULL DEFAULT now(),
  closed_until TIMESTAMPTZ,
  updated_at   TIMESTAMPTZ      NOT NULL DEFAULT now(),
  CONSTRAINT rate_budgets_pkey PRIMARY KEY (host, egress)
) WITH (fillfactor = 30);
COMMENT ON TABLE rate_budgets IS 'when a venue may be asked again, for all processes that reach it from one address';
COMMENT ON COLUMN rate_budgets.egress IS 'the name of the address that the venue sees';
COMMENT ON COLUMN rate_budgets.free_at IS 'what was granted is paid for by then';
COMMENT ON COLUMN rate_budgets.closed_until IS 'the venue itself refused to be asked before';

CREATE TRIGGER rate_budgets_touch BEFORE UPDATE ON rate_budgets
  FOR EACH ROW EXECUTE FUNCTION mdp_touch_updated_at();
