package dev.mdp.core.calendar;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The calendars that are known by name. Immutable.
public final class Calendars {
  /// The one that is meant where none is named.
  public static final String DEFAULT = "XNYS";

  /// The names of those that need no file.
  public static final List<String> BUILT_IN = List.of("CRYPTO", DEFAULT);

  private final SortedMap<String, TradingCalendar> all;

  private Calendars(SortedMap<String, TradingCalendar> all) {
    this.all = Collections.unmodifiableSortedMap(all);
  }

  /// `XNYS`, the New York Stock Exchange, and `CRYPTO`, which is always open: its days are those of
  /// UTC.
  public static Calendars builtIn() {
    return new Calendars(new TreeMap<>())
        .with(
            List.of(
                new DatedCalendar(new Xnys(), XnysDates.all()),
                new WeeklyCalendar(
                    "CRYPTO",
                    ZoneId.of("UTC"),
                    EnumSet.allOf(DayOfWeek.class),
                    Schedule.of(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT))));
  }

  /// These and others; one of the same name takes the place of the one that was there.
  public Calendars with(Collection<? extends TradingCalendar> more) {
    SortedMap<String, TradingCalendar> both = new TreeMap<>(all);
    more.forEach(each -> both.put(each.name(), each));
    return new Calendars(both);
  }

  public Optional<TradingCalendar> find(String name) {
    return Optional.ofNullable(all.get(name));
  }

  /// By name.
  public List<TradingCalendar> all() {
    return List.copyOf(all.values());
  }

  public List<String> names() {
    return List.copyOf(all.keySet());
  }
}
