package dev.mdp.cli.output;

/// Where the rows of one result go. One thread; `end` is called only when all rows are there, so
/// that a failed command leaves no envelope that says it was well.
public interface RowSink<T> {
  void row(T row);

  void end();
}
