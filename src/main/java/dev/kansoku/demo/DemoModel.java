package dev.kansoku.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A model as Ollama's scheduler and its runner treat it (server/sched.go): in memory or not, loaded once for all who
 * wait for it, and answering one request at a time.
 */
final class DemoModel {

    /** The context window in tokens, unless a request asks for another. */
    static final int DEFAULT_NUM_CTX = 4096;

    /** The most there is; Ollama, too, gives a model no more than it was trained for. */
    static final int MOST_NUM_CTX = 32_768;

    private static final Duration DEFAULT_KEEP_ALIVE = Duration.ofMinutes(5);

    /**
     * A model in memory.
     *
     * @param numCtx context window in tokens
     * @param expiresAt when it is unloaded if nobody uses it until then
     */
    record Loaded(int numCtx, Instant expiresAt) {}

    private final DemoWeights weights;
    private final double speed;

    /** Held while the model is loaded: requests for it that come meanwhile wait here, and that counts as their load. */
    private final ReentrantLock loading = new ReentrantLock(true);

    /** As with OLLAMA_NUM_PARALLEL=1. The wait for it is in no figure but the total. */
    private final Semaphore slot = new Semaphore(1, true);

    // Guarded by this. Nothing unloads an expired model: it is gone when somebody next looks.
    private @Nullable Loaded loaded;
    private int users;
    private Duration keepAlive = DEFAULT_KEEP_ALIVE;

    /** The tokens the runner has in its cache; for the holder of the slot, or for who loads while nobody uses it. */
    private List<String> cache = new ArrayList<>();

    /** @param speed by how much it is faster than its weights say */
    DemoModel(DemoWeights weights, double speed) {
        this.weights = weights;
        this.speed = speed;
    }

    DemoWeights weights() {
        return weights;
    }

    /** {@code null} while it is not in memory, and also while it is being loaded (as from 0.30 on). */
    synchronized @Nullable Loaded loaded() {
        if (loaded != null && users == 0 && !Instant.now().isBefore(loaded.expiresAt())) {
            loaded = null;
        }
        return loaded;
    }

    /** Unloads it as soon as nobody uses it. */
    synchronized void expire() {
        keepAlive = Duration.ZERO;
        restartTimer();
    }

    /**
     * Returns when the model is in memory with this context window; it then stays until the use is closed.
     *
     * @param wanted how long it stays afterwards; {@code null} leaves it as it was, or at 5 minutes for a fresh load
     */
    Use use(int numCtx, @Nullable Duration wanted) throws InterruptedException {
        // What a lookup of the model and a ping of its runner take: 3 to 8 ms, so that a warm load is never 0.
        sleep(ThreadLocalRandom.current().nextDouble(3e-3, 8e-3));
        loading.lockInterruptibly();
        try {
            if (!enter(numCtx, wanted)) {
                evict();
                sleep(weights.load.toNanos() / 1e9);
                load(numCtx, wanted);
            }
            return new Use();
        } finally {
            loading.unlock();
        }
    }

    private synchronized boolean enter(int numCtx, @Nullable Duration wanted) {
        Loaded now = loaded();
        if (now == null || now.numCtx() != numCtx) {
            return false;
        }
        users++;
        keepAlive = wanted == null ? keepAlive : wanted;
        restartTimer();
        return true;
    }

    private synchronized void evict() throws InterruptedException {
        while (users > 0) {
            wait();
        }
        loaded = null;
        cache = new ArrayList<>();
    }

    private synchronized void load(int numCtx, @Nullable Duration wanted) {
        users++;
        keepAlive = wanted == null ? DEFAULT_KEEP_ALIVE : wanted;
        loaded = new Loaded(numCtx, Instant.now().plus(keepAlive));
    }

    private synchronized void leave() {
        users--;
        restartTimer();
        notifyAll();
    }

    private synchronized void restartTimer() {
        if (loaded != null) {
            loaded = new Loaded(loaded.numCtx(), Instant.now().plus(keepAlive));
        }
    }

    private void sleep(double seconds) throws InterruptedException {
        Thread.sleep(Duration.ofNanos((long) (seconds * 1e9 / speed)));
    }

    /** One request's hold on the model. For one thread. */
    final class Use implements AutoCloseable {

        private boolean hasSlot;
        private int decoded;
        private long dueNanos;

        private Use() {}

        /** Waits until the requests before this one are through. */
        void awaitSlot() throws InterruptedException {
            slot.acquire();
            hasSlot = true;
        }

        /**
         * Reads the prompt: takes the time of the tokens that the last prompt and its answer did not begin with.
         *
         * @return how many did; at least one is always read anew, for without it there is nothing to go on from
         */
        int evaluate(List<String> prompt) throws InterruptedException {
            int most = Math.min(cache.size(), prompt.size() - 1);
            int cached = 0;
            while (cached < most && cache.get(cached).equals(prompt.get(cached))) {
                cached++;
            }
            cache = new ArrayList<>(prompt);
            sleep((prompt.size() - cached) / (double) weights.promptTokensPerSecond);
            dueNanos = System.nanoTime();
            return cached;
        }

        /** Takes the time of a token, 15 % more or less; a token that comes late does not delay those after it. */
        void decode(String token) throws InterruptedException {
            cache.add(token);
            double jitter = (decoded++ * 5 % 13 - 6) * 0.025;
            dueNanos += (long) (1e9 / weights.tokensPerSecond * (1 + jitter) / speed);
            Thread.sleep(Duration.ofNanos(dueNanos - System.nanoTime()));
        }

        @Override
        public void close() {
            if (hasSlot) {
                slot.release();
            }
            leave();
        }
    }
}
