package dev.mdp.cli.scenario;

/// Feeds as their tables could be found, with every word that there is. Times are seconds after a
/// Monday's 15:00 UTC, when the New York Stock Exchange is open.
record PlantedFeeds(Scenario scenario) {
  static final String BEGIN = "2025-01-06T15:00:00Z";

  private static final String[] STATES = {
    "open", "filled", "void", "gone", "dead-lettered", "blind", "refused"
  };

  static String time(long seconds) {
    return "(timestamptz '" + BEGIN + "' + interval '" + seconds + " s')";
  }

  /// Ids 1 to 10 are older than what is kept, 11 to 20 are there, one a second; then nine seconds
  /// without a trade and two missing ids for each word, and once two that nothing explains.
  void everyWord() {
    trades("venue", "BTC-USD", 11, 20, 0);
    for (int word = 0; word <= STATES.length; word++) {
      int first = 21 + 3 * word;
      tick("venue", "BTC-USD", first + 2, 9 + 10L * (word + 1));
      if (word < STATES.length) {
        gap("venue", "BTC-USD", first, first + 1, 9 + 10L * word, STATES[word]);
      }
    }
    series("venue", "BTC-USD", "contiguous", -3_600, 1, 44, 89);
    state("venue", "BTC-USD", "live", -5, 21);
    state("venue", "BTC-USD", "halted", 21, 24);
    state("venue", "BTC-USD", "live", 24, 150);
    position("venue", "9-0");
    stored("9-0");
  }

  /// Ids 3, 4 and 6 of six are noted further in the log than the ticks are stored.
  void onTheWay() {
    for (int id : new int[] {1, 2, 5}) {
      tick("slow", "ETH-USD", id, id);
    }
    series("slow", "ETH-USD", "contiguous", 1, 1, 6, 6);
    state("slow", "ETH-USD", "live", 0, 200);
    position("slow", "99-0");
  }

  /// A feed whose trades have no ids.
  void withoutIds() {
    tick("plain", "AAPL", 77, 0);
    tick("plain", "AAPL", 5, 5);
    series("plain", "AAPL", "none", 0, 5, 77, 5);
    state("plain", "AAPL", "live", 0, 100);
    state("plain", "AAPL", "refused", 100, 200);
    position("plain", "9-0");
  }

  void trades(String provider, String symbol, int first, int last, long second) {
    for (int id = first; id <= last; id++) {
      tick(provider, symbol, id, second + id - first);
    }
  }

  void tick(String provider, String symbol, long id, long second) {
    scenario.execute(
        "INSERT INTO tick_data (provider, symbol, ts, seq, price, size) VALUES ('%s', '%s', %s, %d, 100, 1)"
            .formatted(provider, symbol, time(second), id));
  }

  void gap(String provider, String symbol, long first, long last, long second, String state) {
    scenario.execute(
        """
        INSERT INTO feed_gaps (provider, symbol, epoch, id_from, id_to, ts_from, ts_to, state, reason, closed_at)
        VALUES ('%s', '%s', 0, %d, %d, %s, %s, '%s', 'skipped', %s)
        """
            .formatted(
                provider,
                symbol,
                first,
                last,
                time(second),
                time(second + 10),
                state,
                state.equals("open") ? "NULL" : "now()"));
  }

  void series(
      String provider, String symbol, String ids, long begun, long first, long head, long second) {
    scenario.execute(
        "INSERT INTO feed_series VALUES ('%s', '%s', 0, '%s', %s)"
            .formatted(provider, symbol, ids, time(begun)));
    scenario.execute(
        "INSERT INTO feed_cursors VALUES ('%s', '%s', 0, %d, %d, %d, %s)"
            .formatted(provider, symbol, first, first, head, time(second)));
  }

  void state(String provider, String symbol, String state, long from, long to) {
    scenario.execute(
        "INSERT INTO feed_states VALUES ('%s', '%s', '%s', %s, %s, 1)"
            .formatted(provider, symbol, state, time(from), time(to)));
  }

  /// Where the feed noted that the log ended.
  void position(String provider, String position) {
    scenario.execute(
        "INSERT INTO feed_positions (provider, shard, topic, shards, position) VALUES ('%s', 0, 'mdp.events', 1, '%s')"
            .formatted(provider, position));
  }

  /// How far the ticks are stored, by a process that is alive.
  void stored(String position) {
    scenario.execute(
        "INSERT INTO stream_checkpoints (consumer_group, topic, shard, shards, committed, position)"
            + " VALUES ('tick-consumer', 'mdp.events', 0, 1, true, '"
            + position
            + "')");
    scenario.execute(
        "INSERT INTO job_runs (job_name, mode, status, started_at) VALUES ('ticks', 'live', 'running', now() + interval '1 h')");
  }
}
