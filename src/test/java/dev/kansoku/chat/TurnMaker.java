package dev.kansoku.chat;

import dev.kansoku.ollama.ChatMessage;
import dev.kansoku.ollama.ModelOptions;
import dev.kansoku.ollama.OllamaError;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes turns of one conversation that are over, without a server. */
public final class TurnMaker {

    private final Conversation conversation = new Conversation(ScriptedChat.NOW);
    private Instant clock = ScriptedChat.NOW;
    private String model = "granite3.2:2b";
    private ModelOptions options = ModelOptions.DEFAULTS;

    public TurnMaker model(String name) {
        model = name;
        return this;
    }

    public TurnMaker contextWindow(@Nullable Integer numCtx) {
        options = options(numCtx, options.numThread());
        return this;
    }

    public TurnMaker threads(@Nullable Integer numThread) {
        options = options(options.numCtx(), numThread);
        return this;
    }

    private static ModelOptions options(@Nullable Integer numCtx, @Nullable Integer numThread) {
        return new ModelOptions(numCtx, null, numThread, null, null, null, null, null, null, null, null);
    }

    public Turn turn(Turn.State state, String prompt, String thinking, String answer) {
        return turn(state, Prompt.of(prompt), thinking, answer);
    }

    public Turn failed(OllamaError why) {
        Turn turn = turn(Turn.State.RUNNING, "Hello", "", "");
        turn.fail(why);
        return turn;
    }

    /** What was sent and is not answered yet. */
    public Turn running(String prompt) {
        return turn(Turn.State.RUNNING, prompt, "", "");
    }

    public static void write(Turn turn, String thinking, String answer) {
        turn.thinking().append(thinking);
        turn.answer().append(answer);
    }

    public static void end(Turn turn, Turn.State state) {
        turn.become(state);
    }

    public static void fail(Turn turn, OllamaError error) {
        turn.fail(error);
    }

    public Turn attached(String prompt, String attachment, String thinking, String answer) {
        return turn(Turn.State.FINISHED, new Prompt(prompt, List.of(new Attachment(attachment))), thinking, answer);
    }

    /** As the service does it: the same prompt once more, in the place of the earlier turn. */
    public Turn again(Turn earlier, Turn.State state, String answer) {
        return turn(state, earlier.parent(), earlier.prompt(), "", "", answer);
    }

    /** As the service does it: the rest of an answer that was begun. */
    public Turn goOn(Turn earlier, Turn.State state, String more) {
        return turn(state, earlier.parent(), earlier.prompt(), earlier.answer().toString(), "", more);
    }

    /** The next one follows this. */
    public void choose(Turn turn) {
        conversation.choose(turn);
    }

    public Turn turn(Turn.State state, Prompt prompt, String thinking, String answer) {
        return turn(state, conversation.tip(), prompt, "", thinking, answer);
    }

    private Turn turn(
            Turn.State state, @Nullable Turn parent, Prompt prompt, String begun, String thinking, String answer) {
        clock = clock.plusSeconds(1);
        var turn = new Turn(UUID.randomUUID(), conversation, parent, model, options, prompt, clock, begun);
        conversation.add(turn);
        turn.thinking().append(thinking);
        turn.answer().append(answer);
        turn.become(state);
        return turn;
    }

    /** The texts that the model is sent for a turn. */
    public static List<String> sent(Turn turn) {
        return turn.conversation().messagesFor(turn).stream()
                .map(ChatMessage::content)
                .toList();
    }
}
