package dev.sluice.common.wire;

/** The numbers of the frame types. They never change; new types get new numbers. */
final class FrameType {

    static final int HELLO = 1;
    static final int PROOF = 2;
    static final int PING = 3;
    static final int PONG = 4;
    static final int CREDIT = 5;
    static final int CHUNK = 6;
    static final int CHUNK_ACK = 7;
    static final int ANNOUNCE = 8;
    static final int CATALOGUE = 9;
    static final int DRAIN = 10;
    static final int QUERY = 11;
    static final int BATCH = 12;
    static final int RESULT = 13;
    static final int FAILURE = 14;
    static final int CANCEL = 15;
    static final int STARTED = 16;
    static final int BUSY = 17;
    static final int DONE = 18;
    static final int LOAD = 19;
    static final int PLACE = 20;
    static final int LENT = 21;
    static final int TAKEN = 22;
    static final int SPENT = 23;
    static final int REPORT = 24;

    /** Flag: who does not know the type must end the link rather than skip the frame. */
    static final int REQUIRED = 1;

    private FrameType() {}
}
