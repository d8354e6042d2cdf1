package dev.mdp.cli.shell;

import dev.mdp.config.ProducersConfig;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// The providers of live events, as `--provider` names them.
public final class ProviderNames {
  private ProviderNames() {}

  /// Throws `ParameterException` (exit 2) for a name that is not a provider.
  public static void require(String provider, ProducersConfig producers, CommandSpec spec) {
    require("--provider", provider, producers, spec);
  }

  /// @param option by which it is named
  public static void require(
      String option, String provider, ProducersConfig producers, CommandSpec spec) {
    if (!producers.names().contains(provider)) {
      String hint =
          provider.equals("dataset")
              ? "; recorded data is sent by 'mdp stream replay --dataset NAME'"
              : "";
      throw new ParameterException(
          spec.commandLine(),
          UnknownName.message(option, "provider", provider, producers.names()) + hint);
    }
  }
}
