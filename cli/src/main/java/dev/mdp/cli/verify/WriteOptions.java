package dev.mdp.cli.verify;

import dev.mdp.core.audit.AuditScope;
import dev.mdp.core.event.Interval;
import dev.mdp.ops.audit.Verification;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// What a comparison may write.
final class WriteOptions {
  @Option(
      names = "--repair",
      description =
          "Replace bars that differ with what their ticks give; unsealed windows are left to their"
              + " worker.")
  boolean repair;

  @Option(
      names = "--build",
      description =
          "Write bars where there are ticks and no bar, also in an interval that no worker builds.")
  boolean build;

  @Option(
      names = "--allow-shrink",
      description =
          "With --repair: also lower a bar's trade count, delete bars that have no ticks, and move the"
              + " later copies of trades that are stored twice to tick_corrections.")
  boolean allowShrink;

  @Option(
      names = "--from-interval",
      paramLabel = "INTERVAL",
      description =
          "With --build and --interval: where ticks are gone, make bars from stored ones of this finer"
              + " interval; volume and vwap may differ in their last digits from what the ticks gave.")
  @Nullable String finer;

  /// Throws [ParameterException] (exit 2) for options that do not go together.
  Verification.Writes writes(CommandSpec spec, AuditScope scope) {
    if (allowShrink && !repair) {
      throw new ParameterException(spec.commandLine(), "--allow-shrink needs --repair");
    }
    if (finer == null) {
      return new Verification.Writes(repair, build, allowShrink, Optional.empty());
    }
    try {
      Interval source = Interval.parse(finer);
      boolean fits = scope.intervals().stream().allMatch(each -> each.isMadeOf(source));
      if (!build || scope.intervals().isEmpty() || !fits) {
        throw new ParameterException(
            spec.commandLine(),
            "--from-interval needs --build and --interval with whole multiples of it, e.g."
                + " --build --interval 1h --from-interval 1m");
      }
      return new Verification.Writes(repair, build, allowShrink, Optional.of(source));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--from-interval: " + e.getMessage(), e);
    }
  }
}
