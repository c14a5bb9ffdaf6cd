package dev.kansoku.history;

import java.nio.file.Path;

/**
 * The file was damaged and has been made anew.
 *
 * @param file the new one
 * @param setAside the damaged one
 * @param conversations that could be read of it
 * @param turns that could be read of it
 */
public record Recovery(Path file, Path setAside, long conversations, long turns) {}
