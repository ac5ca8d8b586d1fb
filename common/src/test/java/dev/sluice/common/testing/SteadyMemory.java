package dev.sluice.common.testing;

import io.netty.util.internal.PlatformDependent;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tells whether work that is repeated keeps memory. What is loaded, compiled or pooled once grows now and then; what is lost with
 * every round grows in every part of the work, and only that is a fault.
 */
public final class SteadyMemory {

    private static final int PARTS = 4;

    private final int rounds;
    private final long most;
    private final List<Long> heap = new ArrayList<>();
    private final List<Long> direct = new ArrayList<>();

    /**
     * @param rounds how often the work is done
     * @param bytes that a round keeps at least, where one does
     */
    public SteadyMemory(int rounds, int bytes) {
        this.rounds = rounds;
        most = (long) rounds / PARTS * bytes;
    }

    /** After each round, with what it is to be kept of it dropped. */
    public void done(int round) {
        if (round > 0 && round % (rounds / PARTS) == 0) {
            look();
        }
    }

    private void look() {
        System.gc();
        heap.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        direct.add(PlatformDependent.usedDirectMemory());
    }

    public void assertKeptNothing() {
        assertSteady("heap", heap);
        assertSteady("direct memory", direct);
    }

    private void assertSteady(String what, List<Long> used) {
        if (used.size() != PARTS) {
            throw new AssertionError("Looked " + used.size() + " times and not " + PARTS);
        }
        boolean alwaysGrew = IntStream.range(1, PARTS).allMatch(i -> used.get(i) - used.get(i - 1) > most);
        if (alwaysGrew) {
            throw new AssertionError("The " + what + " grew with every part of the work: " + used);
        }
    }
}
