package dev.mdp.bus.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Bar;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EventCodecPropertyTest {
  private static final long SEED = Long.getLong("mdp.seed", 20_251_024L);
  private static final int CASES = Integer.getInteger("mdp.cases", 20_000);

  @Test
  void thePredictionIsNeverDifferentFromTheReference() {
    SplittableRandom random = new SplittableRandom(SEED);
    EventCodec predicting = new EventCodec();
    EventCodec reference = new EventCodec();
    int events = 0;
    for (int i = 0; i < CASES; i++) {
      String text =
          random.nextBoolean()
              ? Entries.contractTick(random, random.nextInt(50), i)
              : Entries.assembled(random);
      byte[] entry =
          Entries.bytes(random.nextInt(3) == 0 ? Entries.withOddValue(random, text) : text);
      if (random.nextInt(3) == 0) {
        entry = Entries.mutated(random, entry);
      }
      events += assertSame(predicting, reference, entry, i) ? 1 : 0;
    }
    assertThat(events)
        .as("seed %d: both good and bad entries were tried", SEED)
        .isBetween(CASES / 5, CASES * 19 / 20);
  }

  @Test
  void thePredictionHitsWhereTheLayoutStaysTheSame() {
    SplittableRandom random = new SplittableRandom(SEED);
    Vocabulary vocabulary = new Vocabulary();
    PredictedReader reader = new PredictedReader(vocabulary, new TimestampParser());
    byte[] first = Entries.bytes(Entries.contractTick(random, 1, 1));
    reader.learn(first, 0, first.length);

    for (int i = 0; i < 1_000; i++) {
      byte[] entry = Entries.bytes(Entries.contractTick(random, i % 50, i));
      assertThat(reader.read(entry, 0, entry.length)).as("seed %d, case %d", SEED, i).isNotNull();
    }
  }

  @Test
  void whatIsEncodedComesBackEqual() {
    SplittableRandom random = new SplittableRandom(SEED);
    EventCodec codec = new EventCodec();
    for (int i = 0; i < CASES / 4; i++) {
      MarketEvent event = random.nextInt(5) == 0 ? bar(random) : tick(random);
      byte[] data = codec.encode(event);
      String text = new String(data, StandardCharsets.UTF_8);
      assertThat(codec.decode(data)).as("seed %d, case %d: %s", SEED, i, text).isEqualTo(event);
      assertThat(codec.decodeByReference(data, 0, data.length)).isEqualTo(event);
    }
  }

  @Test
  void numbersAreRoundedAsTheJdkRoundsThem() {
    SplittableRandom random = new SplittableRandom(SEED);
    NumberParser parser = new NumberParser();
    for (int i = 0; i < CASES; i++) {
      String text = Entries.number(random);
      byte[] data = Entries.bytes(text + ",");
      double parsed = parser.parse(data, 0, data.length);
      assertThat(parser.end()).as("seed %d: %s", SEED, text).isEqualTo(text.length());
      assertThat(parsed)
          .as("seed %d: %s", SEED, text)
          .isEqualTo(new BigDecimal(text).doubleValue());
    }
  }

  @Test
  void timesAreThoseOfTheJdkTruncatedToMicroseconds() {
    SplittableRandom random = new SplittableRandom(SEED);
    TimestampParser parser = new TimestampParser();
    for (int i = 0; i < CASES; i++) {
      long seconds = random.nextLong(-2_208_988_800L + 86_400, 7_258_118_400L - 86_400);
      int offset = random.nextInt(-18 * 60, 18 * 60 + 1) * 60;
      OffsetDateTime time =
          OffsetDateTime.ofInstant(
              java.time.Instant.ofEpochSecond(seconds, random.nextInt(1_000_000_000)),
              java.time.ZoneOffset.ofTotalSeconds(offset));
      String text = java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
      assertThat(parser.parse(text))
          .as("seed %d: %s", SEED, text)
          .isEqualTo(Math.floorDiv(seconds * 1_000_000_000L, 1_000L) + time.getNano() / 1_000);
    }
  }

  private static boolean assertSame(
      EventCodec predicting, EventCodec reference, byte[] entry, int number) {
    MarketEvent expected = reference.decodeByReference(entry, 0, entry.length);
    MarketEvent actual = predicting.decode(entry);
    String what =
        "seed %d, case %d: %s"
            .formatted(SEED, number, new String(entry, StandardCharsets.ISO_8859_1));
    assertThat(actual).as(what).isEqualTo(expected);
    if (expected == null) {
      assertThat(predicting.rejection()).as(what).isEqualTo(reference.rejection());
    }
    return expected != null;
  }

  private static Tick tick(SplittableRandom random) {
    return new Tick(
        "p" + random.nextInt(3),
        random.nextBoolean() ? "" : "replay-1",
        Symbol.of("S" + random.nextInt(100)),
        micros(random),
        random.nextLong(),
        price(random),
        random.nextBoolean() ? Tick.ABSENT : Math.abs(price(random)),
        random.nextBoolean() ? Tick.ABSENT : price(random),
        random.nextBoolean() ? Tick.ABSENT : price(random),
        micros(random));
  }

  private static BarEvent bar(SplittableRandom random) {
    Interval interval = Interval.parse("5m");
    double a = price(random);
    double b = price(random);
    Bar bar =
        new Bar(
            "vendor",
            "",
            Symbol.of("S" + random.nextInt(100)),
            interval,
            interval.start(random.nextLong(0, 4_000_000_000_000_000L)),
            a,
            Math.max(a, b) + 1,
            Math.min(a, b) - 1,
            b,
            Math.abs(price(random)),
            Double.NaN,
            Bar.EXTERNAL);
    return new BarEvent(bar, random.nextLong(100), micros(random));
  }

  private static long micros(SplittableRandom random) {
    return random.nextLong(dev.mdp.core.event.Micros.MIN, dev.mdp.core.event.Micros.MAX);
  }

  private static double price(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(10_000) / 100.0;
      case 1 -> -random.nextInt(10_000) / 10.0 + 0.0;
      case 2 -> random.nextInt();
      default -> Double.parseDouble(Entries.number(random)) % Tick.MAX_MAGNITUDE;
    };
  }
}
