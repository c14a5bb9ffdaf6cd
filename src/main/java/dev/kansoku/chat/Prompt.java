package dev.kansoku.chat;

import java.util.List;

/** What the user sends: what was typed, and what was attached. */
public record Prompt(String text, List<Attachment> attachments) {

    public Prompt {
        attachments = List.copyOf(attachments);
    }

    public static Prompt of(String text) {
        return new Prompt(text, List.of());
    }

    public boolean isBlank() {
        return text.isBlank() && attachments.isEmpty();
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
