package dev.kansoku.telemetry.delivery;

/** A message that was taken from where it waited, to be sent. One of the three is told when it is known what became of it. */
interface Outgoing {

    byte[] bytes();

    void acknowledged();

    void refused();

    /** It waits again, unless it has become needless meanwhile. */
    void notNow();
}
