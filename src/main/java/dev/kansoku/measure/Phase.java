package dev.kansoku.measure;

/** What is happening to a turn, as far as it can be known. */
public enum Phase {
    /** The server has not answered anything since the turn began. */
    CONNECTING,
    /** The server does not list the model as in memory yet. */
    LOADING,
    /** It lists it, but the runner is younger than the request: up to 0.24 a model is listed while it loads. */
    LOADING_OR_READING,
    /** The server reads the prompt, or has others to answer first: nothing tells which. */
    WAITING,
    /** An answer that was stopped still keeps the model busy. */
    WAITING_FOR_STOPPED,
    WRITING,
    /** Stopped, but the server is still busy with it: it notices only at its next token. */
    STOPPING,
    OVER
}
