package dev.mdp.bench.nemesis;

import java.sql.Connection;
import java.sql.SQLException;

/// Whether the ledgers of all job runs add up, also of those that were killed.
///
/// @param checked accounts, one for each run, shard and provider
/// @param unbalanced of these, where `read` is not the sum of the outcomes
record Ledgers(long checked, long unbalanced) {
  private static final String ACCOUNTS =
      """
      SELECT %s FROM job_runs, jsonb_each(metadata -> 'ledger') AS shard,
             jsonb_each(shard.value) AS account,
             LATERAL (SELECT sum(value::bigint) FILTER (WHERE key = 'read') AS read,
                             coalesce(sum(value::bigint) FILTER (WHERE key <> 'read'), 0) AS outcomes,
                             coalesce(min(value::bigint), 0) AS least
                        FROM jsonb_each_text(account.value)) AS sums
      """;

  static Ledgers read(Connection connection) throws SQLException {
    return new Ledgers(
        Queries.count(connection, ACCOUNTS.formatted("count(*)")),
        Queries.count(
            connection,
            ACCOUNTS.formatted(
                "count(*) FILTER (WHERE read IS DISTINCT FROM outcomes OR least < 0)")));
  }
}
