package dev.kansoku.history;

import dev.kansoku.chat.KeptTurn;
import dev.kansoku.chat.Prompt;
import dev.kansoku.chat.Turn;
import dev.kansoku.history.HistoryReader.Listing;
import dev.kansoku.ollama.ModelOptions;
import dev.kansoku.ollama.OllamaError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was said, as simply as it can be written down. */
final class SaidModel {

    private final List<Talk> talks = new ArrayList<>();

    List<Talk> talks() {
        return talks;
    }

    void begin(Talk talk) {
        talks.add(talk);
    }

    void forget(Talk talk) {
        talks.remove(talk);
    }

    /** The program has ended: nothing runs or waits any more. */
    void cutOff() {
        talks.forEach(Talk::cutOff);
    }

    /** Forgets what lay in the trash for long. */
    List<Talk> expire(Instant thrownAwayUntil) {
        List<Talk> expired = talks.stream()
                .filter(talk -> talk.deletedAt != null && !talk.deletedAt.isAfter(thrownAwayUntil))
                .toList();
        talks.removeAll(expired);
        return expired;
    }

    List<ConversationSummary> list(Listing listing) {
        Comparator<ConversationSummary> byTime = Comparator.comparing(
                one -> listing == Listing.TRASH ? Objects.requireNonNull(one.deletedAt()) : one.activeAt());
        return talks.stream()
                .filter(talk -> talk.listing() == listing)
                .map(talk -> new ConversationSummary(talk.id, talk.title, talk.activeAt, talk.pinned, talk.deletedAt))
                // As text they have the same order as in bytes without a sign.
                .sorted(byTime.thenComparing(one -> one.id().toString()).reversed())
                .toList();
    }

    /** A conversation. */
    static final class Talk {
        private final UUID id;
        private final Instant createdAt;
        private final List<Said> turns = new ArrayList<>();

        /** By what they follow, or by the conversation's own id those that follow nothing. */
        private final Map<UUID, Said> chosen = new HashMap<>();

        /** The first one runs. */
        private final List<Said> queue = new ArrayList<>();

        private String title = "";
        private Instant activeAt;
        private boolean pinned;
        private @Nullable Instant deletedAt;

        Talk(UUID id, Instant createdAt) {
            this.id = id;
            this.createdAt = createdAt;
            activeAt = createdAt;
        }

        UUID id() {
            return id;
        }

        Instant createdAt() {
            return createdAt;
        }

        List<Said> turns() {
            return turns;
        }

        String title() {
            return title;
        }

        void title(String given) {
            title = given;
        }

        boolean isPinned() {
            return pinned;
        }

        void pin(boolean value) {
            pinned = value;
        }

        void trash(Instant at) {
            if (deletedAt == null) {
                deletedAt = at;
            }
        }

        void restore() {
            deletedAt = null;
        }

        private Listing listing() {
            if (deletedAt != null) {
                return Listing.TRASH;
            }
            return pinned ? Listing.PINNED : Listing.OTHERS;
        }

        /** Returns whether it runs at once. */
        boolean send(Said said) {
            if (turns.isEmpty()) {
                title = said.prompt.firstWords();
            }
            if (said.createdAt.isAfter(activeAt)) {
                activeAt = said.createdAt;
            }
            turns.add(said);
            choose(said);
            queue.add(said);
            return queue.size() == 1;
        }

        void choose(Said said) {
            for (Said each = said; each != null; each = each.parent) {
                chosen.put(fork(each), each);
            }
        }

        private UUID fork(Said said) {
            return said.parent == null ? id : said.parent.id;
        }

        /** What follows it comes in its place. */
        void remove(Said said) {
            turns.remove(said);
            queue.remove(said);
            turns.stream()
                    .filter(other -> Objects.equals(other.parent, said))
                    .forEach(other -> other.parent = said.parent);
            @Nullable Said next = chosen.remove(said.id);
            UUID fork = fork(said);
            if (Objects.equals(chosen.get(fork), said)) {
                chosen.remove(fork);
                @Nullable Said instead = next;
                for (Said other : turns) {
                    if (next == null && fork(other).equals(fork)) {
                        instead = other;
                    }
                }
                if (instead != null) {
                    chosen.put(fork, instead);
                }
            }
        }

        @Nullable
        Said running() {
            return queue.isEmpty() ? null : queue.getFirst();
        }

        List<Said> waiting() {
            return queue.subList(Math.min(1, queue.size()), queue.size());
        }

        /** The running one has ended: which runs now. */
        @Nullable
        Said next() {
            queue.removeFirst();
            return running();
        }

        private void cutOff() {
            queue.forEach(said -> said.cutOff(said == queue.getFirst()));
            queue.clear();
        }

        List<Said> path() {
            var path = new ArrayList<Said>();
            for (Said said = chosen.get(id); said != null; said = chosen.get(said.id)) {
                path.add(said);
            }
            return path;
        }

        @Nullable
        Said tip() {
            List<Said> path = path();
            return path.isEmpty() ? null : path.getLast();
        }

        List<KeptTurn> kept() {
            return turns.stream()
                    .map(said -> said.kept(said.equals(chosen.get(fork(said)))))
                    .toList();
        }
    }

    /** A turn. */
    static final class Said {
        private final UUID id;
        private final UUID session;
        private final String model;
        private final ModelOptions options;
        private final Prompt prompt;
        private final Instant createdAt;
        private @Nullable Said parent;
        private int continuedFrom;
        private String thinking = "";
        private String answer;
        private Turn.@Nullable State state;
        private @Nullable OllamaError error;

        Said(
                UUID id,
                UUID session,
                @Nullable Said parent,
                String model,
                ModelOptions options,
                Prompt prompt,
                Instant createdAt,
                String begun) {
            this.id = id;
            this.session = session;
            this.parent = parent;
            this.model = model;
            this.options = options;
            this.prompt = prompt;
            this.createdAt = createdAt;
            answer = begun;
            continuedFrom = begun.length();
        }

        UUID id() {
            return id;
        }

        @Nullable
        Said parent() {
            return parent;
        }

        Prompt prompt() {
            return prompt;
        }

        String answer() {
            return answer;
        }

        boolean isOver() {
            return state != null;
        }

        void write(String thought, String words) {
            thinking += thought;
            answer += words;
        }

        void end(Turn.State how, @Nullable OllamaError why) {
            state = how;
            error = why;
        }

        /** One that was still waiting has no answer of its own. */
        private void cutOff(boolean ran) {
            state = Turn.State.CUT_OFF;
            if (!ran) {
                answer = "";
                continuedFrom = 0;
            }
        }

        private KeptTurn kept(boolean isChosen) {
            return new KeptTurn(
                    id,
                    session,
                    parent == null ? null : parent.id,
                    isChosen,
                    model,
                    options,
                    prompt,
                    createdAt,
                    continuedFrom,
                    false,
                    Objects.requireNonNull(state),
                    thinking,
                    answer,
                    error);
        }
    }
}
