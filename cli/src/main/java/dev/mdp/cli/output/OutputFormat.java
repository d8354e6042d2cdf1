package dev.mdp.cli.output;

/// The forms of results.
public enum OutputFormat {
  TABLE,
  JSON,
  JSONL,
  CSV;

  public boolean matches(String word) {
    return name().equalsIgnoreCase(word);
  }
}
