package dev.kansoku.bench;

import java.util.List;

/** One of the things that are measured, each by itself. */
interface Part {

    /** As it is called on the command line. */
    String name();

    /** Its heading in the document. */
    String title();

    /** Runs it and says what came out. */
    Section measure(Lab lab);

    /** The windows whose recording tells where the time goes. */
    List<String> recorded();
}
