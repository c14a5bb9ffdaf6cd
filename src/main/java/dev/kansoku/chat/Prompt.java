package dev.kansoku.chat;

import java.util.List;

/** What the user sends: what was typed, and what was attached. */
public record Prompt(String text, List<Attachment> attachments) {

    private static final int FIRST_WORDS = 60;

    public Prompt {
        attachments = List.copyOf(attachments);
    }

    public static Prompt of(String text) {
        return new Prompt(text, List.of());
    }

    public boolean isBlank() {
        return text.isBlank() && attachments.isEmpty();
    }

    /** What it begins with, in one line of at most {@value #FIRST_WORDS} characters. */
    public String firstWords() {
        String all = text.isBlank() ? content() : text;
        String line = all.substring(0, Math.min(all.length(), 4 * FIRST_WORDS))
                .replaceAll("[\\p{Cntrl}\u202A-\u202E\u2066-\u2069\\s]+", " ")
                .strip();
        if (line.length() <= FIRST_WORDS) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(FIRST_WORDS - 1)) ? FIRST_WORDS - 1 : FIRST_WORDS;
        return line.substring(0, end).strip() + "…";
    }

    /** The message as the model gets it: the text, then each attachment after an empty line. */
    public String content() {
        if (attachments.isEmpty()) {
            return text;
        }
        var content = new StringBuilder(text);
        for (Attachment attachment : attachments) {
            if (!content.isEmpty()) {
                content.append("\n\n");
            }
            content.append(attachment.text());
        }
        return content.toString();
    }
}
