package dev.kansoku.ui.common;

import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/** Text for the system's clipboard. */
public final class CopiedText {

    private CopiedText() {}

    public static void set(String text) {
        var content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
