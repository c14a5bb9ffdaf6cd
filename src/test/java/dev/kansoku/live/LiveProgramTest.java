package dev.kansoku.live;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** The program, without its window, at a real Ollama that each test has for itself. */
@Tag("live")
abstract class LiveProgramTest {

    static final String PROMPT = "Tell me a story about a lighthouse keeper and the sea.";

    @AutoClose
    LiveOllama ollama;

    @AutoClose
    Program program;

    @BeforeEach
    void start() {
        ollama = LiveOllama.start();
        program = Program.at(ollama);
    }
}
