package dev.mdp.cli.rules;

import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.config.LoadedConfig;
import dev.mdp.config.RulesTestFile;
import dev.mdp.core.error.DataException;
import dev.mdp.runtime.InferenceLoader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mdp rules test`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp rules test configs/rules-test.yaml",
      "  mdp rules test tests/*.yaml --output json | jq '.data[] | select(.result == \"FAIL\")'",
      "",
      "configs/rules-test.yaml is an example. What a test file leaves out (rules, every,",
      "features) is taken from the configuration.",
      "Exit codes: 0 every case passed, 3 a case failed, 65 a test or a rule is wrong (each problem",
      "  with its line), 78 bad configuration.",
      "Configuration used: inference, features and micro_batch;",
      "  connects to nothing."
    })
final class RulesTestCommand implements Callable<Integer>, ResultCommand {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Test files.")
  List<Path> files = new ArrayList<>();

  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.rules.test/v1";
  }

  @Override
  public Integer call() {
    List<RulesTestRun.Result> results =
        runs().stream().flatMap(each -> each.run().stream()).toList();
    if (output.isTable()) {
      CaseLines.print(spec.commandLine().getOut(), results);
    } else {
      output.printer(spec, schema()).print(CaseLines.columns(), results);
    }
    long passed = results.stream().filter(RulesTestRun.Result::passed).count();
    PrintWriter err = spec.commandLine().getErr();
    err.println("%d passed, %d failed".formatted(passed, results.size() - passed));
    return passed == results.size() ? ExitCodes.OK : ExitCodes.FOUND;
  }

  private List<RulesTestRun> runs() {
    LoadedConfig loaded = ConfigOptions.loadUnconnected(spec);
    Path directory = RootCommand.of(spec).host().directory();
    Set<String> told = new LinkedHashSet<>();
    List<RulesTestRun> runs = new ArrayList<>();
    for (Path file : files) {
      try {
        runs.add(
            RulesTestRun.of(
                RulesTestFile.read(directory.resolve(file), InferenceLoader.every(loaded.config())),
                loaded.config(),
                CompiledRules.configuredFile(spec, loaded)));
      } catch (DataException e) {
        told.add(String.valueOf(e.getMessage()));
      }
    }
    if (!told.isEmpty()) {
      throw new DataException(String.join("\n", told));
    }
    return runs;
  }
}
