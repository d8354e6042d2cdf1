package dev.mdp.core.calendar;

/// A date on which a market does not keep its ordinary hours. Immutable.
public sealed interface SpecialDay {
  /// Why, such as `Thanksgiving Day`; empty for a day that keeps the ordinary hours against a rule.
  String name();

  /// A day without trading.
  record Closed(String name) implements SpecialDay {}

  /// A day with other hours, also one that has none by the week.
  record OtherHours(String name, Schedule schedule) implements SpecialDay {}
}
