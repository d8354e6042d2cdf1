package dev.mdp.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.embedded.kafka.EmbeddedKafka;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaLogIT {
  private static final TopicPartition PARTITION = new TopicPartition("log", 0);

  /// A reader that saw the log when it ended here has an old idea of its end.
  @Test
  void aBrokerThatIsSlowToAnswerHasNotLostTheEntry() throws Exception {
    try (EmbeddedKafka broker = SharedKafka.start()) {
      KafkaClients clients =
          new KafkaClients(
              KafkaSettings.of(broker.bootstrapServers(), PARTITION.topic(), 1, new TreeMap<>()));
      try (Admin admin = clients.admin();
          KafkaLog log = new KafkaLog(clients);
          Producer<byte[], byte[]> producer = clients.producer()) {
        clients.answer(
            admin.createTopics(List.of(new NewTopic(PARTITION.topic(), 1, (short) 1))).all());
        assertThat(log.at(PARTITION, 0)).isEmpty();
        producer.send(new ProducerRecord<>(PARTITION.topic(), 0, null, new byte[] {7})).get();

        signal("STOP", broker.pid());
        CompletableFuture<Optional<ConsumerRecord<ByteBuffer, ByteBuffer>>> found =
            CompletableFuture.supplyAsync(() -> log.at(PARTITION, 0));
        assertThat(found)
            .as("while the broker does not answer")
            .satisfies(each -> assertThat(isDoneWithin(each, 1_500)).isFalse());
        signal("CONT", broker.pid());

        assertThat(found.get(30, TimeUnit.SECONDS)).isPresent();
        assertThat(log.at(PARTITION, 1)).isEmpty();
      }
    }
  }

  private static boolean isDoneWithin(CompletableFuture<?> future, long millis)
      throws InterruptedException, ExecutionException {
    try {
      future.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (java.util.concurrent.TimeoutException _) {
      return false;
    }
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor())
        .isZero();
  }
}
