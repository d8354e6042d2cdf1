package dev.mdp.embedded.postgres;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import org.tukaani.xz.XZInputStream;

/// Unpacks a ustar archive compressed with xz: files, directories and symbolic links, as the server
/// binaries need them. One use, one thread.
final class TarXz {
  private static final int BLOCK = 512;
  private static final Set<PosixFilePermission> EXECUTE =
      EnumSet.of(
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_EXECUTE);

  private final InputStream in;
  private final byte[] header = new byte[BLOCK];

  TarXz(InputStream compressed) throws IOException {
    this.in = new XZInputStream(compressed);
  }

  /// Writes every entry whose name is wanted below the folder.
  void unpack(Path folder, Predicate<String> wanted) throws IOException {
    while (in.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
      String name = name();
      Path target = folder.resolve(name).normalize();
      if (!target.startsWith(folder)) {
        throw new IOException("archive entry outside of its folder: " + name);
      }
      long size = number(124, 12);
      if (wanted.test(name)) {
        write(target, size);
      } else {
        in.skipNBytes(size);
      }
      in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
    }
  }

  private void write(Path target, long size) throws IOException {
    Files.createDirectories(target.getParent());
    switch (header[156]) {
      case '5' -> Files.createDirectories(target);
      case '2' -> Files.createSymbolicLink(target, Path.of(text(157, 100)));
      case '0', 0 -> writeFile(target, size);
      default -> throw new IOException("unknown archive entry type " + (char) header[156]);
    }
  }

  private void writeFile(Path target, long size) throws IOException {
    try (var out = Files.newOutputStream(target)) {
      byte[] buffer = new byte[1 << 16];
      for (long left = size; left > 0; ) {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          throw new EOFException("archive ends inside " + target.getFileName());
        }
        out.write(buffer, 0, count);
        left -= count;
      }
    }
    if ((number(100, 8) & 0111) != 0) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(target);
      permissions.addAll(EXECUTE);
      Files.setPosixFilePermissions(target, permissions);
    }
  }

  private String name() {
    String prefix = text(345, 155);
    return prefix.isEmpty() ? text(0, 100) : prefix + '/' + text(0, 100);
  }

  private String text(int offset, int length) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, StandardCharsets.UTF_8);
  }

  private long number(int offset, int length) throws IOException {
    String digits = text(offset, length).strip();
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new IOException("bad number in archive: '" + digits + "'", e);
    }
  }
}
