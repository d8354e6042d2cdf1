package dev.mdp.cli.rules;

import dev.mdp.cli.output.Column;
import dev.mdp.core.error.Printable;
import dev.mdp.ops.rules.Difference;
import java.io.PrintWriter;
import java.util.List;

/// Prints what came of cases.
final class CaseLines {
  private CaseLines() {}

  /// For people: a line a case, and under it a line for each difference.
  static void print(PrintWriter out, List<RulesTestRun.Result> results) {
    for (RulesTestRun.Result result : results) {
      String place = result.file() + ":" + result.testCase().line();
      out.println(Printable.text(word(result) + "  " + place + "  " + result.testCase().name()));
      result.differences().forEach(each -> out.println("      " + Printable.text(each.words())));
    }
    out.flush();
  }

  static List<Column<RulesTestRun.Result>> columns() {
    return List.of(
        Column.text("file", RulesTestRun.Result::file),
        Column.number("line", result -> result.testCase().line()),
        Column.text("name", result -> result.testCase().name()),
        Column.text("result", CaseLines::word),
        Column.text(
            "differences",
            result -> result.differences().stream().map(Difference::object).toList()));
  }

  private static String word(RulesTestRun.Result result) {
    return result.passed() ? "PASS" : "FAIL";
  }
}
