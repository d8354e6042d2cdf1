package dev.mdp.runtime;

import dev.mdp.config.BusConfig;
import dev.mdp.config.DatasetColumns;
import dev.mdp.config.DatasetConfig;
import dev.mdp.config.MdpConfig;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.Suggestions;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import dev.mdp.core.json.Json;
import dev.mdp.core.run.JobRuns;
import dev.mdp.core.source.FiniteSource;
import dev.mdp.pipeline.produce.Pacing;
import dev.mdp.pipeline.produce.ProduceWorker;
import dev.mdp.pipeline.worker.Pause;
import dev.mdp.providers.dataset.DatasetSettings;
import dev.mdp.providers.dataset.DatasetSource;
import dev.mdp.providers.dataset.ReadOptions;
import dev.mdp.providers.dataset.ReadingCounts;
import dev.mdp.providers.dataset.RecordedSource;
import dev.mdp.providers.ordinals.CheckedSource;
import dev.mdp.providers.ordinals.ContinuedSource;
import dev.mdp.providers.ordinals.TickGroup;
import dev.mdp.providers.ordinals.UnstoredTicks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The configured datasets, and the jobs that send them.
public final class Datasets {
  private static final String JOB = "replay";
  private static final String FIRST_TICK = "first_tick";
  private static final int BATCH = 1_000;

  /// How long the tick group may stand still before the bus is read for what it has not stored.
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private Datasets() {}

  /// A replay's worker and job.
  ///
  /// @param files what is read; empty for a range of a table
  /// @param hashedSeq whether the seq of the events is a hash of an id
  /// @param reread opens the files once more, to look which of their ticks are stored; empty when
  ///   that does not tell
  public record Replay(
      ProduceWorker worker,
      FiniteSource source,
      String lane,
      List<Path> files,
      boolean hashedSeq,
      Optional<Supplier<FiniteSource>> reread,
      Job job) {
    public Replay {
      files = List.copyOf(files);
    }

    /// What was passed over so far.
    public ReadingCounts counts() {
      return Datasets.counts(source);
    }

    /// The same in words, for the end of the last line; empty when there is nothing to tell.
    public String passedOver() {
      ReadingCounts counts = counts();
      StringBuilder words = new StringBuilder();
      add(words, counts.otherLines(), "skipped %d other lines");
      add(words, counts.badLines(), "skipped %d bad lines, the first: " + verbatim(counts));
      add(words, counts.outsideRange(), "skipped %d rows outside the range");
      add(words, counts.paddingBytes(), "skipped %d zero bytes after gzip data");
      add(words, counts.alreadyStored(), "%d taken for equal stored ticks");
      add(words, counts.numberedOn(), "%d numbered on after stored ticks");
      return words.append(hashedSeq ? "   seq hashed" : "").toString();
    }

    private static String verbatim(ReadingCounts counts) {
      return counts.firstBadLine().replace("%", "%%");
    }

    private static void add(StringBuilder words, long count, String text) {
      if (count > 0) {
        words.append("   ").append(text.formatted(count));
      }
    }
  }

  private record Opened(
      FiniteSource source, List<Path> files, Optional<Supplier<FiniteSource>> reread) {}

  /// Throws [DataException] (exit 65) naming the datasets there are.
  public static DatasetConfig find(MdpConfig config, String name) {
    DatasetConfig found = config.datasets().get(name);
    if (found == null) {
      String near =
          Suggestions.nearest(name, config.datasets().keySet())
              .map(suggestion -> " — did you mean '" + suggestion + "'?")
              .orElse("");
      throw new DataException(
          "no dataset '"
              + name
              + "' under datasets: in the configuration (there are: "
              + (config.datasets().isEmpty()
                  ? "none"
                  : String.join(", ", config.datasets().keySet()))
              + ")"
              + near);
    }
    return found;
  }

  /// @param wanted the range; its lane is replaced by the dataset's, or by one of this run
  public static Replay replay(
      WorkerContext context,
      DatasetConfig config,
      ReadOptions wanted,
      Pacing pacing,
      Path directory) {
    long run =
        context.startRun(
            JOB,
            JobRuns.Mode.REPLAY,
            config.name(),
            config.provider(),
            config.symbol().map(List::of).orElse(List.of()));
    String lane = config.lane().orElse("replay-" + run);
    ReadOptions options =
        new ReadOptions(
            lane, wanted.fromMicros(), wanted.toMicros(), wanted.allowLateMicros(), wanted.sort());
    Opened opened = open(context, run, config, options, directory);
    ProduceWorker worker =
        new ProduceWorker(
            JOB,
            new SentBefore(opened.source, lane),
            context.bus().openPublisher(context.config().bus().topic()),
            pacing,
            Pause.sleeping(),
            lane,
            BATCH);
    Job job =
        new Job(
            JOB,
            JobRuns.Mode.REPLAY,
            run,
            List.of(worker),
            List::of,
            worker::total,
            () -> metadata(worker, lane, opened, hashedSeq(config)),
            () -> 0);
    return new Replay(
        worker, opened.source, lane, opened.files, hashedSeq(config), opened.reread, job);
  }

  /// Whether the seq of a dataset's events is a hash of an id.
  public static boolean hashedSeq(DatasetConfig config) {
    return config.columns().filter(DatasetColumns::hashedSeq).isPresent();
  }

  /// The counts of a reading by their names in JSON.
  public static Map<String, Object> skipped(ReadingCounts counts) {
    Map<String, Object> skipped = new LinkedHashMap<>();
    skipped.put("other_lines", counts.otherLines());
    skipped.put("outside_range", counts.outsideRange());
    skipped.put("padding_bytes", counts.paddingBytes());
    return skipped;
  }

  private static Map<String, Object> metadata(
      ProduceWorker worker, String lane, Opened opened, boolean hashedSeq) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("sent", worker.sent());
    metadata.put("lane", lane);
    if (!opened.files.isEmpty()) {
      ReadingCounts counts = counts(opened.source);
      metadata.put("files", opened.files.stream().map(Path::toString).toList());
      if (opened.source instanceof CheckedSource checked && worker.total() > 0) {
        checked.first().ifPresent(first -> metadata.put(FIRST_TICK, text(first)));
      }
      if (hashedSeq) {
        metadata.put("seq", "hashed");
      }
      metadata.put("skipped", skipped(counts));
      metadata.put("bad_lines", counts.badLines());
      metadata.put("first_bad_line", counts.firstBadLine());
      metadata.put("already_stored", counts.alreadyStored());
      metadata.put("numbered_on", counts.numberedOn());
    }
    return metadata;
  }

  private static ReadingCounts counts(FiniteSource source) {
    return source instanceof RecordedSource recorded ? recorded.counts() : ReadingCounts.NONE;
  }

  private static Opened open(
      WorkerContext context, long run, DatasetConfig config, ReadOptions options, Path directory) {
    try {
      return switch (config.type()) {
        case CSV, NDJSON -> files(context, config, options, directory);
        case TICKS, BARS ->
            new Opened(
                SourceFactory.stored(config, options, () -> context.store().history()),
                List.of(),
                Optional.empty());
      };
    } catch (MdpException e) {
      context.finishRun(run, 0, e.getMessage(), "{}");
      throw e;
    }
  }

  private static Opened files(
      WorkerContext context, DatasetConfig config, ReadOptions options, Path directory) {
    DatasetSettings settings = SourceFactory.files(config, directory, context.clock().instant());
    config
        .columns()
        .filter(DatasetColumns::hashedSeq)
        .flatMap(DatasetColumns::seq)
        .ifPresent(id ->
            context.say(
                "dataset %s: seq is a hash of %s; the order of trades within one timestamp is that of the hashes"
                    .formatted(config.name(), id)));
    boolean plain = settings.paths().stream().allMatch(Files::isRegularFile);
    Supplier<FiniteSource> reread = () -> new DatasetSource(settings, options);
    if (!settings.columns().needsOrdinals()) {
      boolean ticks = settings.columns().bars() == null;
      return new Opened(
          new DatasetSource(settings, options),
          settings.paths(),
          Optional.of(reread).filter(_ -> plain && ticks));
    }
    BusConfig bus = context.config().bus();
    UnstoredTicks unstored =
        new UnstoredTicks(
            context.bus(),
            context.store().checkpoints().admin(),
            new TickGroup(
                Wiring.group(bus, CheckpointKey.TICK_CONSUMER),
                bus.topic(),
                bus.shards(),
                PATIENCE),
            config.provider(),
            context.clock());
    return new Opened(
        numbered(context, config, settings, options, unstored),
        settings.paths(),
        Optional.of(reread).filter(_ -> config.ordinals() == DatasetConfig.Ordinals.REFUSE));
  }

  private static RecordedSource numbered(
      WorkerContext context,
      DatasetConfig config,
      DatasetSettings settings,
      ReadOptions options,
      UnstoredTicks unstored) {
    return switch (config.ordinals()) {
      case CONTINUE ->
          new ContinuedSource(
              config.provider(),
              new DatasetSource(settings, options),
              context.store().storedTicks(),
              unstored);
      case REFUSE -> {
        settings.paths().forEach(Datasets::requireReadableTwice);
        yield new CheckedSource(
            config.name(),
            config.provider(),
            () -> new DatasetSource(settings, options),
            context.store().storedTicks(),
            unstored,
            first -> beganFormerReading(context, config.provider(), settings, first));
      }
    };
  }

  /// Whether a former replay of files that begin with the same one began with this tick.
  private static boolean beganFormerReading(
      WorkerContext context, String provider, DatasetSettings settings, Tick first) {
    return context
        .store()
        .jobRuns()
        .hasRecorded(
            JOB,
            provider,
            Json.write(
                Map.of(
                    FIRST_TICK,
                    text(first),
                    "files",
                    List.of(settings.paths().getFirst().toString()))));
  }

  private static String text(Tick tick) {
    return "%s %s %s %s %s %s"
        .formatted(
            tick.symbol(),
            Micros.format(tick.srcMicros()),
            tick.price(),
            tick.size(),
            tick.bid(),
            tick.ask());
  }

  private static void requireReadableTwice(Path path) {
    if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
      throw new DataException(
          path
              + ": is not a regular file, and without a seq it is read twice, first to compare it with what is stored; save it as a file, map a column to seq, or set ordinals: continue");
    }
  }
}
