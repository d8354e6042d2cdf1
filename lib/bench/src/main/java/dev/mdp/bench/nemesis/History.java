package dev.mdp.bench.nemesis;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// Every version of every checkpoint, kept by a trigger in the committing transaction itself: what
/// a poll would miss is there, what was rolled back is not.
final class History {
  private static final String INSTALL =
      """
      CREATE SCHEMA nemesis;
      CREATE TABLE nemesis.history (
        n BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        consumer_group TEXT, shard INT, epoch BIGINT, commit_seq BIGINT, owner TEXT,
        position TEXT, resume_position TEXT, lanes JSONB, commits BOOLEAN,
        at BIGINT DEFAULT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint);
      CREATE FUNCTION nemesis.keep() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO nemesis.history
               (consumer_group, shard, epoch, commit_seq, owner, position, resume_position, lanes,
                commits)
        VALUES (NEW.consumer_group, NEW.shard, NEW.epoch, NEW.commit_seq, NEW.owner, NEW.position,
                NEW.resume_position, NEW.lanes,
                TG_OP = 'UPDATE' AND NEW.epoch = OLD.epoch AND NEW.commit_seq = OLD.commit_seq + 1);
        RETURN NULL;
      END $$;
      CREATE TRIGGER nemesis_keep_new AFTER INSERT ON stream_checkpoints
        FOR EACH ROW EXECUTE FUNCTION nemesis.keep();
      CREATE TRIGGER nemesis_keep AFTER UPDATE ON stream_checkpoints FOR EACH ROW
        WHEN ((OLD.epoch, OLD.commit_seq, OLD.owner, OLD.position)
              IS DISTINCT FROM (NEW.epoch, NEW.commit_seq, NEW.owner, NEW.position))
        EXECUTE FUNCTION nemesis.keep();
      CREATE TABLE nemesis.sent (
        provider TEXT COLLATE "C", symbol TEXT COLLATE "C", ts TIMESTAMPTZ, seq BIGINT,
        price DOUBLE PRECISION, size DOUBLE PRECISION, ack BIGINT, ord BIGINT);
      """;

  private History() {}

  static void install(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(INSTALL);
    }
  }
}
