package dev.mdp.providers.dataset;

/// How a dataset's files are written (`type`); either may be gzip, which is seen from the content.
public enum FileFormat {
  CSV,
  NDJSON
}
