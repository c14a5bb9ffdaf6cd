package dev.kansoku.ui.chat;

import dev.kansoku.chat.Attachment;
import javafx.scene.control.Label;
import org.kordamp.ikonli.javafx.FontIcon;

/** An attachment by its size, before it is sent and afterwards. */
final class AttachmentLabel extends Label {

    AttachmentLabel(ChatContext context, Attachment attachment) {
        super(
                context.words()
                        .get(
                                "chat.attachment",
                                context.figures().count(attachment.text().length())),
                new FontIcon("fth-paperclip"));
    }
}
