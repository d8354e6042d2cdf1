package dev.mdp.providers.dataset;

import static dev.mdp.providers.dataset.DatasetFiles.brief;
import static dev.mdp.providers.dataset.DatasetFiles.csv;
import static dev.mdp.providers.dataset.DatasetFiles.csvWithSymbols;
import static dev.mdp.providers.dataset.DatasetFiles.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.DataException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.providers.Events;
import dev.mdp.testkit.property.Choices;
import dev.mdp.testkit.property.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetOrderTest {

  @TempDir private Path folder;
  private DatasetFiles files;

  @BeforeEach
  void folder() {
    files = new DatasetFiles(folder);
  }

  @Test
  void putsRowsWithinTheAllowedLatenessInOrder() {
    Path file =
        files.write(
            "a.csv", "t,p,q,id\n1000,1,1,1\n1300,1,1,4\n800,1,1,0\n1300,1,1,3\n1200,1,1,2\n");

    assertThat(brief(read(csv(file), ReadOptions.all("run-1", 500_000))))
        .containsExactly(
            "SPY@800000#0=1.0",
            "SPY@1000000#1=1.0",
            "SPY@1200000#2=1.0",
            "SPY@1300000#3=1.0",
            "SPY@1300000#4=1.0");
  }

  @Test
  void takesARowExactlyAtTheAllowedLatenessAndNoneBeyond() {
    Path file = files.write("a.csv", "t,p,q,id\n1000,1,1,1\n1600,1,1,2\n1100,1,1,3\n1099,1,1,4\n");

    assertThatThrownBy(() -> read(csv(file), ReadOptions.all("run-1", 500_000)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file
                + ":5: out of order: 1970-01-01T00:00:01.099000Z is 501 ms before 1970-01-01T00:00:01.600000Z of line 3, and at most 500 ms are allowed (allow_late_ms); sort the file, or use --sort");
  }

  @Test
  void withoutLatenessOnlyEqualTimesMayBeInAnyOrder() {
    Path file = files.write("a.csv", "t,p,q,id\n1,1,1,2\n1,1,1,1\n2,1,1,9\n");

    assertThat(brief(read(csv(file), ReadOptions.all("run-1", 0))))
        .containsExactly("SPY@1000#1=1.0", "SPY@1000#2=1.0", "SPY@2000#9=1.0");
  }

  @Test
  void mergesFilesByTimeThenSeqThenSymbol() {
    Path first = files.write("a.csv", "t,p,s,id\n10,1,B,0\n20,1,B,1\n40,1,B,0\n");
    Path second = files.write("b.csv", "t,p,s,id\n10,2,A,0\n20,2,A,0\n30,2,A,0\n");

    assertThat(brief(read(csvWithSymbols(first, second))))
        .containsExactly(
            "A@10#0=2.0", "B@10#0=1.0", "A@20#0=2.0", "B@20#0=1.0", "A@30#0=2.0", "B@40#0=1.0");
  }

  @Test
  void numbersEqualTimesPerSymbolInTheOrderOfTheFiles() {
    Path first = files.write("a.csv", "t,p,s\n10,1,B\n10,2,A\n10,3,B\n10,4,A\n20,5,B\n");
    Path second = files.write("b.csv", "t,p,s\n10,6,A\n10,7,C\n");

    List<Tick> ticks = read(csvWithSymbols(first, second));

    assertThat(brief(ticks))
        .containsExactly(
            "A@10#0=2.0",
            "B@10#0=1.0",
            "C@10#0=7.0",
            "A@10#1=4.0",
            "B@10#1=3.0",
            "A@10#2=6.0",
            "B@20#0=5.0");
    assertThat(read(csvWithSymbols(first, second))).isEqualTo(ticks);
    assertThat(read(csvWithSymbols(first, second), sorted())).isEqualTo(ticks);
  }

  @Test
  void readsTheAskedRangeWithTheSameNumbers() {
    Path file = files.write("a.csv", "t,p,s\n10,1,A\n10,2,A\n20,3,A\n20,4,A\n30,5,A\n");

    assertThat(brief(read(csvWithSymbols(file), new ReadOptions("run-1", 20, 30, 500_000, false))))
        .containsExactly("A@20#0=3.0", "A@20#1=4.0");
  }

  @Test
  void doesNotReadOnWhenNothingWantedCanCome() {
    Path file = files.write("a.csv", "t,p,s\n10,1,A\n20,2,A\n30,3,A\nbroken line\n");

    assertThat(read(csvWithSymbols(file), new ReadOptions("run-1", 0, 20, 5, false))).hasSize(1);
    assertThatThrownBy(() -> read(csvWithSymbols(file), new ReadOptions("run-1", 0, 20, 15, false)))
        .hasMessageContaining(":5: ");
  }

  @Test
  void rowsOutsideTheRangeAreOutOfOrderAllTheSame() {
    Path file = files.write("a.csv", "t,p,s\n10,1,A\n2000000,2,A\n20,3,A\n");

    assertThatThrownBy(() ->
            read(csvWithSymbols(file), new ReadOptions("run-1", 0, 3_000_000, 500_000, false)))
        .hasMessageContaining(":4: out of order");
  }

  @Test
  void refusesMoreRowsWithinTheLatenessThanItMayHold() {
    Path file = files.write("a.csv", "t,p,s\n" + "10,1,A\n".repeat(9));
    Limits limits = new Limits(8, 4, folder);

    assertThatThrownBy(() -> readOut(csvWithSymbols(file), ReadOptions.all("run-1", 1_500), limits))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file
                + ":10: more than 8 rows lie within the allowed lateness of 1.500 ms; lower allow_late_ms, or use --sort");
    assertThatThrownBy(() -> readOut(csvWithSymbols(file), sorted(), limits))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "more than 8 rows share the time 1970-01-01T00:00:00.000010Z; map a column to seq, or a finer src_ts");
  }

  @Test
  void refusesToSortMoreRowsThanTemporaryFilesMayBe() {
    Path file = files.write("a.csv", "t,p,s\n" + "10,1,A\n".repeat(SortedEvents.MAX_RUNS + 2));

    assertThatThrownBy(() -> readOut(csvWithSymbols(file), sorted(), new Limits(1_000, 1, folder)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "--sort takes at most 500 rows; narrow --from and --to, or sort the files before");
  }

  @Test
  void sendsAnyInputInOrderWhateverTheWay() {
    Property.check(100, this::sendsInOrder);
  }

  private void sendsInOrder(RandomGenerator random) {
    long late = random.nextInt(1, 200);
    List<Tick> rows = new ArrayList<>();
    List<Path> paths = new ArrayList<>();
    int count = random.nextInt(1, 4);
    for (int f = 0; f < count; f++) {
      StringBuilder text = new StringBuilder("t,p,s,id\n");
      long newest = 0;
      for (int row = random.nextInt(0, 150); row > 0; row--) {
        newest += random.nextInt(4) == 0 ? random.nextInt(0, 100) : 0;
        long at = Math.max(0, newest - random.nextLong(late + 1));
        Tick tick = tick(at, random.nextInt(5), "S" + random.nextInt(3), rows.size());
        rows.add(tick);
        text.append("%d,%s,%s,%d\n".formatted(at, tick.price(), tick.symbol(), tick.seq()));
      }
      paths.add(files.write("f" + f + ".csv", text.toString()));
    }
    DatasetSettings numbered =
        new DatasetSettings(
            "d",
            FileFormat.CSV,
            paths,
            "feed",
            Optional.empty(),
            new ColumnMapping("t", TimeUnitName.US, "p", null, "id", null, null, "s"),
            PlausibleTimes.ALL,
            LinePrefix.NONE,
            OtherLines.REFUSE,
            ',',
            true);
    List<Tick> expected =
        rows.stream()
            .sorted(
                Comparator.comparingLong(Tick::srcMicros)
                    .thenComparingLong(Tick::seq)
                    .thenComparing(t -> t.symbol().value()))
            .toList();

    List<Tick> merged = read(numbered, ReadOptions.all("run-1", late));
    List<Tick> sortedInRuns = readSorted(numbered, 5 + random.nextInt(60));
    assertThat(brief(merged)).isEqualTo(brief(expected));
    assertThat(sortedInRuns).isEqualTo(merged);
    DatasetSettings unnumbered = csvWithSymbols(paths.toArray(Path[]::new));
    List<Tick> ordinals = read(unnumbered, ReadOptions.all("run-1", late));
    assertThat(ordinals).isSortedAccordingTo(EventStream.ORDER);
    assertThat(ordinals.stream().map(Tick::eventId)).doesNotHaveDuplicates();
    assertThat(readSorted(unnumbered, 20)).isEqualTo(ordinals);
  }

  @Test
  void sortsFilesInAnyOrderWithTemporaryFilesThatLeaveNothingBehind() throws IOException {
    RandomGenerator random = Choices.ofSeed(9);
    StringBuilder text = new StringBuilder("t,p,q,id\n");
    for (int i = 0; i < 5_000; i++) {
      text.append(random.nextInt(100_000)).append(",1.5,2,").append(i).append('\n');
    }
    Path file = files.write("a.csv", text.toString());
    Path runs = Files.createDirectory(folder.resolve("runs"));

    try (DatasetSource source =
        new DatasetSource(csv(file), sorted(), new Limits(100_000, 100, runs))) {
      List<Double> progress = new ArrayList<>();
      List<Tick> ticks = new ArrayList<>();
      while (!source.exhausted()) {
        source.next(500).forEach(event -> ticks.add((Tick) event));
        progress.add(source.progress().orElseThrow());
        try (Stream<Path> left = Files.list(runs)) {
          assertThat(left).isEmpty();
        }
      }
      assertThat(ticks).hasSize(5_000).isSortedAccordingTo(EventStream.ORDER);
      assertThat(progress).isSorted().startsWith(0.5).endsWith(1.0);
    }
  }

  @Test
  void saysWhenTheTemporaryFilesCannotBeWritten() {
    Path file = files.write("a.csv", "t,p,q,id\n1,1,1,1\n2,1,1,1\n");
    Path absent = folder.resolve("absent");

    assertThatThrownBy(
            () -> {
              try (DatasetSource source =
                  new DatasetSource(csv(file), sorted(), new Limits(10, 1, absent))) {
                Events.all(source, 10);
              }
            })
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith("cannot write a temporary file of --sort in " + absent + ": ")
        .hasMessageEndingWith("; name a folder with room by -Djava.io.tmpdir=");
  }

  private static Tick tick(long micros, long seq, String symbol, double price) {
    return new Tick(
        "feed",
        "run-1",
        new Symbol(symbol),
        micros,
        seq,
        price,
        Tick.ABSENT,
        Tick.ABSENT,
        Tick.ABSENT,
        micros);
  }

  private List<Tick> readSorted(DatasetSettings settings, int runRows) {
    return readOut(settings, sorted(), new Limits(1_000, runRows, folder));
  }

  private static List<Tick> readOut(DatasetSettings settings, ReadOptions options, Limits limits) {
    try (DatasetSource source = new DatasetSource(settings, options, limits)) {
      return Events.ticks(source, 17);
    }
  }

  private static ReadOptions sorted() {
    return new ReadOptions("run-1", Micros.MIN, Micros.MAX, 0, true);
  }
}
