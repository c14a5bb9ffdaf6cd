package dev.kansoku.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kansoku.ollama.ChatMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationTest {

    private final Conversation conversation = new Conversation(ScriptedChat.NOW);

    private Turn over(String prompt, String answer, Turn.State state) {
        Turn turn = Turns.turn(conversation, "tinyllama", prompt);
        turn.answer().append(answer);
        turn.become(state);
        return turn;
    }

    @Test
    void itsTurnsStandInTheOrderInWhichTheyWereSent() {
        Turn first = over("1", "a", Turn.State.FINISHED);
        List<Turn> before = conversation.turns();
        Turn second = over("2", "b", Turn.State.FINISHED);

        assertThat(conversation.turns()).containsExactly(first, second);
        assertThat(before).as("a list handed out earlier").containsExactly(first);
        assertThat(conversation.createdAt()).isEqualTo(ScriptedChat.NOW);
        assertThat(conversation.id()).isNotEqualTo(new Conversation(ScriptedChat.NOW).id());
    }

    @Test
    void aTurnIsSentWithWhatCameBeforeItAndNothingAfter() {
        over("1", "a", Turn.State.FINISHED);
        over("2", "b", Turn.State.STOPPED);
        over("3", "c", Turn.State.INCOMPLETE);
        over("4", "", Turn.State.FINISHED);
        over("5", "d", Turn.State.FAILED);
        over("6", "e", Turn.State.CUT_OFF);
        over("7", "f", Turn.State.RUNNING);
        Turn turn = Turns.turn(conversation, "tinyllama", "8");
        over("9", "g", Turn.State.FINISHED);

        assertThat(conversation.messagesFor(turn))
                .extracting(ChatMessage::role, ChatMessage::content)
                .containsExactly(
                        tuple(ChatMessage.Role.USER, "1"),
                        tuple(ChatMessage.Role.ASSISTANT, "a"),
                        tuple(ChatMessage.Role.USER, "2"),
                        tuple(ChatMessage.Role.ASSISTANT, "b"),
                        tuple(ChatMessage.Role.USER, "3"),
                        tuple(ChatMessage.Role.ASSISTANT, "c"),
                        tuple(ChatMessage.Role.USER, "5"),
                        tuple(ChatMessage.Role.ASSISTANT, "d"),
                        tuple(ChatMessage.Role.USER, "6"),
                        tuple(ChatMessage.Role.ASSISTANT, "e"),
                        tuple(ChatMessage.Role.USER, "8"));
    }
}
