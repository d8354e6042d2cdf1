package dev.mdp.cli.scenario;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Sessions made up from seeds, in which a venue does whatever venues do and every process and
/// server is killed: in the end each trade is stored once, and what is not there has its right
/// word. A long run, outside `mvn verify`: `-Dit.test=HostileSessions`; `-Dmdp.sessions=` makes
/// more than 30, `-Dmdp.seed=` runs one again.
class HostileSessions {
  private static final int SESSIONS = 30;
  private static final int AT_ONCE = 30;

  @ParameterizedTest(name = "seeds {0}")
  @MethodSource("batches")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void everyTradeIsStoredOnceAndEveryHoleHasItsWord(List<Long> seeds) throws Exception {
    try (HostileBatch batch = new HostileBatch(seeds.stream().map(HostilePlan::of).toList())) {
      batch.run();
    }
  }

  static List<List<Long>> batches() {
    Optional<Long> one = Optional.ofNullable(Long.getLong("mdp.seed"));
    long sessions = Integer.getInteger("mdp.sessions", SESSIONS);
    return one.map(seed -> List.of(List.of(seed)))
        .orElseGet(() ->
            LongStream.iterate(1, first -> first <= sessions, first -> first + AT_ONCE)
                .mapToObj(first ->
                    LongStream.rangeClosed(first, Math.min(sessions, first + AT_ONCE - 1))
                        .boxed()
                        .toList())
                .toList());
  }
}
