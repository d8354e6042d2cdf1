package dev.mdp.bench.nemesis;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/// Whether the ledgers of all job runs add up, also of those that were killed.
///
/// @param checked accounts, one for each run, shard and provider
/// @param unbalanced of these, where `read` is not the sum of the outcomes
/// @param entries how many the log had, where that is known
/// @param counted by the micro-batch workers, all runs together, each entry once outside
///   `recovered`
record Ledgers(long checked, long unbalanced, OptionalLong entries, long counted) {
  private static final String COUNTED =
      """
      SELECT coalesce(sum((account.value ->> 'read')::bigint
                          - coalesce((account.value ->> 'recovered')::bigint, 0)), 0)::bigint
        FROM job_runs, jsonb_each(metadata -> 'ledger') AS shard,
             jsonb_each(shard.value) AS account
       WHERE job_name = 'micro-batch'
      """;

  private static final String ACCOUNTS =
      """
      SELECT %s FROM job_runs, jsonb_each(metadata -> 'ledger') AS shard,
             jsonb_each(shard.value) AS account,
             LATERAL (SELECT sum(value::bigint) FILTER (WHERE key = 'read') AS read,
                             coalesce(sum(value::bigint) FILTER (WHERE key <> 'read'), 0) AS outcomes,
                             coalesce(min(value::bigint), 0) AS least
                        FROM jsonb_each_text(account.value)) AS sums
      """;

  boolean good() {
    return checked > 0 && unbalanced == 0 && (entries.isEmpty() || entries.getAsLong() == counted);
  }

  static Ledgers read(Connection connection, OptionalLong entries) throws SQLException {
    return new Ledgers(
        Queries.count(connection, ACCOUNTS.formatted("count(*)")),
        Queries.count(
            connection,
            ACCOUNTS.formatted(
                "count(*) FILTER (WHERE read IS DISTINCT FROM outcomes OR least < 0)")),
        entries,
        Queries.count(connection, COUNTED));
  }
}
