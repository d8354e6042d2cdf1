package dev.mdp.cli.datastore;

import dev.mdp.cli.output.Column;
import dev.mdp.cli.shell.Access;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.core.error.DataException;
import dev.mdp.core.ledger.LateSymbol;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.ledger.Outcome;
import dev.mdp.core.run.JobRuns;
import dev.mdp.store.PostgresStore;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mdp datastore job-runs-inspect`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp datastore job-runs-inspect 42",
      "  mdp datastore job-runs-inspect 42 --output json | jq .data.metadata.ledger",
      "",
      "Exit codes: 0 done, 3 the ledger does not add up, 65 no such run, 69 database unreachable,",
      "  78 bad configuration or not migrated.",
      "Configuration used: store."
    })
final class JobRunsInspect implements Callable<Integer>, ResultCommand {
  @Parameters(index = "0", paramLabel = "ID", description = "The run's id.")
  long id;

  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  private record Line(String shard, String provider, LedgerCounts.Entry entry) {}

  @Override
  public String schema() {
    return "mdp.job_runs.inspect/v1";
  }

  @Override
  public Integer call() {
    try (PostgresStore store = Access.store(spec)) {
      JobRuns.Run run =
          store
              .jobRuns()
              .inspect(id)
              .orElseThrow(() ->
                  new DataException(
                      "no job run has the id " + id + "; mdp datastore job-runs-list shows them"));
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      RunColumns.ALL.forEach(column -> object.put(column.name(), column.value().apply(run)));
      List<Line> ledger = lines(store.jobRuns().ledgers(run));
      boolean addsUp = ledger.stream().allMatch(line -> line.entry().addsUp());
      object.put("ledger_adds_up", addsUp);
      output.printer(spec, schema()).object(object);
      if (output.isTable() && !ledger.isEmpty()) {
        printLedger(ledger);
      }
      List<LateSymbol> late = store.jobRuns().late(run);
      if (output.isTable() && !late.isEmpty()) {
        printLate(late);
      }
      return addsUp ? ExitCodes.OK : ExitCodes.FOUND;
    }
  }

  private void printLedger(List<Line> ledger) {
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    List<Column<Line>> columns = new ArrayList<>();
    columns.add(Column.text("shard", Line::shard));
    columns.add(Column.text("provider", Line::provider));
    columns.add(Column.number("read", line -> line.entry().read()));
    columns.add(Column.text("", _ -> "="));
    for (Outcome outcome : Outcome.values()) {
      columns.add(Column.number(outcome.word(), line -> line.entry().outcomes().get(outcome)));
    }
    columns.add(Column.text("adds up", line -> line.entry().addsUp() ? "yes" : "NO"));
    output.printer(spec, schema()).print(columns, ledger);
  }

  private void printLate(List<LateSymbol> late) {
    spec.commandLine().getOut().println();
    output
        .printer(spec, schema())
        .print(
            List.of(
                Column.text("late: provider", LateSymbol::provider),
                Column.text("symbol", LateSymbol::symbol),
                Column.number("events", LateSymbol::events),
                Column.number("at most ms", each -> each.maxLateMicros() / 1_000)),
            late);
  }

  private static List<Line> lines(Map<String, LedgerCounts> ledgers) {
    List<Line> lines = new ArrayList<>();
    ledgers.forEach((shard, counts) ->
        counts
            .byProvider()
            .forEach((provider, entry) -> lines.add(new Line(shard, provider, entry))));
    if (lines.size() > 1) {
      lines.add(new Line("all", "all", sum(lines)));
    }
    return lines;
  }

  private static LedgerCounts.Entry sum(List<Line> lines) {
    long read = 0;
    Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    for (Line line : lines) {
      read += line.entry().read();
      line.entry()
          .outcomes()
          .forEach((outcome, entries) -> outcomes.merge(outcome, entries, Long::sum));
    }
    return new LedgerCounts.Entry(read, outcomes);
  }
}
