package dev.mdp.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ScramVerifierTest {
  /// The exchange in RFC 7677, section 3.
  private static final String NONCE = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";

  private static final String SALT = "W22ZaJ0SNY7soEsUEjb6gQ==";
  private static final String EXCHANGE =
      "n=user,r=rOprNGfwEbeRWgbNEkqO,r=" + NONCE + ",s=" + SALT + ",i=4096,c=biws,r=" + NONCE;
  private static final String PROOF = "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
  private static final String SIGNATURE = "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

  @Test
  void acceptsTheProofOfTheStandardsExampleAndGivesItsSignature() throws Exception {
    String verifier = ScramVerifier.of("pencil", bytes(SALT), 4_096);

    assertThat(verifier).startsWith("SCRAM-SHA-256$4096:" + SALT + "$");
    String[] keys = verifier.substring(verifier.lastIndexOf('$') + 1).split(":");
    byte[] clientKey = bytes(PROOF);
    byte[] signature = hmac(bytes(keys[0]));
    for (int i = 0; i < clientKey.length; i++) {
      clientKey[i] ^= signature[i];
    }
    assertThat(MessageDigest.getInstance("SHA-256").digest(clientKey)).isEqualTo(bytes(keys[0]));
    assertThat(hmac(bytes(keys[1]))).isEqualTo(bytes(SIGNATURE));
  }

  @Test
  void hasAnotherSaltEachTime() {
    assertThat(ScramVerifier.of("pencil"))
        .startsWith("SCRAM-SHA-256$1:")
        .isNotEqualTo(ScramVerifier.of("pencil"));
  }

  private static byte[] hmac(byte[] key) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(EXCHANGE.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] bytes(String base64) {
    return Base64.getDecoder().decode(base64);
  }
}
