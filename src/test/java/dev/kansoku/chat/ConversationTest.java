package dev.kansoku.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kansoku.ollama.ChatMessage;
import dev.kansoku.ollama.ModelOptions;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

    // Branches

    private Turn branch(@Nullable Turn parent, String prompt, String begun, String more, Turn.State state) {
        var turn = new Turn(
                UUID.randomUUID(),
                conversation,
                parent,
                "tinyllama",
                ModelOptions.DEFAULTS,
                Prompt.of(prompt),
                ScriptedChat.NOW,
                begun);
        conversation.add(turn);
        turn.answer().append(more);
        turn.become(state);
        return turn;
    }

    private List<String> sent(Turn turn) {
        return conversation.messagesFor(turn).stream().map(ChatMessage::content).toList();
    }

    @Test
    void aBranchLeavesWhatFollowedTheOtherOneUntouched() {
        Turn first = over("1", "a", Turn.State.FINISHED);
        Turn second = over("2", "b", Turn.State.FINISHED);
        Turn third = over("3", "c", Turn.State.FINISHED);
        Turn other = branch(first, "2 anew", "", "x", Turn.State.FINISHED);

        assertThat(conversation.path()).containsExactly(first, other);
        assertThat(conversation.branches(other)).containsExactly(second, other);
        assertThat(conversation.isChosen(second)).isFalse();
        assertThat(sent(other)).containsExactly("1", "a", "2 anew");

        conversation.choose(second);
        assertThat(conversation.path()).containsExactly(first, second, third);
        assertThat(sent(third)).containsExactly("1", "a", "2", "b", "3");
        assertThat(conversation.turns())
                .as("in the order in which they were sent")
                .containsExactly(first, second, third, other);
    }

    @Test
    void whatTheDemoSaidIsSentToNoModel() {
        over("1", "a demo", Turn.State.FINISHED).answeredByDemo();
        over("2", "b", Turn.State.FINISHED);
        assertThat(sent(over("3", "", Turn.State.RUNNING))).containsExactly("2", "b", "3");

        Turn demo = over("4", "", Turn.State.RUNNING);
        demo.answeredByDemo();
        assertThat(sent(demo)).containsExactly("1", "a demo", "4");
    }

    @Test
    void choosingATurnPutsWhatItFollowsOnThePathToo() {
        Turn first = over("1", "a", Turn.State.FINISHED);
        Turn second = over("2", "b", Turn.State.FINISHED);
        Turn other = branch(null, "1 anew", "", "x", Turn.State.FINISHED);
        assertThat(conversation.path()).containsExactly(other);

        conversation.choose(second);
        assertThat(conversation.path()).containsExactly(first, second);
    }

    @Test
    void whatGoesOnIsSentWithTheAnswerSoFarAsItsLastMessage() {
        over("1", "a", Turn.State.FINISHED);
        Turn stopped = over("2", "Once upon", Turn.State.STOPPED);
        Turn more = branch(stopped.parent(), "2", "Once upon", " a time", Turn.State.FINISHED);
        Turn next = over("3", "", Turn.State.RUNNING);

        assertThat(conversation.messagesFor(more))
                .extracting(ChatMessage::role, ChatMessage::content)
                .containsExactly(
                        tuple(ChatMessage.Role.USER, "1"),
                        tuple(ChatMessage.Role.ASSISTANT, "a"),
                        tuple(ChatMessage.Role.USER, "2"),
                        tuple(ChatMessage.Role.ASSISTANT, "Once upon"));
        assertThat(more.written()).isEqualTo(" a time");
        assertThat(sent(next)).containsExactly("1", "a", "2", "Once upon a time", "3");
    }

    @Test
    void whatFollowedATurnThatIsTakenOutFollowsWhatThatWasToFollow() {
        Turn first = over("1", "a", Turn.State.RUNNING);
        Turn second = over("2", "", Turn.State.QUEUED);
        Turn third = over("3", "", Turn.State.QUEUED);
        Turn fourth = over("4", "", Turn.State.QUEUED);

        conversation.remove(second);

        assertThat(conversation.path()).containsExactly(first, third, fourth);
        assertThat(third.parent()).isEqualTo(first);
        assertThat(conversation.branches(third)).containsExactly(third);
        assertThat(conversation.turns()).containsExactly(first, third, fourth);
    }

    @Test
    void aBranchThatIsTakenOutGivesWayToTheOneBefore() {
        Turn first = over("1", "a", Turn.State.FINISHED);
        Turn second = over("2", "b", Turn.State.FINISHED);
        Turn waiting = branch(first.parent(), "1", "", "", Turn.State.QUEUED);
        assertThat(conversation.path()).containsExactly(waiting);

        conversation.remove(waiting);

        assertThat(conversation.path()).containsExactly(first, second);
        assertThat(conversation.branches(first)).containsExactly(first);
    }

    @Test
    void whatWasKeptIsRestoredWithItsBranches() {
        Turn first = over("1", "a", Turn.State.FINISHED);
        Turn second = over("2", "b", Turn.State.STOPPED);
        over("3", "c", Turn.State.FINISHED);
        Turn more = branch(first, "2", "b", "bb", Turn.State.RUNNING);
        branch(null, "1 anew", "", "x", Turn.State.FINISHED);
        conversation.choose(second);
        List<KeptTurn> kept = conversation.turns().stream().map(KeptTurn::of).toList();

        Conversation restored = Conversation.restore(conversation.id(), conversation.createdAt(), kept);

        assertThat(restored.path())
                .extracting(Turn::requestId)
                .containsExactlyElementsOf(
                        conversation.path().stream().map(Turn::requestId).toList());
        assertThat(restored.turns().stream().map(KeptTurn::of).toList())
                .as("kept once more")
                .isEqualTo(kept);
        Turn again = restored.turns().stream()
                .filter(turn -> turn.requestId().equals(more.requestId()))
                .findFirst()
                .orElseThrow();
        assertThat(again.state()).as("the program ended before it did").isEqualTo(Turn.State.CUT_OFF);
        assertThat(again.written()).isEqualTo("bb");
        assertThat(restored.branches(again)).hasSize(2);
        assertThat(restored.messagesFor(again)).extracting(ChatMessage::content).containsExactly("1", "a", "2", "b");
    }
}
