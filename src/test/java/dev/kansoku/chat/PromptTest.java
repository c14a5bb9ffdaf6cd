package dev.kansoku.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptTest {

    @Test
    void aPromptWithoutAttachmentsIsItsText() {
        assertThat(Prompt.of("  Hello\n").content()).isEqualTo("  Hello\n");
    }

    @Test
    void attachmentsFollowAfterAnEmptyLine() {
        var prompt = new Prompt("Compare", List.of(new Attachment("one"), new Attachment("two")));

        assertThat(prompt.content()).isEqualTo("Compare\n\none\n\ntwo");
    }

    @Test
    void anAttachmentMayStandAlone() {
        assertThat(new Prompt("", List.of(new Attachment("one"))).content()).isEqualTo("one");
    }

    @Test
    void onlyWhatHoldsNothingIsBlank() {
        assertThat(Prompt.of(" \n\t").isBlank()).isTrue();
        assertThat(Prompt.of("x").isBlank()).isFalse();
        assertThat(new Prompt(" ", List.of(new Attachment("one"))).isBlank()).isFalse();
    }

    @Test
    void laterChangesOfTheListDoNotReachIt() {
        var attachments = new ArrayList<Attachment>();
        var prompt = new Prompt("Hello", attachments);

        attachments.add(new Attachment("one"));

        assertThat(prompt.attachments()).isEmpty();
    }
}
