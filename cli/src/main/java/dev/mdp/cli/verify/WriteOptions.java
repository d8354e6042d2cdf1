package dev.mdp.cli.verify;

import picocli.CommandLine.Option;

/// What a comparison may write.
final class WriteOptions {
  @Option(
      names = "--repair",
      description =
          "Write what the ticks give in place of what differs; windows that are not sealed are left"
              + " to their worker.")
  boolean repair;

  @Option(
      names = "--build",
      description =
          "Write bars where there are ticks and no bar, also in an interval that no worker builds.")
  boolean build;

  @Option(
      names = "--allow-shrink",
      description = "With --repair: also write bars of fewer ticks, and remove bars without any.")
  boolean allowShrink;

  Verification.Writes writes() {
    return new Verification.Writes(repair, build, allowShrink);
  }
}
