package dev.kansoku.chat;

/** Faults of our own that must not end what goes on, but must not be passed over either. */
final class Unforeseen {

    private Unforeseen() {}

    /** Tells the thread's handler of uncaught exceptions, as if nobody had caught it. */
    static void report(Throwable fault) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
    }
}
