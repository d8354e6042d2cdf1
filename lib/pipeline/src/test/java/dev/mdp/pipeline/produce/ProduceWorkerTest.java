package dev.mdp.pipeline.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.Publisher;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.source.EventSource;
import dev.mdp.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProduceWorkerTest {
  private final ManualClock clock = ManualClock.at("2026-01-05T14:30:00Z");
  private final List<MarketEvent> published = new ArrayList<>();
  private boolean away;

  @Test
  void sendsTheSameEventsAgainAfterTheBusWasAway() {
    ProduceWorker worker = worker(Pacing.MAX_SPEED, "run-1", tick(0), tick(1));
    away = true;
    assertThatThrownBy(worker::poll).isInstanceOf(UnavailableException.class);
    away = false;

    pollUntilFinished(worker);

    assertThat(published).containsExactly(tick(0), tick(1), new LaneEnd("p", "run-1"));
    assertThat(worker.sent()).containsEntry("p", 2L);
  }

  @Test
  void liveDataHasNoEnd() {
    ProduceWorker worker = worker(Pacing.MAX_SPEED, MarketEvent.LIVE, tick(0));

    pollUntilFinished(worker);

    assertThat(published).containsExactly(tick(0));
  }

  @Test
  void sendsHistoryAtItsSpeed() {
    ProduceWorker worker = worker(10, "run-1", tick(0), tick(10_000_000), tick(20_000_000));

    worker.poll();
    int atOnce = published.size();
    clock.advance(Duration.ofSeconds(1));
    worker.poll();

    assertThat(atOnce).isEqualTo(1);
    assertThat(published).hasSize(2);
  }

  @Test
  void nothingIsSentInALaneThatFillsHolesOfFeeds() {
    ProduceWorker worker =
        worker(Pacing.MAX_SPEED, "run-1", tick(0), ((Tick) tick(1)).inLane("fill-1-0"));

    assertThatThrownBy(worker::poll)
        .isInstanceOf(DataException.class)
        .hasMessage(
            "an event of p is in the lane 'fill-1-0': names that begin with 'fill-' are those of"
                + " lanes that fill the holes of live feeds");
    assertThat(published).isEmpty();
  }

  private static void pollUntilFinished(ProduceWorker worker) {
    for (int i = 0; i < 100 && !worker.finished(); i++) {
      worker.poll();
    }
    assertThat(worker.finished()).isTrue();
  }

  private ProduceWorker worker(double speed, String lane, MarketEvent... events) {
    return new ProduceWorker(
        "replay",
        new ListSource(List.of(events)),
        new Publisher() {
          @Override
          public void publish(List<? extends MarketEvent> batch) {
            if (away) {
              throw new UnavailableException("away");
            }
            published.addAll(batch);
          }

          @Override
          public void close() {}
        },
        new Pacing(speed, clock),
        clock::advance,
        lane,
        2);
  }

  private static Tick tick(long micros) {
    return new Tick(
        "p", "run-1", Symbol.of("SPY"), micros, 0, 1, 1, Tick.ABSENT, Tick.ABSENT, micros);
  }

  private static final class ListSource implements EventSource {
    private final List<MarketEvent> events;
    private int next;

    ListSource(List<MarketEvent> events) {
      this.events = events;
    }

    @Override
    public List<MarketEvent> next(int max) {
      int end = Math.min(events.size(), next + max);
      List<MarketEvent> batch = events.subList(next, end);
      next = end;
      return batch;
    }

    @Override
    public boolean exhausted() {
      return next == events.size();
    }

    @Override
    public Duration untilNext() {
      return Duration.ZERO;
    }

    @Override
    public void close() {}
  }
}
