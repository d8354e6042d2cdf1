package dev.mdp.cli.rules;

import dev.mdp.cli.completion.KnownKind;
import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.config.LoadedConfig;
import dev.mdp.config.MdpConfig;
import dev.mdp.config.RulesFile;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.core.rule.RuleSpec;
import dev.mdp.features.FeatureSet;
import dev.mdp.inference.rules.RuleSet;
import dev.mdp.runtime.InferenceLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// The rules of a file over the configured features, and those features.
///
/// @param file as it is opened
public record CompiledRules(Path file, RuleSet rules, FeatureSet features) {
  /// Of the file that the command line names, or else of the configured one. Variables that are not
  /// set do not matter: nothing is connected to.
  static CompiledRules load(
      CommandSpec spec, @Nullable Path named, UnaryOperator<List<RuleSpec>> change) {
    MdpConfig config = ConfigOptions.loadUnconnected(spec).config();
    Path file = Optional.ofNullable(named).orElse(config.inference().rules().file());
    Path found = RootCommand.of(spec).host().directory().resolve(file);
    return remembered(spec, compile(config, found, change));
  }

  /// Of the configured file.
  public static CompiledRules configured(CommandSpec spec, LoadedConfig loaded) {
    return remembered(spec, compile(loaded.config(), configuredFile(spec, loaded), rules -> rules));
  }

  private static CompiledRules remembered(CommandSpec spec, CompiledRules compiled) {
    RootCommand.of(spec)
        .names()
        .remember(KnownKind.RULE, compiled.rules.rules().stream().map(RuleSpec::name).toList());
    return compiled;
  }

  public static Path configuredFile(CommandSpec spec, LoadedConfig loaded) {
    return RootCommand.of(spec)
        .host()
        .directory()
        .resolve(loaded.config().inference().rules().file());
  }

  private static CompiledRules compile(
      MdpConfig config, Path file, UnaryOperator<List<RuleSpec>> change) {
    List<FeatureSpec> configured = config.features().windows();
    RuleSet rules = RulesFile.read(file, specs -> RuleSet.compile(change.apply(specs), configured));
    try {
      return new CompiledRules(
          file, rules, new FeatureSet(rules.features(), InferenceLoader.every(config)));
    } catch (IllegalArgumentException e) {
      throw new ConfigException("features.windows: " + e.getMessage() + rules.addedWords(), e);
    }
  }
}
