package dev.mdp.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// How wide the terminal is.
final class Terminal {
  private static final int USUAL = 80;

  private Terminal() {}

  /// COLUMNS, or what `stty` says; 0 when stdout is no terminal, where nothing is cut.
  static int width(Host host) {
    String columns = host.variable("COLUMNS");
    if (columns.matches("[1-9][0-9]{0,3}")) {
      return Integer.parseInt(columns);
    }
    return host.stdoutTerminal() ? ask() : 0;
  }

  private static int ask() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      stty.waitFor(1, TimeUnit.SECONDS);
      String[] rowsAndColumns = size.strip().split(" ", -1);
      int width = rowsAndColumns.length == 2 ? Integer.parseInt(rowsAndColumns[1]) : 0;
      return width > 0 ? width : USUAL;
    } catch (IOException | NumberFormatException e) {
      return USUAL;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL;
    }
  }
}
