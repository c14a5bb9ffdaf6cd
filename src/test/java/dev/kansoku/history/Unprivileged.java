package dev.kansoku.history;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Does something as one to whom the permissions of files apply, on a thread of its own. They do not to root, so on Linux the
 * thread, and with it those that it starts, lays down what root can do more.
 */
final class Unprivileged {

    interface Task {
        void run() throws Exception;
    }

    /** {@code _LINUX_CAPABILITY_VERSION_3}: two words of each set. */
    private static final int VERSION = 0x20080522;

    private static final int WORDS = 6;

    /** {@code CAP_DAC_OVERRIDE} and {@code CAP_DAC_READ_SEARCH}. */
    private static final int PASSES_PERMISSIONS = (1 << 1) | (1 << 2);

    private Unprivileged() {}

    /** @param readOnly a folder that must not be writable; that it is so is checked first */
    static void run(Path readOnly, Task task) throws Exception {
        var done = new CompletableFuture<Boolean>();
        Thread.ofPlatform().name("unprivileged").start(() -> {
            try {
                if (System.getProperty("os.name").equals("Linux")) {
                    layDown();
                }
                assertReadOnly(readOnly);
                task.run();
                done.complete(true);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        try {
            done.join();
        } catch (CompletionException e) {
            throw new AssertionError(String.valueOf(e.getCause()), e.getCause());
        }
    }

    private static void assertReadOnly(Path folder) throws Exception {
        try {
            Files.delete(Files.createFile(folder.resolve("probe")));
        } catch (AccessDeniedException e) {
            return;
        }
        throw new AssertionError("not read-only for this thread: " + folder);
    }

    private static void layDown() throws Throwable {
        Linker linker = Linker.nativeLinker();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment header = arena.allocate(ValueLayout.JAVA_INT, 2);
            header.setAtIndex(ValueLayout.JAVA_INT, 0, VERSION);
            MemorySegment sets = arena.allocate(ValueLayout.JAVA_INT, WORDS);
            call(linker, "capget", header, sets);
            // In the first word of what is in force, and of what may be.
            for (int word = 0; word < 2; word++) {
                int now = sets.getAtIndex(ValueLayout.JAVA_INT, word);
                sets.setAtIndex(ValueLayout.JAVA_INT, word, now & ~PASSES_PERMISSIONS);
            }
            call(linker, "capset", header, sets);
        }
    }

    @SuppressWarnings("restricted") // The JDK has no other way to it.
    private static void call(Linker linker, String name, MemorySegment header, MemorySegment sets) throws Throwable {
        MethodHandle function = linker.downcallHandle(
                linker.defaultLookup().find(name).orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        int result = (int) function.invokeExact(header, sets);
        if (result != 0) {
            throw new AssertionError(name + " failed");
        }
    }
}
