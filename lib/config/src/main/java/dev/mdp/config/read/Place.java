package dev.mdp.config.read;

/// Where a value or key stands: a line and column of a file, or (line 0) a flag or a variable.
public record Place(String source, int line, int column) {
  public static Place of(String source) {
    return new Place(source, 0, 0);
  }

  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line + ":" + column;
  }
}
