package dev.sluice.router.pipeline.run;

import dev.sluice.router.pipeline.run.JsonTree.Unreadable;

/**
 * What JSON takes on the heap once it is read, which may be ten times its bytes and more. It is counted while it is read, so that what
 * there is no room for is never there as a whole. About right for a JVM of 64 bits with compressed pointers.
 */
final class TreeRoom {

    /** As many as any value may have that expressions work on. */
    static final int MOST_VALUES = 10_000_000;

    /** Taken at once: all runs share one counter. */
    private static final int BLOCK = 64 * 1024;

    /** An object, and its place in what it is in. */
    private static final int VALUE = 32;

    /** Beside it, the array of a list that is not empty, the table of a map, and what a map keeps of each name. */
    private static final int ITEMS = 56;

    private static final int TABLE = 112;
    private static final int NAME = 48;
    private static final int TEXT = 24;

    private final Room room;
    private long values;
    private long untaken;

    TreeRoom(Room room) {
        this.room = room;
    }

    void value() throws Unreadable {
        if (++values > MOST_VALUES) {
            throw new Unreadable("has more than " + MOST_VALUES + " values, and an expression reads no more.");
        }
        add(VALUE);
    }

    void items() throws Unreadable {
        add(ITEMS);
    }

    void table() throws Unreadable {
        add(TABLE);
    }

    /** Names that are the same are there once. */
    void name() throws Unreadable {
        add(NAME);
    }

    void text(int length) throws Unreadable {
        add(TEXT + (long) Character.BYTES * length);
    }

    private void add(long bytes) throws Unreadable {
        untaken += bytes;
        if (untaken >= BLOCK) {
            take();
        }
    }

    /** What was not worth it so far. */
    void take() throws Unreadable {
        if (!room.take(untaken)) {
            throw Unreadable.noRoom();
        }
        untaken = 0;
    }
}
