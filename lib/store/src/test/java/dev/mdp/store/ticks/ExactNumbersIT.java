package dev.mdp.store.ticks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.decimal.Decimals;
import dev.mdp.core.decimal.Quotient;
import dev.mdp.core.event.Tick;
import dev.mdp.store.TestDatabase;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Decimals and quotients in SQL are those of Java, to the bit, under every setting of a session.
final class ExactNumbersIT {
  private static final int CASES = Integer.getInteger("mdp.cases", 20_000);
  private static final long SEED = Long.getLong("mdp.seed", 20_251_128L);
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  private static TestDatabase database;

  @BeforeAll
  static void open() {
    database = TestDatabase.migrated();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private record Ratio(BigDecimal numerator, BigDecimal denominator) {}

  @ParameterizedTest
  @ValueSource(ints = {-15, 0, 1, 3})
  void theShortestDecimalIsTheOneOfJava(int extraFloatDigits) throws SQLException {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Double> numbers = new ArrayList<>(List.of(0.0, -0.0, 1e-100, 1e100, 8.41e21, -1e23));
    while (numbers.size() < CASES) {
      numbers.add(number(random));
    }

    try (Connection connection = database.connect()) {
      execute(connection, "SET extra_float_digits = " + extraFloatDigits);
      try (PreparedStatement statement =
          connection.prepareStatement(
              "SELECT mdp_exact(x), x::text::numeric FROM unnest(?::float8[]) WITH ORDINALITY AS u (x, i) ORDER BY i")) {
        statement.setArray(1, connection.createArrayOf("float8", numbers.toArray()));
        try (ResultSet row = statement.executeQuery()) {
          for (double number : numbers) {
            row.next();
            assertThat(row.getBigDecimal(1))
                .as("%s, seed %d", number, SEED)
                .isEqualByComparingTo(Decimals.shortest(number));
            if (extraFloatDigits > 0) {
              assertThat(row.getBigDecimal(2)).isEqualByComparingTo(row.getBigDecimal(1));
            }
          }
        }
      }
    }
  }

  @Test
  void theQuotientIsTheOneOfJava() throws SQLException {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Ratio> ratios = new ArrayList<>(beyondTheDoubles());
    while (ratios.size() < CASES) {
      ratios.add(random.nextBoolean() ? halfway(random) : sums(random));
    }

    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT mdp_nearest(n, v) FROM unnest(?::numeric[], ?::numeric[]) WITH ORDINALITY AS u (n, v, i) ORDER BY i")) {
      statement.setArray(
          1, connection.createArrayOf("numeric", ratios.stream().map(Ratio::numerator).toArray()));
      statement.setArray(
          2,
          connection.createArrayOf("numeric", ratios.stream().map(Ratio::denominator).toArray()));
      try (ResultSet row = statement.executeQuery()) {
        for (Ratio ratio : ratios) {
          row.next();
          double expected = Quotient.nearest(ratio.numerator, ratio.denominator);
          assertThat(row.getDouble(1))
              .as("%s / %s, seed %d", ratio.numerator, ratio.denominator, SEED)
              .isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void whatIsNoNumberIsNoError() {
    assertThat(database.text("SELECT mdp_nearest(1, 0)")).isEqualTo("null");
    assertThat(database.text("SELECT mdp_nearest(NULL, 1)")).isEqualTo("null");
    assertThat(database.text("SELECT mdp_nearest('NaN', 1)")).isEqualTo("NaN");
    assertThat(database.text("SELECT mdp_nearest('-Infinity', 3)")).isEqualTo("-Infinity");
    assertThat(database.text("SELECT mdp_nearest(1, 'Infinity')")).isEqualTo("0");
    assertThat(database.text("SELECT mdp_nearest(mdp_exact('Infinity'), mdp_exact('NaN'))"))
        .isEqualTo("NaN");
    assertThat(database.text("SELECT mdp_exact(1.7976931348623157e308) > 1e308")).isEqualTo("t");
  }

  /// A double of a price or size: as exchanges write them, of any bits, near powers of two and ten.
  private static double number(RandomGenerator random) {
    double number =
        switch (random.nextInt(6)) {
          case 0 -> random.nextInt(100_000_000) / 100.0;
          case 1 -> Double.longBitsToDouble(random.nextLong());
          case 2 -> Math.scalb(1.0, random.nextInt(-332, 333));
          case 3 ->
              Double.parseDouble(random.nextInt(1, 1_000_000) + "e" + random.nextInt(-105, 95));
          case 4 -> Math.nextUp(Double.parseDouble("1e" + random.nextInt(-100, 100)));
          default -> random.nextDouble() * Math.pow(10, random.nextInt(-20, 40));
        };
    double signed = random.nextInt(4) == 0 ? -number : number;
    return Tick.isUsable(signed) ? signed : number(random);
  }

  /// Notional and volume of a few trades.
  private static Ratio sums(RandomGenerator random) {
    BigDecimal notional = BigDecimal.ZERO;
    BigDecimal volume = BigDecimal.ZERO;
    int trades = random.nextInt(1, 5);
    for (int i = 0; i < trades; i++) {
      BigDecimal size = Decimals.shortest(Math.abs(number(random)));
      volume = volume.add(size);
      notional = notional.add(size.multiply(Decimals.shortest(number(random))));
    }
    return volume.signum() == 0 ? sums(random) : new Ratio(notional, volume);
  }

  /// A quotient exactly between two doubles, or one digit beside it.
  private static Ratio halfway(RandomGenerator random) {
    double low = number(random);
    BigDecimal middle = new BigDecimal(low).add(new BigDecimal(Math.nextUp(low))).divide(TWO);
    BigDecimal volume = Decimals.shortest(Math.abs(number(random)));
    if (volume.signum() == 0) {
      return halfway(random);
    }
    BigDecimal notional = middle.multiply(volume);
    return new Ratio(
        switch (random.nextInt(3)) {
          case 0 -> notional;
          case 1 -> notional.add(notional.ulp());
          default -> notional.subtract(notional.ulp());
        },
        volume);
  }

  private static List<Ratio> beyondTheDoubles() {
    List<Ratio> ratios = new ArrayList<>();
    Random bits = new Random(SEED);
    for (int exponent = -340; exponent <= 320; exponent++) {
      BigDecimal whole = new BigDecimal(new BigInteger(60, bits), -exponent);
      ratios.add(new Ratio(bits.nextBoolean() ? whole : whole.negate(), BigDecimal.valueOf(7, 3)));
    }
    for (String edge :
        List.of(
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "-2.2250738585072011e-308")) {
      ratios.add(new Ratio(new BigDecimal(edge), BigDecimal.ONE));
      ratios.add(new Ratio(new BigDecimal(edge).multiply(TWO), TWO));
    }
    return ratios;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
