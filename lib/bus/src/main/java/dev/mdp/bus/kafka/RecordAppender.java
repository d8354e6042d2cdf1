package dev.mdp.bus.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Appends records with an idempotent producer and waits until all in-sync replicas have them; says
/// once when the cluster is away and once when it is back. The producer is made with the first
/// record: most appenders of dead letters never have one. One thread.
final class RecordAppender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RecordAppender.class);
  private static final Duration SAY_AFTER = Duration.ofSeconds(2);

  private final KafkaClients clients;
  private final String what;
  private @Nullable Producer<byte[], byte[]> producer;
  private boolean away;

  /// @param what for the log, e.g. `events for mdp.events`
  RecordAppender(KafkaClients clients, String what) {
    this.clients = clients;
    this.what = what;
  }

  /// Returns when all records are acknowledged. Throws [UnavailableException] when they were not
  /// within the publisher's retry time: then what had not been sent never will be, so that no later
  /// record comes before an earlier one that the caller sends again.
  void append(List<ProducerRecord<byte[], byte[]>> records) {
    if (records.isEmpty()) {
      return;
    }
    Producer<byte[], byte[]> open = producer;
    if (open == null) {
      open = clients.producer();
      producer = open;
    }
    try {
      List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
      for (ProducerRecord<byte[], byte[]> each : records) {
        sent.add(open.send(each));
      }
      for (Future<RecordMetadata> each : sent) {
        await(each, records.size());
      }
      sayBack();
    } catch (RuntimeException | ExecutionException | InterruptedException e) {
      producer = null;
      open.close(Duration.ZERO);
      throw clients.translated(e);
    }
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(2));
      producer = null;
    }
  }

  private void await(Future<RecordMetadata> sent, int waiting)
      throws ExecutionException, InterruptedException {
    if (!away) {
      try {
        sent.get(SAY_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException _) {
        away = true;
        LOG.warn(
            "Kafka at {} does not acknowledge; {} {} wait, retrying",
            clients.settings().bootstrapServers(),
            waiting,
            what);
      }
    }
    sent.get();
  }

  private void sayBack() {
    if (away) {
      away = false;
      LOG.info("Kafka is back; the {} that waited are appended", what);
    }
  }
}
