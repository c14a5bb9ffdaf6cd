package dev.kansoku.chat;

/** Text that goes with a prompt but is too long to be shown, or edited, as one. */
public record Attachment(String text) {}
