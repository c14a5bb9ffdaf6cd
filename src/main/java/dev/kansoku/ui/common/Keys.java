package dev.kansoku.ui.common;

import java.util.Locale;

/** Constants of enums as parts of keys of the word bundles: {@code PROMPT_EVAL} is {@code promptEval}. */
public final class Keys {

    private Keys() {}

    public static String of(Enum<?> constant) {
        var key = new StringBuilder();
        for (String part : constant.name().toLowerCase(Locale.ROOT).split("_", -1)) {
            key.append(key.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
        }
        return key.toString();
    }
}
