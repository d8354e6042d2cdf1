package dev.mdp.bench.nemesis;

import dev.mdp.core.event.Interval;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// One interval of one lane through all versions of its checkpoint. After a loss the worker seals
/// up to the end of the window that holds the watermark, which by the watermark alone never
/// happens, and begins again where `begins_at` says; in between nothing is claimed. A beginning
/// before that end would claim a window that was sealed unwritten.
final class LaneTrail {
  private static final long NEVER = Long.MIN_VALUE;

  private final int shard;
  private final String provider;
  private final String interval;
  private final List<Versions.Gap> gaps = new ArrayList<>();
  private final List<String> wentBack = new ArrayList<>();
  private long watermark = NEVER;
  private long sealed = NEVER;
  private long begins = NEVER;
  private long claimed = NEVER;
  private boolean any;

  LaneTrail(int shard, String provider, String interval) {
    this.shard = shard;
    this.provider = provider;
    this.interval = interval;
  }

  static long orNever(ResultSet rows, int column) throws SQLException {
    long value = rows.getLong(column);
    return rows.wasNull() ? NEVER : value;
  }

  /// @param hit whether the nemesis had taken something out of the shard's log before
  void add(long newWatermark, long newSealed, long newBegins, boolean hit) {
    if (newWatermark < watermark || newSealed < sealed || newBegins < begins) {
      wentBack.add(
          this
              + " went back: watermark %d to %d, sealed_through %d to %d, begins_at %d to %d"
                  .formatted(watermark, newWatermark, sealed, newSealed, begins, newBegins));
    }
    if (newBegins != begins) {
      if (!hit) {
        wentBack.add(this + " starts again at " + newBegins + " though its log was whole");
      }
      if (newBegins < sealedEnd()) {
        wentBack.add(
            this + " starts again at " + newBegins + ", before its watermark's window ends");
      }
      gaps.add(new Versions.Gap(shard, provider, interval, claimed, newBegins));
    }
    if (newSealed <= newWatermark) {
      claimed = Math.max(claimed, newSealed);
    }
    watermark = newWatermark;
    sealed = newSealed;
    begins = newBegins;
    any = true;
  }

  /// Up to where an accepted loss seals: what the watermark's own window held is not written then.
  private long sealedEnd() {
    return watermark == NEVER ? NEVER : Interval.parse(interval).end(watermark);
  }

  /// The ranges that were given up, the one that is still open included.
  List<Versions.Gap> end() {
    if (any && sealed > watermark && begins < sealed) {
      gaps.add(new Versions.Gap(shard, provider, interval, claimed, Long.MAX_VALUE));
    }
    return gaps;
  }

  List<String> wentBack() {
    return wentBack;
  }

  @Override
  public String toString() {
    return "shard " + shard + ", lane of " + provider + ", " + interval;
  }
}
