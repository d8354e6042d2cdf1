package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A command that runs in this process on its own thread.
record RunningCommand(String command, CompletableFuture<Outcome> outcome) {
  boolean isRunning() {
    return !outcome.isDone();
  }

  Outcome await(int code) {
    assertThat(outcome).as(command).succeedsWithin(60, TimeUnit.SECONDS);
    return outcome.join().requireCode(code);
  }
}
