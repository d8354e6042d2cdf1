package dev.mdp.providers.ordinals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.Position;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.providers.Events;
import dev.mdp.providers.dataset.ColumnMapping;
import dev.mdp.providers.dataset.DatasetSettings;
import dev.mdp.providers.dataset.DatasetSource;
import dev.mdp.providers.dataset.ReadOptions;
import dev.mdp.providers.dataset.RecordedSource;
import dev.mdp.providers.dataset.TimeUnitName;
import dev.mdp.testkit.Faults;
import dev.mdp.testkit.InMemoryBus;
import dev.mdp.testkit.InMemoryStore;
import dev.mdp.testkit.LowWater;
import dev.mdp.testkit.ManualClock;
import dev.mdp.testkit.property.Property;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files without ids meet what is stored.
class OrdinalsTest {
  private static final String A = "t,p,q\n1761314400,100,1\n1761314400,101,1\n1761314400,102,1\n";
  private static final String B = "t,p,q\n1761314400,103,1\n1761314400,104,5\n1761314401,105,1\n";
  private static final TickGroup GROUP = new TickGroup("ticks", "events", 1, Duration.ofSeconds(3));

  @TempDir private Path folder;
  private final Table table = new Table();
  private final ManualClock clock = ManualClock.at("2025-10-25T00:00:00Z");
  private final InMemoryBus bus = new InMemoryBus(1, clock, Faults.NONE);
  private final InMemoryStore store = new InMemoryStore(clock, Faults.NONE);
  private int written;

  @Test
  void twoFilesThatShareASecondAreRefusedBeforeAnythingIsSent() {
    table.store(checked(file(A)));

    assertThatThrownBy(() -> checked(file(B)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "dataset d: 2 of its 3 ticks meet 3 other ticks of p that are stored or on the bus, at 1 timestamps (the first: X 2025-10-24T14:00:00.000000Z seq 0: 103.0 × 1.0 in the file, 100.0 × 1.0 there). Without a seq its ticks are numbered by their order, which holds within one reading only. Nothing was sent. Map a column to seq, or name all files of a recording in one dataset (path: [a.csv, b.csv]), or set ordinals: continue, which numbers on after what is there");
    assertThat(prices()).containsExactly(100.0, 101.0, 102.0);
  }

  @Test
  void bothFilesInOneReadingKeepEveryTick() {
    table.store(checked(file(A), file(B)));

    assertThat(prices()).containsExactly(100.0, 101.0, 102.0, 103.0, 104.0, 105.0);
    assertThat(checked(file(A), file(B))).hasSize(6);
    assertThatThrownBy(() -> checked(file(B), file(A))).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> checked(file(A))).isInstanceOf(DataException.class);
  }

  @Test
  void theSameFileIsFineAgainAlsoWhenItsReplayEndedEarly() {
    Path file = file(A + "1761314401,100,1\n1761314401,100,1\n1761314402,100,1\n");
    List<Tick> all = checked(file);
    for (int stored = 0; stored <= all.size(); stored++) {
      Table early = new Table();
      early.store(all.subList(0, stored));

      boolean oneTimeOnly = stored > 0 && stored <= 3;
      if (oneTimeOnly) {
        assertThatThrownBy(() -> read(source(early, _ -> false, file)))
            .isInstanceOf(DataException.class)
            .hasMessageContaining("at 2025-10-24T14:00:00.000000Z and at no other time");
      } else {
        assertThat(read(source(early, _ -> false, file))).as("%d stored", stored).isEqualTo(all);
      }
      assertThat(read(source(early, all.getFirst()::equals, file)))
          .as("%d stored, of a reading that is known", stored)
          .isEqualTo(all);
    }
  }

  @Test
  void aFileThatGrewAtItsEndIsFine() {
    table.store(checked(file(B)));

    assertThat(checked(file(B + "1761314401,107,1\n1761314402,105,1\n"))).hasSize(5);
    assertThatThrownBy(() -> checked(file(B.replace("104,5", "104,5\n1761314400,106,1"))))
        .hasMessageContaining("3 of its 4 ticks meet 2 other ticks of p");
  }

  @Test
  void anotherFileWhoseSharedTimeHasAnEqualTradeIsRefused() {
    table.store(checked(file("t,p,q\n1761314399,100,1\n1761314400,100,1\n")));

    assertThatThrownBy(() -> checked(file("t,p,q\n1761314400,100,1\n1761314401,100,1\n")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "1 of its 2 ticks meet 1 equal ticks of p at 2025-10-24T14:00:00.000000Z and at no other time, so they may be another file's trades");
    assertThatThrownBy(() ->
            checked(
                file(
                    "t,p,q\n1761314398,100,1\n1761314399,100,1\n1761314399,100,1\n1761314400,100,1\n")))
        .hasMessageContaining("2 of its 4 ticks meet 1 other ticks");
  }

  @Test
  void liveTicksWithIdsAtTheSameTimeAreAnotherReading() {
    table.store(List.of(tick(1_761_314_400_000_000L, 1_380_000, 100)));

    assertThatThrownBy(() -> checked(file(A)))
        .hasMessageContaining("3 of its 3 ticks meet 1 other ticks of p")
        .hasMessageContaining("seq 1380000: 3 ticks in the file, 1, 100.0 × 1.0 there");
  }

  @Test
  void ticksOfAnotherProviderSymbolOrTimeAreNotMet() {
    table.store(checked(file(A)));

    assertThat(checked(file("t,p,q\n1761314401,103,1\n"))).hasSize(1);
    assertThat(read(source(table, _ -> false, settings("other", file(B))))).hasSize(3);
  }

  @Test
  void ticksOnTheBusThatNobodyStoredYetAreMet() {
    checked(file(A)).forEach(tick -> bus.log(0).append(tick));

    assertThatThrownBy(() -> checked(file(B)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "2 of its 3 ticks meet 3 other ticks of p that are stored or on the bus");
    assertThat(checked(file(A))).hasSize(3);
  }

  @Test
  void theTickGroupIsWaitedForWhileItMoves() {
    List<Tick> sent = checked(file(A));
    List<Position> positions = sent.stream().map(tick -> bus.log(0).append(tick)).toList();
    LowWater.raise(store.marks(), "ticks", "events", 1, Map.of(0, positions.get(0)));
    table.store(sent.subList(0, 1));
    RecordedSource source = source(table, _ -> false, file(A));

    assertThat(source.next(10)).isEmpty();
    assertThat(source.untilNext()).isPositive();
    clock.advance(Duration.ofSeconds(2));
    LowWater.raise(store.marks(), "ticks", "events", 1, Map.of(0, positions.get(1)));
    table.store(sent.subList(1, 2));
    assertThat(source.next(10)).isEmpty();
    clock.advance(Duration.ofSeconds(2));
    assertThat(source.next(10)).isEmpty();
    assertThat(table.looks)
        .as("looks while it is waited for, after the first reading")
        .isEqualTo(1);
    LowWater.raise(store.marks(), "ticks", "events", 1, Map.of(0, positions.get(2)));
    table.store(sent.subList(2, 3));

    assertThat(Events.ticks(source, 10)).isEqualTo(sent);
  }

  @Test
  void aTickGroupThatStandsStillIsNotWaitedForForEver() {
    List<Tick> sent = checked(file(A));
    List<Position> positions = sent.stream().map(tick -> bus.log(0).append(tick)).toList();
    LowWater.raise(store.marks(), "ticks", "events", 1, Map.of(0, positions.getFirst()));
    table.store(sent.subList(0, 1));
    RecordedSource source = source(table, _ -> false, file(B));
    assertThat(source.next(10)).isEmpty();
    clock.advance(Duration.ofSeconds(3));

    assertThatThrownBy(() -> Events.ticks(source, 10))
        .hasMessageContaining("2 of its 3 ticks meet 3 other ticks of p");
  }

  @Test
  void aDatabaseThatIsAwayForAMomentChangesNothing() {
    StringBuilder text = new StringBuilder("t,p,q\n");
    for (int i = 0; i < 20_000; i++) {
      text.append(1_761_314_400 + i / 3).append(",").append(100 + i % 7).append(",1\n");
    }
    Path file = file(text.toString());
    List<Tick> all = checked(file);
    table.store(all);
    for (int fails = 1; fails <= 4; fails++) {
      table.looks = 0;
      table.failsAtLook = fails;
      assertThat(patiently(source(table, _ -> false, file))).isEqualTo(all);
      table.looks = 0;
      table.failsAtLook = fails;
      assertThat(patiently(continued(file))).isEqualTo(all);
      assertThat(table.looks).isGreaterThanOrEqualTo(5);
    }
  }

  @Test
  void aFileThatGrowsWhileItIsReadIsRefused() {
    Path file = file(A);
    RecordedSource source = source(table, _ -> false, file);
    while (source.progress().orElse(0) < 0.5 || table.looks == 0) {
      source.next(10);
    }
    append(file, "1761314401,1,1\n");

    assertThatThrownBy(() -> Events.ticks(source, 10))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("its files grew while they were read");
  }

  @Test
  void continueNumbersAfterWhatIsStoredAndTheSameWayAgain() {
    table.store(checked(file(A)));

    RecordedSource source = continued(file(B));
    List<Tick> numbered = Events.ticks(source, 10);
    table.store(numbered);

    assertThat(numbered).extracting(Tick::seq).containsExactly(3L, 4L, 0L);
    assertThat(prices()).containsExactly(100.0, 101.0, 102.0, 103.0, 104.0, 105.0);
    assertThat(source.counts().numberedOn()).isEqualTo(2);
    RecordedSource again = continued(file(B));
    assertThat(Events.ticks(again, 10)).isEqualTo(numbered);
    assertThat(again.counts().alreadyStored()).isEqualTo(3);
    assertThat(again.counts().numberedOn()).isZero();
    assertThat(Events.ticks(continued(file(A)), 10))
        .extracting(Tick::seq)
        .containsExactly(0L, 1L, 2L);
  }

  @Test
  void continuingCountsWhatIsOnTheBusToo() {
    checked(file(A)).forEach(tick -> bus.log(0).append(tick));

    assertThat(Events.ticks(continued(file(B)), 10))
        .extracting(Tick::seq)
        .containsExactly(3L, 4L, 0L);
  }

  @Test
  void noNumberIsLeftAfterTheLargest() {
    table.store(List.of(tick(1_761_314_400_000_000L, Long.MAX_VALUE, 7)));

    assertThatThrownBy(() -> Events.ticks(continued(file(A)), 10))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no number is left after seq 9223372036854775807");
  }

  @Test
  void continuingAnyFilesInAnyOrderKeepsEveryPayloadAndIsRepeatable() {
    Property.check(100, this::continuesRepeatably);
  }

  private void continuesRepeatably(RandomGenerator random) {
    Table any = new Table();
    List<Path> files = new ArrayList<>();
    Map<String, Integer> most = new HashMap<>();
    for (int f = 1 + random.nextInt(3); f > 0; f--) {
      StringBuilder text = new StringBuilder("t,p,q\n");
      Map<String, Integer> here = new HashMap<>();
      long at = 1_761_314_400 + random.nextInt(4);
      for (int row = random.nextInt(12); row > 0; row--) {
        at += random.nextInt(3) == 0 ? 1 : 0;
        String line = at + "," + (100 + random.nextInt(3)) + "," + random.nextInt(1, 3);
        text.append(line).append('\n');
        here.merge(line, 1, Integer::sum);
      }
      files.add(file(text.toString()));
      here.forEach((line, count) -> most.merge(line, count, Math::max));
    }
    for (int round = 0; round < 2; round++) {
      for (Path file : files) {
        any.store(read(new ContinuedSource("p", reading(settings("p", file)), any, unstored())));
      }
    }
    for (Path file : files) {
      List<Tick> again =
          read(new ContinuedSource("p", reading(settings("p", file)), any, unstored()));
      assertThat(any.rows()).containsAll(again);
    }
    Map<String, Integer> stored = new HashMap<>();
    any.rows()
        .forEach(tick ->
            stored.merge(
                "%d,%.0f,%.0f".formatted(tick.srcMicros() / 1_000_000, tick.price(), tick.size()),
                1,
                Integer::sum));
    assertThat(stored).isEqualTo(most);
  }

  @Test
  void anyFileIsFineAgainAndAnyOtherFileIsRefusedOrLosesNothing() {
    Property.check(300, this::nothingIsEverLost);
  }

  /// What is accepted is stored whole, whatever was there before.
  private void nothingIsEverLost(RandomGenerator random) {
    Table any = new Table();
    for (int f = 0; f < 3; f++) {
      Path file = file(distinctTrades(random, f));
      try {
        List<Tick> ticks = read(source(any, _ -> false, settings("p", file)));
        any.store(ticks);
        assertThat(any.rows()).containsAll(ticks);
        assertThat(read(source(any, ticks.getFirst()::equals, settings("p", file))))
            .isEqualTo(ticks);
      } catch (DataException e) {
        assertThat(e).hasMessageContaining("Nothing was sent.");
      }
    }
  }

  /// Trades of overlapping times; no two files have an equal one.
  private static String distinctTrades(RandomGenerator random, int file) {
    StringBuilder text = new StringBuilder("t,p,q\n");
    long at = 1_761_314_400 + random.nextInt(3);
    for (int row = 1 + random.nextInt(8); row > 0; row--) {
      at += random.nextInt(2);
      text.append(at).append(',').append(100 * file + random.nextInt(3) + 1).append(",1\n");
    }
    return text.toString();
  }

  private List<Double> prices() {
    return table.rows().stream()
        .sorted(Comparator.comparingDouble(Tick::price))
        .map(Tick::price)
        .toList();
  }

  private Path file(String text) {
    try {
      return Files.writeString(folder.resolve("f" + ++written + ".csv"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void append(Path file, String text) {
    try {
      Files.writeString(file, Files.readString(file) + text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Tick> checked(Path... files) {
    return read(source(table, _ -> false, files));
  }

  private static List<Tick> read(RecordedSource source) {
    try (source) {
      return Events.ticks(source, 3);
    }
  }

  /// As the runner of a worker does it.
  private static List<Tick> patiently(RecordedSource source) {
    List<Tick> ticks = new ArrayList<>();
    while (!source.exhausted()) {
      try {
        source.next(1_000).forEach(event -> ticks.add((Tick) event));
      } catch (UnavailableException e) {
        // it passes
      }
    }
    return ticks;
  }

  private RecordedSource source(Table stored, Predicate<Tick> began, Path... files) {
    return source(stored, began, settings("p", files));
  }

  private RecordedSource source(Table stored, Predicate<Tick> began, DatasetSettings settings) {
    return new CheckedSource(
        "d", settings.provider(), () -> reading(settings), stored, unstored(), began);
  }

  private RecordedSource continued(Path file) {
    return new ContinuedSource("p", reading(settings("p", file)), table, unstored());
  }

  private UnstoredTicks unstored() {
    return new UnstoredTicks(bus, store.admin(), GROUP, "p", clock);
  }

  private static DatasetSource reading(DatasetSettings settings) {
    return new DatasetSource(settings, ReadOptions.all("run-1", 0));
  }

  private static DatasetSettings settings(String provider, Path... files) {
    return DatasetSettings.csv(
        "d",
        List.of(files),
        provider,
        Optional.of(new Symbol("X")),
        new ColumnMapping("t", TimeUnitName.S, "p", "q", null, null, null, null));
  }

  private static Tick tick(long micros, long seq, double price) {
    return new Tick(
        "p", "", new Symbol("X"), micros, seq, price, 1, Tick.ABSENT, Tick.ABSENT, micros);
  }
}
