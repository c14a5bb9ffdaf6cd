package dev.kansoku.history;

/** How much was written. */
public record ArchiveSize(int conversations, long turns) {}
