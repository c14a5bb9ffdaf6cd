package dev.kansoku.ui.chat;

import dev.kansoku.settings.SendKey;
import dev.kansoku.ui.common.Composition;
import java.util.function.Consumer;
import javafx.scene.TraversalDirection;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.text.Text;

/**
 * Where the prompt is typed. Enter sends and Shift+Enter breaks the line, or, if the user wants it so, Ctrl+Enter sends
 * and Enter breaks the line. While an input method composes, Enter belongs to it and does neither.
 */
public final class PromptField extends TextArea {

    private static final double LEAST_HEIGHT = 44;
    private static final double MOST_HEIGHT = 200;

    /** As in the style sheet. */
    private static final double PADDING = 8;

    private final Text measure = new Text();
    private final Composition composition = new Composition(this);
    private SendKey sendKey = SendKey.ENTER;
    private Runnable send = () -> {};
    private Consumer<String> attach = text -> {};
    private Runnable full = () -> {};
    private boolean pasting;

    public PromptField() {
        getStyleClass().add("prompt-field");
        setWrapText(true);
        textProperty().subscribe(text -> requestLayout());
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    }

    void setSendKey(SendKey key) {
        sendKey = key;
    }

    void onSend(Runnable action) {
        send = action;
    }

    /** @param action is handed pasted text that does not fit in here */
    void onAttach(Consumer<String> action) {
        attach = action;
    }

    /** @param action is called when what was typed is refused because nothing more fits in */
    void onFull(Runnable action) {
        full = action;
    }

    boolean isComposing() {
        return composition.isGoing();
    }

    private void key(KeyEvent e) {
        if (e.getCode() == KeyCode.TAB && !e.isShortcutDown() && !isComposing()) {
            // As everywhere in the window; nobody writes tabs into a prompt.
            e.consume();
            requestFocusTraversal(e.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
            return;
        }
        if (e.getCode() != KeyCode.ENTER) {
            return;
        }
        if (composition.hasEnter()) {
            e.consume();
            return;
        }
        boolean plain = !e.isShiftDown() && !e.isShortcutDown() && !e.isAltDown();
        boolean sends = sendKey == SendKey.ENTER ? plain || e.isShortcutDown() : e.isShortcutDown();
        if (sends) {
            e.consume();
            send.run();
        } else if (e.isShiftDown()) {
            // A TextArea has no use of its own for Shift+Enter.
            e.consume();
            replaceSelection("\n");
        }
    }

    @Override
    public void paste() {
        pasting = true;
        try {
            super.paste();
        } finally {
            pasting = false;
        }
    }

    /**
     * Every change passes here: keys, words of an input method, pasted text. An input method replaces what it has written
     * itself, so its words are always taken: refused, it would replace others.
     */
    @Override
    public void replaceText(int start, int end, String text) {
        boolean fits = getLength() - (end - start) + text.length() <= ChatViewModel.LONGEST_TYPED;
        if (fits || composition.hasEnter()) {
            super.replaceText(start, end, text);
        } else if (pasting && text.length() > ChatViewModel.SHORT) {
            attach.accept(text);
        } else {
            full.run();
        }
    }

    /** As high as its text, within limits. The skin knows how high that is only after it was laid out. */
    @Override
    protected double computePrefHeight(double width) {
        measure.setFont(getFont());
        measure.setText(getText().endsWith("\n") ? getText() + " " : getText());
        measure.setWrappingWidth(Math.max(0, getWidth() - 2 * PADDING));
        double height = Math.ceil(measure.getLayoutBounds().getHeight()) + 2 * PADDING + 6;
        return Math.clamp(height, LEAST_HEIGHT, MOST_HEIGHT);
    }
}
