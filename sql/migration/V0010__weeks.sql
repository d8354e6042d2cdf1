-- Buckets of whole weeks begin on Monday, as the bars of 1w do; all others are counted from the epoch, a Thursday.
CREATE OR REPLACE FUNCTION tick_bucket(width INTERVAL, ts TIMESTAMPTZ) RETURNS TIMESTAMPTZ
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT date_bin(width, ts, timestamptz 'epoch' + make_interval(secs =>
           (CASE WHEN extract(epoch FROM width) % 604800 = 0 THEN 345600 ELSE 0 END
            - ceil(2209334400 / extract(epoch FROM width)) * extract(epoch FROM width))::float8));
END;
