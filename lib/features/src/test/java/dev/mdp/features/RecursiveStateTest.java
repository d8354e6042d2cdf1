package dev.mdp.features;

import static dev.mdp.core.feature.FeatureKind.CLOSE;
import static dev.mdp.core.feature.FeatureKind.MOM;
import static dev.mdp.core.feature.FeatureKind.RET;
import static dev.mdp.core.feature.FeatureKind.RSI;
import static dev.mdp.features.Fixture.over;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.feature.FeatureSpec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecursiveStateTest {
  private static final FeatureSpec RSI_2 = FeatureSpec.overBars("rsi_2", RSI, 2);
  private static final FeatureSpec MOM_2 = FeatureSpec.overBars("mom_2", MOM, 2);
  private static final int FIRST_ENTRY = 27;

  @Test
  void whatLooksBackBarsGoesOnWhereItWas() {
    Fixture before = new Fixture("1s", RSI_2, MOM_2, over(RET, "1s"));
    fourSeconds(before);
    Fixture after = new Fixture("1s", RSI_2, MOM_2, over(RET, "1s"));

    List<String> fresh = after.features.restore(before.features.recursiveState());

    assertThat(fresh).isEmpty();
    assertThat(after.trade(9, 14).at(10)).isEqualTo(before.trade(9, 14).at(10));
  }

  @Test
  void aFeatureThatIsNewOrChangedBeginsUndefinedWhileTheOthersGoOn() {
    Fixture before = new Fixture("1s", RSI_2, MOM_2);
    fourSeconds(before);
    Fixture after =
        new Fixture("1s", FeatureSpec.overBars("rsi_2", RSI, 1), over(CLOSE, "1s"), MOM_2);

    List<String> fresh = after.features.restore(before.features.recursiveState());

    assertThat(fresh).containsExactly("rsi_2");
    assertThat(after.trade(4, 26).at(5))
        .containsEntry("rsi_2", Double.NaN)
        .containsEntry("mom_2", 1.0);
  }

  @Test
  void barsOfAnotherLengthAreOtherBars() {
    Fixture before = new Fixture("1s", MOM_2);
    fourSeconds(before);
    Fixture after = new Fixture("2s", MOM_2);

    assertThat(after.features.restore(before.features.recursiveState())).containsExactly("mom_2");
  }

  @Test
  void theLastPriceBeforeAShorterHorizonIsNoneBeforeALongerOne() {
    Fixture before = new Fixture("1s", over(RET, "1s"));
    fourSeconds(before);
    Fixture after = new Fixture("1s", over(RET, "4s"));

    after.features.restore(before.features.recursiveState());

    assertThat(after.trade(4, 26).at(5)).containsEntry("ret", Double.NaN);
    assertThat(after.trade(6, 26).at(7)).containsEntry("ret", 1.0);
  }

  @Test
  void anEvaluationThatWasBeforeIsNotRepeated() {
    Fixture before = new Fixture("1s", MOM_2);
    fourSeconds(before);
    Fixture after = new Fixture("1s", MOM_2);

    after.features.restore(before.features.recursiveState());

    assertThat(after.features.lastEndMicros()).isEqualTo(4 * Fixture.SECOND);
    assertThatThrownBy(() -> after.trade(3, 13).at(4)).isInstanceOf(IllegalArgumentException.class);
  }

  /// The log was cut between them while it was read for the longer horizon.
  @Test
  void theLastPriceInTheStateIsLaterThanASliceFromBeforeAGap() {
    Fixture before = new Fixture("1s", over(RET, "1s"));
    fourSeconds(before);
    Fixture after = new Fixture("1s", over(RET, "4s"));

    after.features.restore(before.features.recursiveState());

    assertThat(after.trade(1, 12).trade(8, 26).at(9)).containsEntry("ret", 1.0);
  }

  @Test
  void aStateIsOnlyRestoredBeforeSlicesArePut() {
    Fixture symbol = new Fixture("1s", MOM_2).trade(0, 1);
    byte[] state = symbol.features.recursiveState();

    assertThatThrownBy(() -> symbol.features.restore(state))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void bytesThatAreNoStateAreRefusedByWhatIsWrongWithThem() {
    Fixture symbol = new Fixture("1s", RSI_2, MOM_2);
    fourSeconds(symbol);
    byte[] state = symbol.features.recursiveState();

    refused(new byte[0], "the state of the features ends too early, after 0 bytes");
    refused(Arrays.copyOf(state, 20), "the state of the features ends too early, after 20 bytes");
    refused(Arrays.copyOf(state, state.length - 1), "the state of the features says 24 bytes");
    refused(Arrays.copyOf(state, state.length + 1), "has 1 bytes after its 2 entries");
    refused(changed(state).put(0, (byte) 9).array(), "has version 9, want 1");
    refused(changed(state).putDouble(17, Double.NaN).array(), "has a last price of NaN before");
    refused(changed(state).putInt(FIRST_ENTRY + 8, -1).array(), "says -1 bytes where");
    refused(
        changed(state).putInt(FIRST_ENTRY + 12, 4).array(),
        "the state of rsi_2: want 0 to 3 closes, were 4");
    refused(
        changed(state).putDouble(FIRST_ENTRY + 24, -1).array(),
        "the state of rsi_2: want finite averages of at least 0");
    refused(
        changed(state).putDouble(state.length - 8, Double.NaN).array(),
        "the state of mom_2: want finite closes, was NaN");
  }

  private static ByteBuffer changed(byte[] state) {
    return ByteBuffer.wrap(state.clone());
  }

  private static void refused(byte[] state, String message) {
    Fixture symbol = new Fixture("1s", RSI_2, MOM_2);
    assertThatThrownBy(() -> symbol.features.restore(state))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
    assertThat(symbol.features.restore(symbol.features.recursiveState())).isEmpty();
  }

  private static void fourSeconds(Fixture symbol) {
    for (int second = 0; second < 4; second++) {
      symbol.trade(second, List.of(10.0, 12.0, 13.0, 13.0).get(second)).at(second + 1);
    }
  }
}
