-- Key columns are COLLATE "C": half the cost of a comparison, and the order is Java's order, so that
-- every writer sorts its batches alike whatever the database's locale.

CREATE FUNCTION mdp_touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END $$;

CREATE TABLE bars_ohlcv (
  provider    TEXT COLLATE "C" NOT NULL,
  symbol      TEXT COLLATE "C" NOT NULL CONSTRAINT bars_ohlcv_symbol_upper CHECK (symbol = upper(symbol)),
  interval    TEXT COLLATE "C" NOT NULL,
  ts          TIMESTAMPTZ      NOT NULL,
  open        DOUBLE PRECISION NOT NULL,
  high        DOUBLE PRECISION NOT NULL,
  low         DOUBLE PRECISION NOT NULL,
  close       DOUBLE PRECISION NOT NULL,
  volume      DOUBLE PRECISION NOT NULL,
  vwap        DOUBLE PRECISION,
  trade_count BIGINT,
  revision    INTEGER          NOT NULL DEFAULT 0,
  run_id      BIGINT,
  lane        TEXT COLLATE "C",
  created_at  TIMESTAMPTZ      NOT NULL DEFAULT now(),
  updated_at  TIMESTAMPTZ      NOT NULL DEFAULT now(),
  CONSTRAINT bars_ohlcv_pkey PRIMARY KEY (provider, symbol, interval, ts)
);
COMMENT ON COLUMN bars_ohlcv.ts IS 'start of the window [ts, ts + interval)';
COMMENT ON COLUMN bars_ohlcv.trade_count IS 'distinct ticks; NULL for a bar that came as a bar';
COMMENT ON COLUMN bars_ohlcv.revision IS 'how often the values changed after the first write';
COMMENT ON COLUMN bars_ohlcv.lane IS 'the replay or dataset that wrote it last; NULL for live';

CREATE TRIGGER bars_ohlcv_touch BEFORE UPDATE ON bars_ohlcv
  FOR EACH ROW EXECUTE FUNCTION mdp_touch_updated_at();

CREATE TABLE tick_data (
  provider   TEXT COLLATE "C" NOT NULL,
  symbol     TEXT COLLATE "C" NOT NULL CONSTRAINT tick_data_symbol_upper CHECK (symbol = upper(symbol)),
  ts         TIMESTAMPTZ      NOT NULL,
  seq        BIGINT           NOT NULL,
  price      DOUBLE PRECISION NOT NULL,
  size       DOUBLE PRECISION,
  bid        DOUBLE PRECISION,
  ask        DOUBLE PRECISION,
  created_at TIMESTAMPTZ      NOT NULL DEFAULT now(),
  CONSTRAINT tick_data_pkey PRIMARY KEY (provider, symbol, ts, seq)
);

CREATE TABLE signals (
  provider   TEXT COLLATE "C" NOT NULL,
  symbol     TEXT COLLATE "C" NOT NULL CONSTRAINT signals_symbol_upper CHECK (symbol = upper(symbol)),
  ts         TIMESTAMPTZ      NOT NULL,
  name       TEXT COLLATE "C" NOT NULL,
  value      DOUBLE PRECISION NOT NULL,
  score      DOUBLE PRECISION,
  metadata   JSONB,
  created_at TIMESTAMPTZ      NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ      NOT NULL DEFAULT now(),
  CONSTRAINT signals_pkey PRIMARY KEY (provider, symbol, ts, name)
);
CREATE INDEX signals_by_name_of_symbol ON signals (provider, symbol, name, ts DESC);
CREATE INDEX signals_by_time ON signals (ts DESC);
CREATE INDEX signals_by_name ON signals (name, ts DESC);

CREATE TRIGGER signals_touch BEFORE UPDATE ON signals
  FOR EACH ROW EXECUTE FUNCTION mdp_touch_updated_at();
