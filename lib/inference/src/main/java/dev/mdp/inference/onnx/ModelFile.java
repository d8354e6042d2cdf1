package dev.mdp.inference.onnx;

import dev.mdp.core.error.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A model file's bytes, read once and checked: what is hashed is what is loaded.
///
/// @param sha256 in hexadecimal
@SuppressWarnings("ArrayRecordComponent")
record ModelFile(byte[] bytes, String sha256) {
  private static final List<String> PICKLES = List.of(".pkl", ".pickle", ".joblib");
  private static final int PICKLE_MARK = 0x80;

  /// Throws [DataException] with what to do about it.
  static ModelFile read(Path path, Optional<String> expectedSha256, long maxBytes) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    if (PICKLES.stream().anyMatch(name::endsWith)) {
      throw pickle(path);
    }
    byte[] bytes = bytes(path, maxBytes);
    if (bytes.length > 1 && (bytes[0] & 0xff) == PICKLE_MARK && bytes[1] >= 2 && bytes[1] <= 5) {
      throw pickle(path);
    }
    String sha256 = sha256(bytes);
    if (expectedSha256.isPresent() && !expectedSha256.get().equals(sha256)) {
      throw new DataException(
          "%s: its SHA-256 is %s, model_sha256 says %s: another file, or the model was changed"
              .formatted(path, sha256, expectedSha256.get()));
    }
    return new ModelFile(bytes, sha256);
  }

  private static byte[] bytes(Path path, long maxBytes) {
    try {
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        throw new DataException(path + ": not a regular file");
      }
      requireOursAlone(path);
      try (InputStream in = Files.newInputStream(path)) {
        byte[] bytes = in.readNBytes(Math.toIntExact(maxBytes + 1));
        if (bytes.length > maxBytes) {
          throw new DataException(
              "%s: larger than %s (max_size_mb)".formatted(path, size(maxBytes)));
        }
        if (bytes.length == 0) {
          throw new DataException(path + ": empty");
        }
        return bytes;
      }
    } catch (NoSuchFileException e) {
      throw new DataException(path + ": no such file", e);
    } catch (IOException e) {
      throw new DataException(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static void requireOursAlone(Path path) throws IOException {
    try {
      if (Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE)) {
        throw new DataException(
            path + ": other users of this machine may change the model: chmod o-w " + path);
      }
    } catch (UnsupportedOperationException _) {
      // a file system without such permissions
    }
  }

  private static DataException pickle(Path path) {
    String model = String.valueOf(path.getFileName());
    return new DataException(
        """
        %s: a pickle is code that runs when it is read, so it is not; convert it in Python:
          import joblib, skl2onnx
          onnx = skl2onnx.to_onnx(joblib.load("%s"), X_train[:1].astype("float32"))
          open("model.onnx", "wb").write(onnx.SerializeToString())\
        """
            .formatted(path, model));
  }

  private static String size(long bytes) {
    return bytes % (1 << 20) == 0 ? (bytes >> 20) + " MiB" : bytes + " bytes";
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
