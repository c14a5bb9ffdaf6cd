package dev.kansoku.ui.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.privacy.DataKind;
import dev.kansoku.privacy.MaskedText;
import dev.kansoku.privacy.Masker;
import dev.kansoku.privacy.TextLevel;
import java.util.ArrayList;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MaskerViewModelTest {

    private final Masker masker = new Masker("");

    private static MaskedText masked(MaskerViewModel model) {
        return Objects.requireNonNull(model.maskedProperty().get(), "nothing was masked");
    }

    @Test
    void aTextIsMaskedAtTheLevelThatIsChosen() {
        var model = new MaskerViewModel(masker::mask, TextLevel.MASKED, Direct.BACKGROUND);
        assertThat(model.maskedProperty().get()).isNull();
        model.textProperty().set("mary@example.com wrote to me yesterday");
        assertThat(masked(model).text()).isEqualTo("[EMAIL] wr" + MaskedText.MASK);
        assertThat(masked(model).kinds()).containsEntry(DataKind.EMAIL, 1);
        model.levelProperty().set(TextLevel.LENGTH);
        assertThat(masked(model).text()).isNull();
        assertThat(masked(model).length()).isEqualTo(38);
        model.levelProperty().set(TextLevel.NOTHING);
        assertThat(masked(model).length()).isNull();
    }

    @Test
    void whatWasTypedOverIsNotMaskedAndNeverShown() {
        var later = new Direct.Later();
        var asked = new ArrayList<String>();
        var model = new MaskerViewModel(
                (text, level) -> {
                    asked.add(text);
                    return masker.mask(text, level);
                },
                TextLevel.LENGTH,
                later.background());
        model.textProperty().set("a");
        model.textProperty().set("ab");
        model.textProperty().set("abc");
        assertThat(asked).as("masked on the thread of the window").isEmpty();
        later.doAll();
        assertThat(asked).containsExactly("abc");
        assertThat(masked(model).length()).isEqualTo(3);
    }
}
