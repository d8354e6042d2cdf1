-- What judged the entries that a checkpoint has passed, and how far back it lets the next owner read.
ALTER TABLE stream_checkpoints ADD COLUMN settings JSONB NOT NULL DEFAULT '{}';
COMMENT ON COLUMN stream_checkpoints.settings IS 'max_future: which value judged the entries up to which position; reach, silence: what features the resume position is enough for; {} is unknown';
