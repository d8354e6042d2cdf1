-- Quotients of exact sums are rounded once, and no result depends on a setting of the session or the role.
--
-- The functions of V0004 keep their names, columns and meaning; the views read them. Their bodies are bound when they
-- are made (BEGIN ATOMIC), so that tables, functions and operators are those of this schema, whatever search_path says.

-- A double as the shortest decimal that means it: its text, as a number. extra_float_digits decides how many digits the
-- text has. What is read back unchanged has them all; below 1 that are the doubles of at most 15 digits, which have no
-- shorter decimal. The rest, and whole numbers from 2^53 on (a decimal halfway between two doubles can be read back as
-- one of them), go by a text that no session changes.
CREATE FUNCTION mdp_exact_by_text(x FLOAT8) RETURNS NUMERIC
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET extra_float_digits = 1
RETURN x::text::numeric;

CREATE FUNCTION mdp_exact(x FLOAT8) RETURNS NUMERIC
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN abs(x) < 9007199254740992 AND x::text::float8 = x THEN x::text::numeric
            ELSE mdp_exact_by_text(x) END;
COMMENT ON FUNCTION mdp_exact IS
  'the shortest decimal that means this double; as x::text::numeric, but whatever extra_float_digits is';

-- n / v rounded once to the nearest double, half to even, as Quotient in Java. The quotient is taken to S decimals and
-- then cast, so S must be large enough for the cast not to round a second time. With n = N / 10^a and v = V / 10^b,
-- N and V whole, m a middle of two doubles, m = M / 2^k with |M| <= 2^54:
--   n / v differs from m: |n / v - m| is a whole number, not 0, over V * 10^max(0, a - b) * 2^max(0, k), so at least
--     |n / v| * 2^-54 / (V * 10^max(0, a - b)); |n / v| is at least 10^-a / v. S decimals are wrong by 10^-S / 2 at most,
--     less than that for S = 18 + a + digits of v before the point + digits of V + max(0, a - b).
--   n / v is m: then 2^k divides V * 10^max(0, a - b), so m has at most log2(V) + max(0, a - b) decimals.
-- Sizes and prices from 1e-100 to 1e100 need fewer than the 1000 decimals that a quotient may have.
CREATE FUNCTION mdp_nearest_of_any(n NUMERIC, v NUMERIC) RETURNS FLOAT8
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  a      CONSTANT integer := scale(n);
  b      CONSTANT integer := scale(v);
  before integer;
  digits integer;
  q      numeric;
BEGIN
  IF v = 0 THEN
    RETURN NULL;
  ELSIF n = 0 THEN
    RETURN 0;
  ELSIF a IS NULL OR b IS NULL THEN -- NaN or infinite
    RETURN n / v;
  END IF;
  before := length(trunc(abs(v))::text);
  digits := b + before;
  q := round(n, least(1000, greatest(0, a - b)
                            + greatest(18 + a + before + digits, digits * 3322 / 1000 + 2))) / v;
  IF abs(q) < 2.5e-324 THEN -- half of the smallest double is 2^-1075; a cast to 0 would be an error
    RETURN CASE WHEN abs(n) * power(2::numeric, 1075) <= abs(v) THEN 0 ELSE sign(n) * sign(v) * 5e-324 END;
  ELSIF abs(q) > 1.797e308 AND abs(q) >= power(2::numeric, 1024) - power(2::numeric, 970) THEN
    RETURN sign(q) * numeric 'Infinity';
  END IF;
  RETURN q;
END $$;

-- The same, inlined for the numbers there usually are: S is 18 + a + max(0, a - b) + 4 * digits of V, which is more than
-- what both cases above want, and the quotient lies from 1e-70 to 1e100.
CREATE FUNCTION mdp_nearest(n NUMERIC, v NUMERIC) RETURNS FLOAT8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN v <> 0 AND abs(v) < 1e30 AND abs(n) < 1e60 AND scale(v) <= 40 AND scale(n) <= 40
            THEN (round(n, 18 + scale(n) + greatest(0, scale(n) - scale(v))
                           + 4 * (scale(v) + length(trunc(abs(v))::text))) / v)::float8
            ELSE mdp_nearest_of_any(n, v) END;
COMMENT ON FUNCTION mdp_nearest IS
  'n / v, exact and rounded once to the nearest double; NULL over 0, 0 or infinite beyond the doubles, never an error';

CREATE OR REPLACE FUNCTION tick_bucket(width INTERVAL, ts TIMESTAMPTZ) RETURNS TIMESTAMPTZ
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT date_bin(width, ts, timestamptz 'epoch' - make_interval(secs =>
           (ceil(2208988800 / extract(epoch FROM width)) * extract(epoch FROM width))::float8));
END;

CREATE OR REPLACE FUNCTION tick_bucket_from(width INTERVAL, ts TIMESTAMPTZ) RETURNS TIMESTAMPTZ
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT tick_bucket(width, ts - interval '1 microsecond') + make_interval(secs => extract(epoch FROM width)::float8);
END;

CREATE OR REPLACE FUNCTION tick_starts(from_ts TIMESTAMPTZ, to_ts TIMESTAMPTZ, width INTERVAL) RETURNS SETOF TIMESTAMPTZ
LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 10
BEGIN ATOMIC
  SELECT generate_series(from_ts, to_ts, make_interval(secs => extract(epoch FROM width)::float8));
END;

CREATE OR REPLACE FUNCTION tick_agg(of_provider TEXT, of_symbol TEXT, width INTERVAL, from_ts TIMESTAMPTZ, to_ts TIMESTAMPTZ)
RETURNS TABLE (bucket TIMESTAMPTZ, ticks BIGINT, open FLOAT8, high FLOAT8, low FLOAT8, close FLOAT8,
               volume FLOAT8, vwap FLOAT8, twap FLOAT8)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
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
    SELECT o.*, mdp_exact(o.price) AS exact_price, mdp_exact(o.size) AS exact_size,
           extract(epoch FROM least(o.next_ts, o.stop) - o.ts) AS stood,
           mdp_exact(o.former_price) AS carried_price,
           CASE WHEN o.opens AND o.former_price IS NOT NULL
                THEN extract(epoch FROM o.ts - o.start) ELSE 0 END AS carried
      FROM ordered o
     WHERE o.ts >= (SELECT first FROM bounds)
    OFFSET 0 -- a barrier: otherwise each aggregate would compute the decimals again
  )
  SELECT w.start, count(*), max(w.price) FILTER (WHERE w.opens), max(w.price), min(w.price),
         max(w.price) FILTER (WHERE w.closes), mdp_nearest(coalesce(sum(w.exact_size), 0), 1),
         mdp_nearest(sum(w.exact_price * w.exact_size), sum(w.exact_size)),
         mdp_nearest(sum(w.exact_price * w.stood + coalesce(w.carried_price * w.carried, 0)),
                     sum(w.stood + w.carried))
    FROM weighed w
   GROUP BY w.start;
END;
COMMENT ON FUNCTION tick_agg IS
  'per bucket: open and close by the smallest and largest (ts, seq); vwap = sum(price * size) / sum(size), NULL at zero volume;'
  ' twap = sum(price * seconds it stood) / seconds (last observation carried forward): each price stands until the next tick or'
  ' the bucket''s end; the last price before the bucket stands until its first tick; without one the bucket begins at its first'
  ' tick; both are the exact quotient, rounded once to the nearest double';

CREATE OR REPLACE FUNCTION tick_spread(of_provider TEXT, of_symbol TEXT, width INTERVAL, from_ts TIMESTAMPTZ, to_ts TIMESTAMPTZ)
RETURNS TABLE (bucket TIMESTAMPTZ, quotes BIGINT, crossed BIGINT, min_spread FLOAT8, max_spread FLOAT8,
               avg_spread FLOAT8, time_weighted_spread FLOAT8, avg_spread_bps FLOAT8, time_weighted_spread_bps FLOAT8)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
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
    SELECT f.ts, f.seq, e.ask - e.bid AS spread,
           CASE WHEN e.ask + e.bid > 0
                THEN round((e.ask - e.bid) * 20000, greatest(30, scale(e.ask - e.bid))) / (e.ask + e.bid) END AS bps
      FROM found f CROSS JOIN LATERAL (SELECT mdp_exact(f.bid) AS bid, mdp_exact(f.ask) AS ask) e
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
  SELECT w.start, count(*), count(*) FILTER (WHERE w.spread < 0), mdp_nearest(min(w.spread), 1), mdp_nearest(max(w.spread), 1),
         mdp_nearest(sum(w.spread), count(*)),
         mdp_nearest(sum(w.spread * w.stood + coalesce(w.former_spread * w.carried, 0)), sum(w.stood + w.carried)),
         mdp_nearest(sum(w.bps), count(w.bps)),
         mdp_nearest(sum(coalesce(w.bps * w.stood, 0) + coalesce(w.former_bps * w.carried, 0)),
                     sum(CASE WHEN w.bps IS NULL THEN 0 ELSE w.stood END
                         + CASE WHEN w.former_bps IS NULL THEN 0 ELSE w.carried END))
    FROM weighed w
   GROUP BY w.start;
END;
COMMENT ON FUNCTION tick_spread IS
  'per bucket, over ticks with bid and ask (quotes): spread = ask - bid, in the price''s unit; bps = spread / mid * 10000 with'
  ' mid = (bid + ask) / 2, to 30 decimals or more, NULL where the mid is not positive; avg_* weighs each quote once, time_weighted_* as'
  ' twap of tick_agg; crossed = quotes with ask < bid, which count with their negative spread';

CREATE OR REPLACE FUNCTION tick_rate(of_provider TEXT, of_symbol TEXT, width INTERVAL, from_ts TIMESTAMPTZ, to_ts TIMESTAMPTZ)
RETURNS TABLE (bucket TIMESTAMPTZ, ticks BIGINT, ticks_per_s FLOAT8, same_time BIGINT,
               avg_gap_ms FLOAT8, p95_gap_ms FLOAT8, max_gap_ms FLOAT8)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
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
  SELECT tick_bucket(width, g.ts), count(*), mdp_nearest(count(*), extract(epoch FROM width)),
         count(*) FILTER (WHERE g.gap = 0), mdp_nearest(sum(g.gap), count(g.gap)),
         percentile_disc(0.95) WITHIN GROUP (ORDER BY g.gap)::float8, max(g.gap)::float8
    FROM gaps g
   WHERE g.ts >= (SELECT first FROM bounds)
   GROUP BY 1;
END;

-- As in V0001, by its full name.
CREATE OR REPLACE FUNCTION mdp_touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := pg_catalog.now();
  RETURN NEW;
END $$;
