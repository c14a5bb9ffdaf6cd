package dev.kansoku.privacy;

/** A kind of number that is known by the sizes of its groups of digits, by its digits, or by the words around it. */
interface NumberShape {

    int NONE = -1;

    /** The last group of a number that begins with this one, or {@link #NONE}. */
    int lastOf(NumberRun run, int group);

    /** Where the number that begins with this group really begins. */
    default int start(NumberRun run, int group) {
        return run.start(group);
    }
}
