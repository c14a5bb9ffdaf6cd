package dev.kansoku.ui.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kansoku.ui.Program;
import javafx.scene.Scene;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PictureTest {

    private final Stage stage = Sight.onFx(Stage::new);

    @BeforeAll
    static void toolkit() {
        Program.toolkit();
    }

    @AfterEach
    void close() {
        Program.run(() -> stage.hide());
    }

    private Picture picture(Text... texts) {
        return Sight.onFx(() -> {
            stage.setScene(new Scene(new VBox(texts), 300, 200, Color.WHITE));
            stage.show();
            return Picture.ofScreen();
        });
    }

    private static Text text(Color colour) {
        var text = new Text("What stands in the window, with letters enough for their many shades");
        text.setFill(colour);
        return text;
    }

    @Test
    void anEmptyWindowIsBlank() {
        Picture blank = picture();
        assertThatThrownBy(() -> blank.assertDrawn(false))
                .isInstanceOf(TourException.class)
                .hasMessageContaining("blank");
    }

    @Test
    void aWindowWithTextIsDrawn() {
        Text text = text(Color.BLACK);
        Picture drawn = picture(text, text(Color.DARKRED), text(Color.NAVY));
        assertThatCode(() -> drawn.assertDrawn(false)).doesNotThrowAnyException();
        assertThat(Sight.onFx(() -> drawn.shows(text))).isTrue();
    }

    @Test
    void aLightWindowIsNotDark() {
        Picture drawn = picture(text(Color.BLACK), text(Color.DARKRED), text(Color.NAVY));
        assertThatThrownBy(() -> drawn.assertDrawn(true))
                .isInstanceOf(TourException.class)
                .hasMessageContaining("not dark");
    }

    @Test
    void lettersInTheColourOfTheirGroundAreNotShown() {
        Text invisible = text(Color.gray(0.97));
        Picture drawn = picture(invisible);
        assertThat(Sight.onFx(() -> drawn.shows(invisible))).isFalse();
    }
}
