package dev.mdp.core.calendar;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A calendar with dates on which it is not as usual. Immutable.
///
/// @param base of all other dates
/// @param special what is on these dates instead
public record DatedCalendar(TradingCalendar base, Map<LocalDate, SpecialDay> special)
    implements TradingCalendar {
  /// Throws `IllegalArgumentException` where [#clashes] finds something.
  public DatedCalendar {
    special = Map.copyOf(special);
    SortedMap<LocalDate, String> clashes = clashes(base, special);
    if (!clashes.isEmpty()) {
      throw new IllegalArgumentException(base.name() + ": " + clashes.values());
    }
  }

  /// Which of these days have sessions that run into those of a day beside them, and which those
  /// are.
  public static SortedMap<LocalDate, String> clashes(
      TradingCalendar base, Map<LocalDate, SpecialDay> special) {
    SortedMap<LocalDate, String> clashes = new TreeMap<>();
    for (LocalDate date : special.keySet()) {
      TradingDay before = day(base, special, date.minusDays(1));
      TradingDay itself = day(base, special, date);
      TradingDay after = day(base, special, date.plusDays(1));
      if (overlap(before, itself)) {
        clashes.put(date, "begins on " + date + " before " + before.date() + " ends");
      } else if (overlap(itself, after)) {
        clashes.put(date, "ends on " + date + " after " + after.date() + " begins");
      }
    }
    return clashes;
  }

  private static boolean overlap(TradingDay earlier, TradingDay later) {
    return !earlier.isClosed() && !later.isClosed() && later.open().isBefore(earlier.close());
  }

  @Override
  public String name() {
    return base.name();
  }

  @Override
  public ZoneId zone() {
    return base.zone();
  }

  @Override
  public Schedule schedule() {
    return base.schedule();
  }

  @Override
  public LocalDate since() {
    return base.since();
  }

  @Override
  public TradingDay day(LocalDate date) {
    return day(base, special, date);
  }

  private static TradingDay day(
      TradingCalendar base, Map<LocalDate, SpecialDay> special, LocalDate date) {
    return switch (special.get(date)) {
      case null -> base.day(date);
      case SpecialDay.Closed(String name) -> TradingDay.closed(date, name);
      case SpecialDay.OtherHours(String name, Schedule hours) -> {
        boolean early = hours.endsBefore(base.schedule()) && !base.day(date).isClosed();
        yield new TradingDay(date, hours.on(date, base.zone(), early), name);
      }
    };
  }
}
