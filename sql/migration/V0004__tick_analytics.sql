-- What the stored ticks say per symbol and bucket. A bucket is epoch-aligned and half-open, [bucket, bucket + width),
-- as every window here; a bucket without a tick (spread: without a quote) has no row. Ticks are ordered by (ts, seq).
-- Sums are of the shortest decimals (float8::text::numeric), so they are exact, whatever the order; that needs
-- extra_float_digits at its default of 1 or higher. Prices are in the quote currency, sizes in units.
--
-- The functions read one symbol's range in one pass over the primary key: use them for long ranges and other widths.
-- They give the buckets that begin in [from_ts, to_ts). The views are those functions bucket by bucket over every
-- symbol; conditions on provider, symbol and bucket reach the primary key.

-- The start of the bucket that holds ts. The origin lies before every tick: date_bin of older servers is off by one
-- bucket for exact bounds before its origin.
CREATE FUNCTION tick_bucket(width INTERVAL, ts TIMESTAMPTZ) RETURNS TIMESTAMPTZ
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT date_bin(width, ts, timestamptz 'epoch' - make_interval(secs =>
           (ceil(2208988800 / extract(epoch FROM width)) * extract(epoch FROM width))::float8))
$$;

-- The first bucket that begins at ts or after it.
CREATE FUNCTION tick_bucket_from(width INTERVAL, ts TIMESTAMPTZ) RETURNS TIMESTAMPTZ
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT tick_bucket(width, ts - interval '1 microsecond') + make_interval(secs => extract(epoch FROM width)::float8)
$$;

-- Bucket starts from one time to another, inclusive. Strict, so that it is not inlined: the planner would think of a
-- thousand rows each time, and compile (jit) what takes milliseconds.
CREATE FUNCTION tick_starts(from_ts TIMESTAMPTZ, to_ts TIMESTAMPTZ, width INTERVAL) RETURNS SETOF TIMESTAMPTZ
LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 10 AS $$
  SELECT generate_series(from_ts, to_ts, make_interval(secs => extract(epoch FROM width)::float8))
$$;

CREATE FUNCTION tick_agg(of_provider TEXT, of_symbol TEXT, width INTERVAL, from_ts TIMESTAMPTZ, to_ts TIMESTAMPTZ)
RETURNS TABLE (bucket TIMESTAMPTZ, ticks BIGINT, open FLOAT8, high FLOAT8, low FLOAT8, close FLOAT8,
               volume FLOAT8, vwap FLOAT8, twap FLOAT8)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  WITH bounds AS (
    SELECT tick_bucket_from(width, from_ts) AS first, tick_bucket_from(width, to_ts) AS last,
           make_interval(secs => extract(epoch FROM width)::float8) AS span
  ), found AS (
    (SELECT t.ts, t.seq, t.price, t.size FROM tick_data t
      WHERE t.provider = of_provider AND t.symbol = of_symbol AND t.ts < (SELECT first FROM bounds)
      ORDER BY t.ts DESC, t.seq DESC LIMIT 1)
    UNION ALL
    SELECT t.ts, t.seq, t.price, t.size FROM tick_data t
     WHERE t.provider = of_provider AND t.symbol = of_symbol
       AND t.ts >= (SELECT first FROM bounds) AND t.ts < (SELECT last FROM bounds)
  ), ordered AS (
    SELECT f.ts, f.price, f.size, b.start, b.start + (SELECT span FROM bounds) AS stop,
           lead(f.ts) OVER in_order AS next_ts, lag(f.price) OVER in_order AS former_price,
           lag(b.start) OVER in_order IS DISTINCT FROM b.start AS opens,
           lead(b.start) OVER in_order IS DISTINCT FROM b.start AS closes
      FROM found f CROSS JOIN LATERAL (SELECT tick_bucket(width, f.ts) AS start) b
    WINDOW in_order AS (ORDER BY f.ts, f.seq)
  ), weighed AS (
    SELECT o.*, o.price::text::numeric AS exact_price, o.size::text::numeric AS exact_size,
           extract(epoch FROM least(o.next_ts, o.stop) - o.ts) AS stood,
           o.former_price::text::numeric AS carried_price,
           CASE WHEN o.opens AND o.former_price IS NOT NULL
                THEN extract(epoch FROM o.ts - o.start) ELSE 0 END AS carried
      FROM ordered o
     WHERE o.ts >= (SELECT first FROM bounds)
  )
  SELECT w.start, count(*), max(w.price) FILTER (WHERE w.opens), max(w.price), min(w.price),
         max(w.price) FILTER (WHERE w.closes), coalesce(sum(w.exact_size), 0)::float8,
         sum(w.exact_price * w.exact_size)::float8 / nullif(sum(w.exact_size)::float8, 0),
         sum(w.exact_price * w.stood + coalesce(w.carried_price * w.carried, 0))::float8
           / sum(w.stood + w.carried)::float8
    FROM weighed w
   GROUP BY w.start
$$;
COMMENT ON FUNCTION tick_agg IS
  'per bucket: open and close by the smallest and largest (ts, seq); vwap = sum(price * size) / sum(size), NULL at zero volume;'
  ' twap = sum(price * seconds it stood) / seconds (last observation carried forward): each price stands until the next tick or'
  ' the bucket''s end; the last price before the bucket stands until its first tick; without one the bucket begins at its first tick';

CREATE FUNCTION tick_spread(of_provider TEXT, of_symbol TEXT, width INTERVAL, from_ts TIMESTAMPTZ, to_ts TIMESTAMPTZ)
RETURNS TABLE (bucket TIMESTAMPTZ, quotes BIGINT, crossed BIGINT, min_spread FLOAT8, max_spread FLOAT8,
               avg_spread FLOAT8, time_weighted_spread FLOAT8, avg_spread_bps FLOAT8, time_weighted_spread_bps FLOAT8)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  WITH bounds AS (
    SELECT tick_bucket_from(width, from_ts) AS first, tick_bucket_from(width, to_ts) AS last,
           make_interval(secs => extract(epoch FROM width)::float8) AS span
  ), found AS (
    (SELECT t.ts, t.seq, t.bid, t.ask FROM tick_data t
      WHERE t.provider = of_provider AND t.symbol = of_symbol AND t.ts < (SELECT first FROM bounds)
        AND t.bid IS NOT NULL AND t.ask IS NOT NULL
      ORDER BY t.ts DESC, t.seq DESC LIMIT 1)
    UNION ALL
    SELECT t.ts, t.seq, t.bid, t.ask FROM tick_data t
     WHERE t.provider = of_provider AND t.symbol = of_symbol
       AND t.ts >= (SELECT first FROM bounds) AND t.ts < (SELECT last FROM bounds)
       AND t.bid IS NOT NULL AND t.ask IS NOT NULL
  ), quoted AS (
    SELECT f.ts, f.seq, e.ask - e.bid AS spread, (e.ask - e.bid) * 20000 / nullif(e.ask + e.bid, 0) AS bps
      FROM found f CROSS JOIN LATERAL (SELECT f.bid::text::numeric AS bid, f.ask::text::numeric AS ask) e
  ), ordered AS (
    SELECT q.ts, q.spread, q.bps, b.start, b.start + (SELECT span FROM bounds) AS stop,
           lead(q.ts) OVER in_order AS next_ts, lag(q.spread) OVER in_order AS former_spread,
           lag(q.bps) OVER in_order AS former_bps,
           lag(b.start) OVER in_order IS DISTINCT FROM b.start AS opens
      FROM quoted q CROSS JOIN LATERAL (SELECT tick_bucket(width, q.ts) AS start) b
    WINDOW in_order AS (ORDER BY q.ts, q.seq)
  ), weighed AS (
    SELECT o.*, extract(epoch FROM least(o.next_ts, o.stop) - o.ts) AS stood,
           CASE WHEN o.opens AND o.former_spread IS NOT NULL
                THEN extract(epoch FROM o.ts - o.start) ELSE 0 END AS carried
      FROM ordered o
     WHERE o.ts >= (SELECT first FROM bounds)
  )
  SELECT w.start, count(*), count(*) FILTER (WHERE w.spread < 0), min(w.spread)::float8, max(w.spread)::float8,
         sum(w.spread)::float8 / count(*),
         sum(w.spread * w.stood + coalesce(w.former_spread * w.carried, 0))::float8 / sum(w.stood + w.carried)::float8,
         sum(w.bps)::float8 / nullif(count(w.bps), 0),
         sum(coalesce(w.bps * w.stood, 0) + coalesce(w.former_bps * w.carried, 0))::float8
           / nullif(sum(CASE WHEN w.bps IS NULL THEN 0 ELSE w.stood END
                        + CASE WHEN w.former_bps IS NULL THEN 0 ELSE w.carried END)::float8, 0)
    FROM weighed w
   GROUP BY w.start
$$;
COMMENT ON FUNCTION tick_spread IS
  'per bucket, over ticks with bid and ask (quotes): spread = ask - bid, in the price''s unit; bps = spread / mid * 10000 with'
  ' mid = (bid + ask) / 2, NULL where the mid is 0; avg_* weighs each quote once, time_weighted_* as twap of tick_agg;'
  ' crossed = quotes with ask < bid, which count with their negative spread';

CREATE FUNCTION tick_rate(of_provider TEXT, of_symbol TEXT, width INTERVAL, from_ts TIMESTAMPTZ, to_ts TIMESTAMPTZ)
RETURNS TABLE (bucket TIMESTAMPTZ, ticks BIGINT, ticks_per_s FLOAT8, same_time BIGINT,
               avg_gap_ms FLOAT8, p95_gap_ms FLOAT8, max_gap_ms FLOAT8)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  WITH bounds AS (
    SELECT tick_bucket_from(width, from_ts) AS first, tick_bucket_from(width, to_ts) AS last
  ), found AS (
    (SELECT t.ts, t.seq FROM tick_data t
      WHERE t.provider = of_provider AND t.symbol = of_symbol AND t.ts < (SELECT first FROM bounds)
      ORDER BY t.ts DESC, t.seq DESC LIMIT 1)
    UNION ALL
    SELECT t.ts, t.seq FROM tick_data t
     WHERE t.provider = of_provider AND t.symbol = of_symbol
       AND t.ts >= (SELECT first FROM bounds) AND t.ts < (SELECT last FROM bounds)
  ), gaps AS (
    SELECT f.ts, extract(epoch FROM f.ts - lag(f.ts) OVER (ORDER BY f.ts, f.seq)) * 1000 AS gap FROM found f
  )
  SELECT tick_bucket(width, g.ts), count(*), count(*) / extract(epoch FROM width)::float8,
         count(*) FILTER (WHERE g.gap = 0), sum(g.gap)::float8 / nullif(count(g.gap), 0),
         percentile_disc(0.95) WITHIN GROUP (ORDER BY g.gap)::float8, max(g.gap)::float8
    FROM gaps g
   WHERE g.ts >= (SELECT first FROM bounds)
   GROUP BY 1
$$;
COMMENT ON FUNCTION tick_rate IS
  'per bucket: ticks_per_s = ticks / width; a gap is the time since the tick before in (ts, seq), also when that one is in an'
  ' earlier bucket, and belongs to the later tick''s bucket; the first tick ever has none; p95 is the smallest gap that at least'
  ' 95 % of the gaps do not exceed; same_time = ticks at the time of the one before';

-- One step down the primary key for each symbol, instead of reading every row.
CREATE VIEW tick_series AS
WITH RECURSIVE series AS (
  (SELECT provider, symbol FROM tick_data ORDER BY provider, symbol LIMIT 1)
  UNION ALL
  SELECT following.provider, following.symbol
    FROM series s
    CROSS JOIN LATERAL (SELECT t.provider, t.symbol FROM tick_data t
                         WHERE (t.provider, t.symbol) > (s.provider, s.symbol)
                         ORDER BY t.provider, t.symbol LIMIT 1) following)
SELECT s.provider, s.symbol,
       (SELECT t.ts FROM tick_data t WHERE t.provider = s.provider AND t.symbol = s.symbol
         ORDER BY t.ts, t.seq LIMIT 1) AS first_ts,
       (SELECT t.ts FROM tick_data t WHERE t.provider = s.provider AND t.symbol = s.symbol
         ORDER BY t.ts DESC, t.seq DESC LIMIT 1) AS last_ts
  FROM series s;
COMMENT ON VIEW tick_series IS 'the symbols that have ticks, with the times of the first and the last one';

CREATE VIEW tick_days AS
SELECT s.provider, s.symbol, d.start
  FROM tick_series s
  CROSS JOIN LATERAL tick_starts(tick_bucket('24 hours', s.first_ts), s.last_ts, '24 hours') AS d (start)
 WHERE EXISTS (SELECT FROM tick_data t
                WHERE t.provider = s.provider AND t.symbol = s.symbol
                  AND t.ts >= d.start AND t.ts < d.start + interval '24 hours');
COMMENT ON VIEW tick_days IS 'the days in UTC on which a symbol has ticks';

CREATE VIEW tick_agg_1m AS
SELECT d.provider, d.symbol, b.start AS bucket,
       a.ticks, a.open, a.high, a.low, a.close, a.volume, a.vwap, a.twap
  FROM tick_days d
  CROSS JOIN LATERAL tick_starts(d.start, d.start + interval '23:59', '1 minute') AS b (start)
  CROSS JOIN LATERAL tick_agg(d.provider, d.symbol, '1 minute', b.start, b.start + interval '1 minute') a;
COMMENT ON VIEW tick_agg_1m IS 'tick_agg in buckets of 1 minute';

CREATE VIEW tick_agg_5m AS
SELECT d.provider, d.symbol, b.start AS bucket,
       a.ticks, a.open, a.high, a.low, a.close, a.volume, a.vwap, a.twap
  FROM tick_days d
  CROSS JOIN LATERAL tick_starts(d.start, d.start + interval '23:55', '5 minutes') AS b (start)
  CROSS JOIN LATERAL tick_agg(d.provider, d.symbol, '5 minutes', b.start, b.start + interval '5 minutes') a;
COMMENT ON VIEW tick_agg_5m IS 'tick_agg in buckets of 5 minutes';

CREATE VIEW tick_agg_1h AS
SELECT d.provider, d.symbol, b.start AS bucket,
       a.ticks, a.open, a.high, a.low, a.close, a.volume, a.vwap, a.twap
  FROM tick_days d
  CROSS JOIN LATERAL tick_starts(d.start, d.start + interval '23:00', '1 hour') AS b (start)
  CROSS JOIN LATERAL tick_agg(d.provider, d.symbol, '1 hour', b.start, b.start + interval '1 hour') a;
COMMENT ON VIEW tick_agg_1h IS 'tick_agg in buckets of 1 hour';

CREATE VIEW tick_vwap_daily AS
SELECT d.provider, d.symbol, d.start AS bucket, a.ticks, a.volume, a.vwap, a.twap
  FROM tick_days d
  CROSS JOIN LATERAL tick_agg(d.provider, d.symbol, '24 hours', d.start, d.start + interval '24 hours') a;
COMMENT ON VIEW tick_vwap_daily IS 'tick_agg in buckets of 1 day, UTC';

CREATE VIEW tick_spread_stats AS
SELECT d.provider, d.symbol, b.start AS bucket, s.quotes, s.crossed, s.min_spread, s.max_spread,
       s.avg_spread, s.time_weighted_spread, s.avg_spread_bps, s.time_weighted_spread_bps
  FROM tick_days d
  CROSS JOIN LATERAL tick_starts(d.start, d.start + interval '23:59', '1 minute') AS b (start)
  CROSS JOIN LATERAL tick_spread(d.provider, d.symbol, '1 minute', b.start, b.start + interval '1 minute') s;
COMMENT ON VIEW tick_spread_stats IS 'tick_spread in buckets of 1 minute';

CREATE VIEW tick_rate_stats AS
SELECT d.provider, d.symbol, b.start AS bucket,
       r.ticks, r.ticks_per_s, r.same_time, r.avg_gap_ms, r.p95_gap_ms, r.max_gap_ms
  FROM tick_days d
  CROSS JOIN LATERAL tick_starts(d.start, d.start + interval '23:59', '1 minute') AS b (start)
  CROSS JOIN LATERAL tick_rate(d.provider, d.symbol, '1 minute', b.start, b.start + interval '1 minute') r;
COMMENT ON VIEW tick_rate_stats IS 'tick_rate in buckets of 1 minute';
