package dev.kansoku.ui.common;

import java.util.List;
import javafx.scene.control.ChoiceBox;
import javafx.util.StringConverter;

/** Constants of an enum to choose from. */
public final class Choices {

    private Choices() {}

    /**
     * Fills the box with them.
     *
     * @param prefix of the keys of their names
     */
    public static <E extends Enum<E>> void offer(ChoiceBox<E> box, String prefix, Words words, List<E> values) {
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(E value) {
                return value == null ? "" : words.get(prefix + Keys.of(value));
            }

            @Override
            public E fromString(String text) {
                throw new UnsupportedOperationException("nothing is typed here");
            }
        });
        box.getItems().setAll(values);
    }
}
