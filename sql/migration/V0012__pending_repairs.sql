-- Sealed windows for which a refill of a feed had trades. The owner of the shard computes their
-- bars again from tick_data, and removes the row in the transaction that writes the bar.
CREATE TABLE pending_repairs (
  consumer_group  TEXT COLLATE "C" NOT NULL,
  topic           TEXT COLLATE "C" NOT NULL,
  shard           INTEGER     NOT NULL CHECK (shard >= 0),
  provider        TEXT COLLATE "C" NOT NULL,
  symbol          TEXT COLLATE "C" NOT NULL CHECK (symbol = upper(symbol)),
  interval        TEXT COLLATE "C" NOT NULL,
  ts              TIMESTAMPTZ NOT NULL,
  lane            TEXT        NOT NULL,
  position        TEXT        NOT NULL CHECK (position ~ '^[0-9]{1,19}-[0-9]{1,19}$'),
  ended           BOOLEAN     NOT NULL DEFAULT false,
  created_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT pending_repairs_pkey PRIMARY KEY (consumer_group, topic, shard, provider, symbol, interval, ts)
);
COMMENT ON TABLE pending_repairs IS 'sealed windows that are to be computed again from tick_data, because a refill had trades for them';
COMMENT ON COLUMN pending_repairs.lane IS 'the fill lane of the last entry that the window missed';
COMMENT ON COLUMN pending_repairs.position IS 'that entry; the ticks must be stored as far as it';
COMMENT ON COLUMN pending_repairs.ended IS 'whether the lane is over in this shard';

CREATE TRIGGER pending_repairs_touch BEFORE UPDATE ON pending_repairs
  FOR EACH ROW EXECUTE FUNCTION mdp_touch_updated_at();
