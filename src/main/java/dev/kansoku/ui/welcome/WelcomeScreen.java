package dev.kansoku.ui.welcome;

/** What there is to begin with. */
public enum WelcomeScreen {
    /** The user's Ollama has been asked and has not answered yet. */
    LOOKING,
    NO_OLLAMA,
    NO_MODELS,
    READY,

    /** The user wants the demo. */
    DEMO
}
