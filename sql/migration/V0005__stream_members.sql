-- Who shares the shards of a stateful consumer group, where the bus itself does not assign them.
CREATE TABLE stream_members (
  consumer_group  TEXT COLLATE "C" NOT NULL,
  topic           TEXT COLLATE "C" NOT NULL,
  member          TEXT COLLATE "C" NOT NULL,
  alive_until     TIMESTAMPTZ NOT NULL,
  CONSTRAINT stream_members_pkey PRIMARY KEY (consumer_group, topic, member)
);
COMMENT ON TABLE stream_members IS 'processes that may own shards; how many each takes follows from how many there are';
