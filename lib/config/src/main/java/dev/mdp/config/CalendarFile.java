package dev.mdp.config;

import dev.mdp.config.read.ConfigReader;
import dev.mdp.config.read.Section;
import dev.mdp.core.calendar.Calendars;
import dev.mdp.core.calendar.TradingCalendar;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Reads a file of trading calendars: further dates of those that are built in, and calendars
/// besides. Values stand as they are: `${…}` means nothing here.
final class CalendarFile {
  private static final String CALENDARS = "calendars";

  /// Without `:`, which separates a calendar from `open` and `close` on the command line.
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,31}");

  private CalendarFile() {}

  /// The calendars that are built in, as the file changes them, and those that it adds. Throws one
  /// [ConfigException] with every problem at `file:line:column`.
  ///
  /// @param source the file's name in messages
  static Calendars read(String source, String text) {
    ConfigReader reader = ConfigReader.literal(source, text);
    Section root = reader.root();
    root.scalars().integer("version", 1, 1, 1);
    Section calendars = root.section(CALENDARS);
    Calendars builtIn = Calendars.builtIn();
    List<TradingCalendar> found = new ArrayList<>();
    for (String name : calendars.names()) {
      CalendarReader each = new CalendarReader(name, calendars.section(name));
      if (!calendars.isMapping(name)) {
        calendars.problem(name, "want keys, e.g. { zone: Asia/Tokyo, open: 09:00, close: 15:30 }");
        continue;
      }
      if (!NAME.matcher(name).matches()) {
        calendars.problem(
            name,
            "not a calendar name: want a letter, then letters, digits, _, . and -, at most 32");
      }
      builtIn.find(name).map(each::change).or(each::read).ifPresent(found::add);
    }
    reader.finish();
    return builtIn.with(found);
  }
}
