package dev.mdp.core.calendar;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/// What the New York Stock Exchange decided for single dates since 2000, against its rules.
final class XnysDates {
  private static final String MOURNING = "National Day of Mourning for ";

  private XnysDates() {}

  static Map<LocalDate, SpecialDay> all() {
    Map<LocalDate, SpecialDay> all = new HashMap<>();
    for (int day = 11; day <= 14; day++) {
      all.put(LocalDate.of(2001, 9, day), new SpecialDay.Closed("attacks of September 11"));
    }
    // before 2013 a Wednesday before Independence Day was a whole day, and the Friday after a short
    // one
    all.put(LocalDate.of(2002, 7, 3), new SpecialDay.OtherHours("", new Xnys().schedule()));
    all.put(
        LocalDate.of(2002, 7, 5),
        new SpecialDay.OtherHours("day after Independence Day", Xnys.SHORT));
    all.put(
        LocalDate.of(2003, 12, 26), new SpecialDay.OtherHours("day after Christmas", Xnys.SHORT));
    all.put(LocalDate.of(2004, 6, 11), new SpecialDay.Closed(MOURNING + "Ronald Reagan"));
    all.put(LocalDate.of(2007, 1, 2), new SpecialDay.Closed(MOURNING + "Gerald Ford"));
    all.put(LocalDate.of(2012, 10, 29), new SpecialDay.Closed("Hurricane Sandy"));
    all.put(LocalDate.of(2012, 10, 30), new SpecialDay.Closed("Hurricane Sandy"));
    all.put(LocalDate.of(2018, 12, 5), new SpecialDay.Closed(MOURNING + "George H. W. Bush"));
    all.put(LocalDate.of(2025, 1, 9), new SpecialDay.Closed(MOURNING + "Jimmy Carter"));
    return all;
  }
}
