package dev.mdp.providers.dataset;

import static dev.mdp.providers.dataset.DatasetFiles.brief;
import static dev.mdp.providers.dataset.DatasetFiles.csv;
import static dev.mdp.providers.dataset.DatasetFiles.frames;
import static dev.mdp.providers.dataset.DatasetFiles.gzip;
import static dev.mdp.providers.dataset.DatasetFiles.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.DataException;
import dev.mdp.providers.Events;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every byte of a file is read, or the file is refused with the place.
class EveryByteTest {
  private static final String ROWS = "t,p,q,id\n1,1,1,1\n";

  @TempDir private Path folder;
  private DatasetFiles files;

  @BeforeEach
  void folder() {
    files = new DatasetFiles(folder);
  }

  @Test
  void textAfterTheGzipDataIsRefusedWithItsPlace() {
    byte[] packed = gzip(ROWS);
    Path file =
        files.write(
            "a.csv.gz", joined(packed, "2,1,1,2\n3,1,1,3\n".getBytes(StandardCharsets.UTF_8)));

    assertThatThrownBy(() -> read(csv(file)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "%s:3: the gzip data is followed by something else from byte %d on: '2,1,1,2\\u000a3,1,1,3\\u000a'; head -c %d %s | gzip -d unpacks what is gzip"
                .formatted(file, packed.length + 1, packed.length, file));
  }

  @Test
  void oneByteAfterAMemberIsEnough() {
    for (byte[] rest : List.of(new byte[] {'x'}, new byte[] {0x1f}, new byte[] {0x1f, 'x'})) {
      Path file = files.write("a.csv.gz", joined(gzip(ROWS), gzip("2,1,1,2\n"), rest));

      assertThatThrownBy(() -> read(csv(file)))
          .as(Arrays.toString(rest))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(":4: the gzip data is followed by something else from byte ");
    }
  }

  @Test
  void aMemberThatIsCutOffInItsHeaderIsAFileThatWasCutOff() {
    byte[] second = gzip("2,1,1,2\n");
    for (int length = 2; length < second.length; length++) {
      Path file = files.write("a.csv.gz", joined(gzip(ROWS), Arrays.copyOf(second, length)));

      assertThatThrownBy(() -> read(csv(file)))
          .as("%d bytes of the second member", length)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("the gzip data ends in the middle");
    }
  }

  @Test
  void zerosThatFillABlockAreReadAndCountedAndNothingMayFollowThem() {
    byte[] packed = gzip(ROWS);
    byte[] zeros = new byte[70_000];
    try (DatasetSource source =
        new DatasetSource(
            csv(files.write("padded.csv.gz", joined(packed, zeros))),
            ReadOptions.all("run-1", 0))) {
      assertThat(Events.ticks(source, 10)).hasSize(1);
      assertThat(source.counts()).isEqualTo(new ReadingCounts(0, 0, "", 0, 70_000, 0, 0));
    }

    Path file = files.write("a.csv.gz", joined(packed, zeros, gzip("2,1,1,2\n")));
    assertThatThrownBy(() -> read(csv(file)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            ":3: the gzip data is followed by 70000 zero bytes, and something else from byte "
                + (packed.length + 70_001)
                + " on: ");
  }

  @Test
  void gzipIsSeenWhateverItsHeaderHolds() throws IOException {
    for (int flags = 0; flags < 32; flags++) {
      Path file = files.write("a.csv", joined(member(ROWS, flags), member("2,1.5,1,2\n", flags)));

      assertThat(brief(read(csv(file))))
          .as("flags %d", flags)
          .containsExactly("SPY@1000#1=1.0", "SPY@2000#2=1.5");
    }
    Path odd = files.write("odd.csv", member(ROWS, 0x20));
    assertThatThrownBy(() -> read(csv(odd)))
        .hasMessage(odd + ":1: the gzip data is broken: unknown compression or flags at byte 1");
  }

  @Test
  void gzipDataThatIsBrokenNamesAboutWhere() {
    byte[] bytes = gzip(ROWS);
    bytes[10] |= 6; // no block of deflate begins so
    Path file = files.write("a.csv.gz", bytes);

    assertThatThrownBy(() -> read(csv(file)))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ":1: the gzip data is broken: invalid block type, before byte 12");
  }

  @Test
  void whatTheGzipHoldsIsLookedAtToo() {
    Path twice = files.write("twice.gz", gzipBytes(gzip(ROWS)));
    assertThatThrownBy(() -> read(csv(twice)))
        .hasMessage(twice + ":1: is gzip within gzip: use gzip -d first");
    Path zstd =
        files.write("zstd.gz", gzipBytes(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}));
    assertThatThrownBy(() -> read(csv(zstd)))
        .hasMessage(
            zstd
                + ":1: what the gzip holds is compressed with zstd; plain and gzip can be read: use zstd -d first");
    Path marked = files.write("marked.gz", gzip("\ufeff" + ROWS));
    assertThat(read(csv(marked))).hasSize(1);
  }

  @Test
  void anyMembersReadInAnyPiecesGiveTheWholeText() throws IOException {
    RandomGenerator random = new SplittableRandom(7);
    for (int round = 0; round < 200; round++) {
      StringBuilder text = new StringBuilder();
      byte[] packed = {};
      for (int m = 1 + random.nextInt(5); m > 0; m--) {
        String part = "x".repeat(random.nextInt(3)) + random.nextLong() + "\n";
        String member = part.repeat(random.nextInt(4) == 0 ? 20_000 : random.nextInt(4));
        text.append(member);
        packed = joined(packed, gzip(member));
      }
      packed = joined(packed, new byte[random.nextInt(3) * 5]);

      int piece = 1 + random.nextInt(random.nextBoolean() ? 5 : 100_000);
      byte[] read = new GzipMembers(trickling(packed, piece)).readAllBytes();

      assertThat(new String(read, StandardCharsets.UTF_8))
          .as("round %d", round)
          .isEqualTo(text.toString());
    }
  }

  @Test
  void aHoleOfZerosIsRefusedInItsLineBecauseRowsWereThere() {
    String hole = "2,1,1,2,no" + "\0".repeat(10) + "te\n";
    Path file = files.write("hole.csv", "t,p,q,id,note\n1,1,1,1,a\n" + hole + "9,1,1,9,b\n");
    assertThatThrownBy(() -> read(csv(file)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file
                + ":3: a zero byte, byte 35 of the text: a hole where rows were (an unfinished copy, a crash of the recorder), or no UTF-8 text (UTF-16, a tar archive)");

    Path end = files.write("end.csv", ROWS + "\0".repeat(4096));
    assertThatThrownBy(() -> read(csv(end))).hasMessageContaining(":2: a zero byte, byte 18 of");

    Path frames = files.write("hole.ndjson", "{\"data\":{}}\n\0\0\n");
    assertThatThrownBy(() -> read(frames(LinePrefix.NONE, frames)))
        .hasMessageContaining(":1: src_ts: missing at data.T");
    Path lines = files.write("zeros.ndjson", "\n\n\0\0\n");
    assertThatThrownBy(() -> read(frames(LinePrefix.NONE, lines)))
        .hasMessageContaining(":3: a zero byte, byte 3 of the text");
  }

  @Test
  void filesThatWereJoinedAreToldByWhatIsLeftInTheMiddle() {
    Path headers = files.write("a.csv", ROWS + "t,p,q,id\n2,1,1,2\n");
    assertThatThrownBy(() -> read(csv(headers)))
        .hasMessage(
            headers
                + ":3: src_ts: not a number: 't' (the beginning of another file? list the files under path instead of joining them)");
    Path marks = files.write("b.csv", ROWS + "\ufeff2,1,1,2\n");
    assertThatThrownBy(() -> read(csv(marks)))
        .hasMessageContaining(
            ":3: src_ts: not a number: '\\ufeff2' (the beginning of another file?");
    Path frames = files.write("c.ndjson", "\n\ufeff{\"data\":{}}\n");
    assertThatThrownBy(() -> read(frames(LinePrefix.NONE, frames)))
        .hasMessageContaining(":2: want a JSON object, found '\\ufeff{")
        .hasMessageEndingWith(
            "(the beginning of another file? list the files under path instead of joining them)");
  }

  @Test
  void everyKindOfLineEndAndNoneAtTheEndGiveEveryRow() {
    for (String end : List.of("\n", "\r\n", "\r")) {
      String text = String.join(end, "t,p,q,id", "1,1,1,1", "2,1,1,2", "3,1,1,3");
      assertThat(read(csv(files.write("a.csv", text)))).as("%s", end.length()).hasSize(3);
      assertThat(read(csv(files.write("b.csv", text + end)))).hasSize(3);
      assertThat(read(csv(files.write("c.csv.gz", gzip(text))))).hasSize(3);
    }
    Path frames = files.write("a.ndjson", "{\"data\":{}}\r{\"data\":{}}\r");
    assertThatThrownBy(() -> read(frames(LinePrefix.NONE, frames)))
        .hasMessage(
            frames
                + ":1: more text after the JSON object: one object a line is expected (lines that end in CR only? use tr '\\r' '\\n')");
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List.of(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static byte[] gzipBytes(byte[] content) {
    try {
      return member(content, 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static byte[] member(String text, int flags) throws IOException {
    return member(text.getBytes(StandardCharsets.UTF_8), flags);
  }

  /// A member with every optional part that the flags name.
  private static byte[] member(byte[] content, int flags) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {0x1f, (byte) 0x8b, 8, (byte) flags, 0, 0, 0, 0, 0, 3});
    if ((flags & 4) != 0) {
      out.write(new byte[] {3, 0, 1, 2, 3});
    }
    if ((flags & 8) != 0) {
      out.write(new byte[] {'a', 0});
    }
    if ((flags & 16) != 0) {
      out.write(new byte[] {'n', 'o', 0});
    }
    if ((flags & 2) != 0) {
      out.write(new byte[] {1, 2});
    }
    Deflater deflater = new Deflater(6, true);
    deflater.setInput(content);
    deflater.finish();
    byte[] packed = new byte[content.length + 100];
    out.write(packed, 0, deflater.deflate(packed));
    deflater.end();
    CRC32 checksum = new CRC32();
    checksum.update(content);
    for (long number : new long[] {checksum.getValue(), content.length}) {
      for (int shift = 0; shift < 32; shift += 8) {
        out.write((int) (number >> shift));
      }
    }
    return out.toByteArray();
  }

  /// Gives at most this many bytes at a time.
  private static InputStream trickling(byte[] bytes, int most) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public int read(byte[] buffer, int offset, int length) {
        return super.read(buffer, offset, Math.min(length, most));
      }
    };
  }
}
