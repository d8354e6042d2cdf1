package dev.mdp.providers.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResolverTest {
  @Test
  void theOtherFamilyIsTriedFirst() {
    assertThat(Resolver.others(of("10.0.0.1", "10.0.0.2", "fd00::1", "10.0.0.3", "fd00::2")))
        .isEqualTo(of("fd00::1", "fd00::2", "10.0.0.2", "10.0.0.3"));
    assertThat(Resolver.others(of("fd00::1", "fd00::2", "10.0.0.1")))
        .isEqualTo(of("10.0.0.1", "fd00::2"));
  }

  @Test
  void oneAddressHasNoOther() {
    assertThat(Resolver.others(of("10.0.0.1"))).isEmpty();
  }

  private static List<InetAddress> of(String... literals) {
    return Stream.of(literals).map(InetAddress::ofLiteral).toList();
  }
}
