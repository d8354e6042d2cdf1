package dev.mdp.cli.producers;

import dev.mdp.cli.output.Column;
import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.config.ProducersConfig;
import dev.mdp.config.ProviderConfig;
import dev.mdp.config.VenueConfig;
import dev.mdp.core.event.Symbol;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `mdp producers list`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp producers list",
      "  mdp producers list --output json | jq -r '.data[] | select(.configured) | .name'",
      "",
      "Those that are not configured can be used too, with --symbols. Exit codes: 0 done,",
      "  78 bad configuration. Configuration used: producers; connects to nothing."
    })
final class ProducersList implements Callable<Integer>, ResultCommand {
  private record Row(ProviderConfig config, boolean configured) {
    @Nullable VenueConfig venue() {
      return config instanceof VenueConfig venue ? venue : null;
    }
  }

  private static final List<Column<Row>> COLUMNS =
      List.of(
          Column.text("name", row -> row.config().name()),
          Column.text(
              "type", row -> row.venue() == null ? row.config().name() : row.venue().type().word()),
          Column.text("configured", Row::configured),
          Column.text("enabled", row -> row.config().enabled()),
          Column.text(
              "symbols", row -> row.config().symbols().stream().map(Symbol::value).toList()),
          Column.text(
              "socket_url", row -> row.venue() == null ? null : row.venue().socket().toString()),
          Column.text(
              "rest_url", row -> row.venue() == null ? null : row.venue().rest().toString()));

  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.producers.list/v1";
  }

  @Override
  public Integer call() {
    ProducersConfig producers = ConfigOptions.loadUnconnected(spec).config().producers();
    output
        .printer(spec, schema())
        .print(
            COLUMNS,
            producers.names().stream()
                .map(name -> new Row(producers.of(name), producers.providers().containsKey(name)))
                .toList());
    return ExitCodes.OK;
  }
}
