package dev.mdp.testkit.venue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// A certificate that signs itself, made by the JDK's `keytool` in a folder of the test.
/// Thread-safe.
public final class VenueCertificate {
  private static final String PASSWORD = "changeit";

  private final Path file;
  private final SSLContext context;

  private VenueCertificate(Path file) throws GeneralSecurityException, IOException {
    this.file = file;
    this.context = context(file);
  }

  /// Makes one that is good for three months.
  ///
  /// @param host whom it is for; clients that connect to another host refuse it
  public static VenueCertificate of(Path folder, String host) {
    try {
      Path file = Files.createTempFile(folder, "venue", ".p12");
      Files.delete(file);
      keytool(file, host);
      return new VenueCertificate(file);
    } catch (IOException e) {
      throw new UncheckedIOException("no certificate in " + folder, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the certificate cannot be used", e);
    }
  }

  /// A PKCS12 store with it, for `javax.net.ssl.trustStore` of another process.
  public Path store() {
    return file;
  }

  /// The store's password, for `javax.net.ssl.trustStorePassword`.
  public String password() {
    return PASSWORD;
  }

  /// For a client that trusts it and nothing else.
  public SSLContext trusting() {
    return context;
  }

  /// The server's side of a connection, before its handshake.
  SSLSocket secure(Socket client) throws IOException {
    SSLSocket secure =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(client, client.getInetAddress().getHostAddress(), 0, true);
    secure.setUseClientMode(false);
    return secure;
  }

  private static void keytool(Path file, String host) throws IOException {
    ProcessBuilder keytool =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-alias",
            "venue",
            "-dname",
            "CN=" + host,
            "-ext",
            "san=dns:" + host,
            "-keystore",
            file.toString(),
            "-storepass",
            PASSWORD);
    Process process = keytool.redirectErrorStream(true).start();
    try (InputStream said = process.getInputStream()) {
      String text = new String(said.readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException("keytool failed: " + text);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while keytool ran", e);
    }
  }

  private static SSLContext context(Path file) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("venue", store.getCertificate("venue"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
