-- What evaluations leave beside the checkpoint, in its transaction: the recursive state of every
-- symbol, and signals that are committed but may not be on the bus yet.

CREATE TABLE inference_state (
  consumer_group TEXT COLLATE "C" NOT NULL,
  topic          TEXT COLLATE "C" NOT NULL,
  shard          INTEGER          NOT NULL,
  provider       TEXT COLLATE "C" NOT NULL,
  lane           TEXT COLLATE "C" NOT NULL,
  symbol         TEXT COLLATE "C" NOT NULL,
  features       BYTEA            NOT NULL,
  rules          BYTEA            NOT NULL,
  CONSTRAINT inference_state_pkey PRIMARY KEY (consumer_group, topic, shard, provider, lane, symbol)
) WITH (fillfactor = 50);
COMMENT ON COLUMN inference_state.lane IS 'the replay or dataset; empty for live';

CREATE TABLE signal_outbox (
  consumer_group TEXT COLLATE "C" NOT NULL,
  topic          TEXT COLLATE "C" NOT NULL,
  shard          INTEGER          NOT NULL,
  number         BIGINT           NOT NULL,
  payloads       BYTEA[]          NOT NULL,
  CONSTRAINT signal_outbox_pkey PRIMARY KEY (consumer_group, topic, shard, number)
);
COMMENT ON TABLE signal_outbox IS 'signals as they go to the bus, until they are known to be there';
