package dev.kansoku.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What one part has found.
 *
 * @param when the part was measured, and how busy the machine was before
 * @param body Markdown: the tables, and how it was measured
 * @param profile Markdown: where the time goes; empty if every goal was met
 */
record Section(String when, List<Goal> goals, String body, String profile) {

    Section withProfile(String markdown) {
        return new Section(when, goals, body, markdown);
    }

    boolean misses() {
        return goals.stream().anyMatch(goal -> goal.verdict() == Goal.Verdict.NOT_MET);
    }

    void write(Path file) {
        try {
            new JsonMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Section read(Path file) {
        try {
            return new JsonMapper().readValue(Files.readAllBytes(file), Section.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
