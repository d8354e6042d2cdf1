package dev.mdp.providers.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.core.feed.FeedNotice.Cause;
import dev.mdp.core.feed.UnusableTrade;
import dev.mdp.testkit.property.Choices;
import dev.mdp.testkit.property.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Whatever a venue does: while a feed says that a symbol is live, none of its trades is missing.
/// Only that a connection is dead is known late: what came over another one meanwhile has come by
/// then.
class SocketFeedPropertyTest {
  private static final List<Symbol> SYMBOLS =
      List.of(new Symbol("A"), new Symbol("B"), new Symbol("C"), new Symbol("D"));

  /// How long it is not polled, now and then.
  private static final Duration AWAY = Duration.ofSeconds(8);

  @Test
  void noTradeIsMissingWhileASymbolIsLive() {
    Property.check(
        300,
        choices -> {
          Optional<Duration> age = Optional.of(Duration.ofSeconds(20 + choices.nextInt(200)));
          VenueLimits limits = LineDialect.limits(age, 1 + choices.nextInt(4));
          LineDialect dialect = new LineDialect(limits, choices.nextInt(3));
          FeedRig rig = new FeedRig(dialect, 20_000 + choices.nextInt(200_000));
          rig.venue.ping();
          Segments segments = new Segments(rig.time);
          trade(rig);
          List<String> done = new ArrayList<>();
          choices.show("done", done);
          Set<Symbol> wanted = Set.of();
          for (int steps = choices.nextInt(25); steps > 0; steps--) {
            wanted = step(rig, choices, wanted, segments, done);
            // for some of the time it is not polled
            rig.time.await(choices.onceIn(10) ? AWAY : Duration.ZERO);
            poll(rig, Duration.ofMillis(choices.nextInt(20_000)), segments);
          }

          rig.venue.failConnects(null);
          SYMBOLS.forEach(rig.venue::answer);
          poll(rig, Duration.ofMinutes(5), segments);
          segments.endAll();

          segments.live.retainAll(wanted);
          Set<Symbol> expected = new TreeSet<>(wanted);
          expected.removeAll(segments.refused);
          assertThat(segments.live).isEqualTo(expected);
          assertThat(FeedRig.fullest(rig.venue.connects(), limits.connectWindow()))
              .isLessThanOrEqualTo(limits.connects());
          for (MemorySocket socket : rig.venue.all()) {
            assertThat(FeedRig.fullest(socket.messages(), limits.messageWindow()))
                .isLessThanOrEqualTo(limits.messages());
          }
        });
  }

  private static void trade(FeedRig rig) {
    long[] id = {0};
    rig.time.every(
        Duration.ofMillis(100),
        () -> {
          id[0]++;
          SYMBOLS.forEach(symbol -> rig.venue.trade(symbol, id[0]));
        });
  }

  private static void poll(FeedRig rig, Duration duration, FeedListener into) {
    long end = rig.time.nanos() + duration.toNanos();
    while (rig.time.nanos() < end) {
      rig.feed.poll(50, Duration.ofNanos(end - rig.time.nanos()), into);
    }
  }

  /// Something happens; returns what is wanted from then on.
  private static Set<Symbol> step(
      FeedRig rig, Choices choices, Set<Symbol> wanted, Segments segments, List<String> done) {
    List<MemorySocket> open = rig.venue.open();
    Symbol symbol = choices.oneOf(SYMBOLS);
    int what = choices.nextInt(10);
    done.add(what + " " + symbol);
    if (what < 3) {
      Set<Symbol> now = new HashSet<>();
      SYMBOLS.stream().filter(_ -> choices.nextInt(3) > 0).forEach(now::add);
      rig.feed.subscribe(now);
      return now;
    }
    switch (what) {
      case 3 -> rig.venue.cut();
      case 4 -> open.stream().findFirst().ifPresent(s -> s.closeWith(1001, "away"));
      case 5 -> {
        open.forEach(socket -> {
          if (choices.nextBoolean()) {
            socket.die();
            segments.died();
          }
        });
      }
      case 6 -> open.forEach(socket -> socket.text("ENDING"));
      case 7 ->
          open.forEach(socket -> {
            if (socket.subscribed().remove(symbol)) {
              socket.text("GONE " + symbol + " taken back");
            }
          });
      case 8 -> {
        rig.venue.leaveUnanswered(symbol);
        rig.time.after(Duration.ofSeconds(choices.nextInt(30)), () -> rig.venue.answer(symbol));
      }
      default -> {
        rig.venue.failConnects(new UnavailableException("refused"));
        rig.time.after(Duration.ofSeconds(choices.nextInt(60)), () -> rig.venue.failConnects(null));
      }
    }
    return wanted;
  }

  /// The ids that came while a symbol was live, which must be all from the first to the last.
  private static final class Segments implements FeedListener {
    private final Set<Symbol> live = new TreeSet<>();
    private final Set<Symbol> refused = new TreeSet<>();
    private final Map<Symbol, Set<Long>> ids = new TreeMap<>();
    private final VirtualTime time;

    /// Until then a connection may be dead without that it is known.
    private long deathKnownNanos;

    private Segments(VirtualTime time) {
      this.time = time;
    }

    private void died() {
      Duration silence = LineDialect.LIMITS.silence();
      deathKnownNanos = time.nanos() + silence.plus(AWAY).plusSeconds(1).toNanos();
    }

    @Override
    public void trade(Tick trade) {
      if (live.contains(trade.symbol())) {
        ids.computeIfAbsent(trade.symbol(), _ -> new TreeSet<>()).add(trade.seq());
      }
    }

    @Override
    public void unusable(UnusableTrade trade) {
      throw new AssertionError(trade);
    }

    @Override
    public void notice(FeedNotice notice) {
      switch (notice) {
        case FeedNotice.Live it -> {
          assertThat(live.add(it.symbol())).as("live already: %s", it).isTrue();
          refused.remove(it.symbol());
        }
        case FeedNotice.NotLive it -> end(it.symbol());
        case FeedNotice.Refused it -> {
          refused.add(it.symbol().orElseThrow());
          end(it.symbol().orElseThrow());
        }
        case FeedNotice.Disconnected it when it.cause() != Cause.PLANNED ->
            List.copyOf(live).forEach(this::end);
        default -> {}
      }
    }

    private void end(Symbol symbol) {
      if (time.nanos() > deathKnownNanos) {
        check(symbol);
      }
      live.remove(symbol);
      ids.remove(symbol);
    }

    private void endAll() {
      live.forEach(this::check);
    }

    private void check(Symbol symbol) {
      Set<Long> seen = ids.getOrDefault(symbol, Set.of());
      if (live.contains(symbol) && !seen.isEmpty()) {
        TreeSet<Long> sorted = new TreeSet<>(seen);
        assertThat(sorted.last() - sorted.first() + 1)
            .as("ids of %s: %s", symbol, sorted)
            .isEqualTo(sorted.size());
      }
    }
  }
}
