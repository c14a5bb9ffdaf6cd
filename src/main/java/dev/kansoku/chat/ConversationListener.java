package dev.kansoku.chat;

/** Hears how conversations grow and branch, on the thread that changes them: it must only hand over. */
public interface ConversationListener {

    /** A turn was sent; it runs, or waits until another one has ended. */
    void added(Turn turn);

    /** A turn that waited was taken back. */
    void removed(Turn turn);

    /** Another branch is seen. */
    void chosen(Turn turn);
}
