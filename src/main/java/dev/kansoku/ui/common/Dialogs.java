package dev.kansoku.ui.common;

/** Questions that have to be answered before anything goes on. */
public interface Dialogs {

    /**
     * Asks and waits for the answer.
     *
     * @param agree what the button that means yes says
     */
    boolean confirm(String title, String text, String agree);

    /** Says something and waits until it was read. */
    void tell(String title, String text);
}
