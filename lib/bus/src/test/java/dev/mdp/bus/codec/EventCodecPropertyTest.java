package dev.mdp.bus.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Bar;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.testkit.property.Property;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class EventCodecPropertyTest {
  private static final int ENTRIES = 20;

  /// A reader learns from what it has read, so a case is a stream of entries.
  @Test
  void thePredictionIsNeverDifferentFromTheReference() {
    LongAdder all = new LongAdder();
    LongAdder events = new LongAdder();
    Property.check(
        1_000,
        random -> {
          EventCodec predicting = new EventCodec();
          EventCodec reference = new EventCodec();
          for (int i = 0; i < ENTRIES; i++) {
            events.add(assertSame(predicting, reference, entry(random, i)) ? 1 : 0);
            all.increment();
          }
        });

    if (all.sum() > 100 * ENTRIES) {
      assertThat(events.sum())
          .as("both good and bad entries were tried")
          .isBetween(all.sum() / 5, all.sum() * 19 / 20);
    }
  }

  @Test
  void thePredictionHitsWhereTheLayoutStaysTheSame() {
    Property.check(
        1_000,
        random -> {
          PredictedReader reader = new PredictedReader(new Vocabulary(), new TimestampParser());
          byte[] first = Entries.bytes(Entries.contractTick(random, 1, 1));
          reader.learn(first, 0, first.length);

          for (int i = 0; i < ENTRIES; i++) {
            String text =
                Entries.contractTick(random, random.nextInt(50), random.nextInt(10_000_000));
            byte[] entry = Entries.bytes(random.show("entry", text));
            assertThat(reader.read(entry, 0, entry.length)).isNotNull();
          }
        });
  }

  @Test
  void whatIsEncodedComesBackEqual() {
    EventCodec codec = new EventCodec();
    Property.check(
        5_000,
        random -> {
          MarketEvent event = random.nextInt(5) == 0 ? bar(random) : tick(random);
          byte[] data = codec.encode(event);
          random.show("encoded", new String(data, StandardCharsets.UTF_8));
          assertThat(codec.decode(data)).isEqualTo(event);
          assertThat(codec.decodeByReference(data, 0, data.length)).isEqualTo(event);
        });
  }

  @Test
  void numbersAreRoundedAsTheJdkRoundsThem() {
    NumberParser parser = new NumberParser();
    Property.check(
        20_000,
        random -> {
          String text = random.show("text", Entries.number(random));
          byte[] data = Entries.bytes(text + ",");
          double parsed = parser.parse(data, 0, data.length);
          assertThat(parser.end()).isEqualTo(text.length());
          assertThat(parsed).isEqualTo(new BigDecimal(text).doubleValue());
        });
  }

  @Test
  void timesAreThoseOfTheJdkTruncatedToMicroseconds() {
    TimestampParser parser = new TimestampParser();
    Property.check(
        20_000,
        random -> {
          long seconds = random.nextLong(-2_208_988_800L + 86_400, 7_258_118_400L - 86_400);
          int offset = random.nextInt(-18 * 60, 18 * 60 + 1) * 60;
          OffsetDateTime time =
              OffsetDateTime.ofInstant(
                  java.time.Instant.ofEpochSecond(seconds, random.nextInt(1_000_000_000)),
                  java.time.ZoneOffset.ofTotalSeconds(offset));
          String text =
              random.show(
                  "text", java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time));
          assertThat(parser.parse(text))
              .isEqualTo(Math.floorDiv(seconds * 1_000_000_000L, 1_000L) + time.getNano() / 1_000);
        });
  }

  private static byte[] entry(RandomGenerator random, int number) {
    String text =
        random.nextBoolean()
            ? Entries.contractTick(random, random.nextInt(50), number)
            : Entries.assembled(random);
    byte[] entry =
        Entries.bytes(random.nextInt(3) == 0 ? Entries.withOddValue(random, text) : text);
    return random.nextInt(3) == 0 ? Entries.mutated(random, entry) : entry;
  }

  private static boolean assertSame(EventCodec predicting, EventCodec reference, byte[] entry) {
    MarketEvent expected = reference.decodeByReference(entry, 0, entry.length);
    MarketEvent actual = predicting.decode(entry);
    String what = new String(entry, StandardCharsets.ISO_8859_1);
    assertThat(actual).as("%s", what).isEqualTo(expected);
    if (expected == null) {
      assertThat(predicting.rejection()).as("%s", what).isEqualTo(reference.rejection());
    }
    return expected != null;
  }

  private static Tick tick(RandomGenerator random) {
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

  private static BarEvent bar(RandomGenerator random) {
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

  private static long micros(RandomGenerator random) {
    return random.nextLong(dev.mdp.core.event.Micros.MIN, dev.mdp.core.event.Micros.MAX);
  }

  private static double price(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(10_000) / 100.0;
      case 1 -> -random.nextInt(10_000) / 10.0 + 0.0;
      case 2 -> random.nextInt();
      default -> {
        double number = Double.parseDouble(Entries.number(random)) % Tick.MAX_MAGNITUDE;
        yield Tick.isUsable(number) ? number : 0;
      }
    };
  }
}
