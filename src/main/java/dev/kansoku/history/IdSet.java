package dev.kansoku.history;

import java.util.UUID;

/** A set of ids in 16 to 32 bytes each, a quarter of what a {@code HashSet} takes: an archive may hold millions of them. */
final class IdSet {

    private static final int FIRST_SLOTS = 1024;

    /** Two numbers a slot; both are 0 where it is free. */
    private long[] slots = new long[2 * FIRST_SLOTS];

    private int size;
    private boolean hasZero;

    /** Whether it was not in there yet. */
    boolean add(UUID id) {
        if (id.getMostSignificantBits() == 0 && id.getLeastSignificantBits() == 0) {
            boolean isNew = !hasZero;
            hasZero = true;
            return isNew;
        }
        if (4 * size >= slots.length) {
            grow();
        }
        boolean isNew = put(id.getMostSignificantBits(), id.getLeastSignificantBits());
        size += isNew ? 1 : 0;
        return isNew;
    }

    private void grow() {
        long[] before = slots;
        slots = new long[2 * before.length];
        for (int i = 0; i < before.length; i += 2) {
            if (before[i] != 0 || before[i + 1] != 0) {
                put(before[i], before[i + 1]);
            }
        }
    }

    /** There is always a free slot. */
    private boolean put(long high, long low) {
        int mask = slots.length / 2 - 1;
        int slot = Long.hashCode((high ^ Long.rotateLeft(low, 32)) * 0x9E3779B97F4A7C15L) & mask;
        while (slots[2 * slot] != 0 || slots[2 * slot + 1] != 0) {
            if (slots[2 * slot] == high && slots[2 * slot + 1] == low) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        slots[2 * slot] = high;
        slots[2 * slot + 1] = low;
        return true;
    }
}
