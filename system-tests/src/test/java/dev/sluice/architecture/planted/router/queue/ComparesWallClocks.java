package dev.sluice.architecture.planted.router.queue;

/** Planted: a deadline by the wall clock of this machine, which the other tiers do not share. */
public class ComparesWallClocks {

    public boolean late(long deadlineMillis) {
        return System.currentTimeMillis() > deadlineMillis;
    }
}
