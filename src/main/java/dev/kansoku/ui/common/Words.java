package dev.kansoku.ui.common;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** Everything the program says, in one language. */
public final class Words {

    private static final String BUNDLE = "dev.kansoku.ui.words";

    private final Locale locale;
    private final ResourceBundle bundle;

    public Words(Locale locale) {
        this.locale = locale;
        // Not the machine's language where ours is missing: the root bundle is English.
        bundle = ResourceBundle.getBundle(
                BUNDLE, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    public Locale locale() {
        return locale;
    }

    /** For {@code %key} in FXML. */
    public ResourceBundle bundle() {
        return bundle;
    }

    /** The text of a key, with {@code {0}}, {@code {1}} … filled in as {@link MessageFormat} does it. */
    public String get(String key, Object... arguments) {
        String pattern = bundle.getString(key);
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, locale).format(arguments);
    }
}
