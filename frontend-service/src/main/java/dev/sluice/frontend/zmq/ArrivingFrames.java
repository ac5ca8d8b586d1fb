package dev.sluice.frontend.zmq;

import dev.sluice.common.concurrent.RetainedBytes;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.io.Metadata;
import zmq.msg.MsgAllocator;

/**
 * Bounds what clients may make this process hold before a message of theirs is whole: ZeroMQ reads a message of any number of
 * frames to its end, and makes room for a frame when it has only read how long that is. So a large frame is counted from then
 * on; one for which there is no room is read into memory that all such share and nobody looks at, so that its client can be told;
 * and of a message that goes on for too long the rest is dropped as it comes. Only the I/O thread calls it.
 */
final class ArrivingFrames implements MsgAllocator {

    /** Smaller frames are counted with their message. */
    static final int LARGE = 64 * 1024;

    private static final int MOST_PARTIAL = 4096;
    private static final Cleaner CLEANER = Cleaner.create();

    private final RetainedBytes held;
    private final int mostFrames;
    private final long mostBytes;

    /** Where frames go that are refused. */
    private @Nullable ByteBuffer scrap;

    /** Messages of which some frames came. Of those that broke off, the oldest is forgotten. */
    private final Map<Connection, Partial> partial = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Connection, Partial> eldest) {
            return size() > MOST_PARTIAL;
        }
    };

    /**
     * @param held what clients have sent, and the most that it may be
     * @param mostFrames of one message
     * @param mostBytes of one message, and of one frame
     */
    ArrivingFrames(RetainedBytes held, int mostFrames, long mostBytes) {
        this.held = held;
        this.mostFrames = mostFrames;
        this.mostBytes = mostBytes;
    }

    /**
     * Never throws: the library would decode the same bytes again and again and serve nobody any more. Of a size that is negative in
     * 64 bits it looks at the lower half only, which may be anything; what follows is read as one large frame that is refused, and
     * since nothing else is heard of that client, its heartbeat ends the connection.
     */
    @Override
    public Msg allocate(int size) {
        if (size < 0 || size > mostBytes) {
            return new Frame(scrap());
        }
        if (size < LARGE) {
            return new Frame(size, null);
        }
        if (!held.take(size)) {
            return new Frame(scrap().limit(size));
        }
        Charge charge = new Charge(held, size);
        Frame frame = new Frame(size, charge);
        // For a frame that nobody gets, since its client goes before the message is whole.
        CLEANER.register(frame, charge::give);
        return frame;
    }

    private ByteBuffer scrap() {
        ByteBuffer all = scrap;
        if (all == null) {
            all = ByteBuffer.allocateDirect((int) mostBytes);
            scrap = all;
        }
        return all.duplicate();
    }

    /** Whether the frame is passed on. */
    private boolean admit(Connection from, Frame frame) {
        Partial message = partial.get(from);
        if (message == null) {
            if (!frame.hasMore()) {
                return true;
            }
            message = new Partial();
            partial.put(from, message);
        }
        message.frames++;
        message.bytes += frame.size();
        boolean fits = message.frames <= mostFrames && message.bytes <= mostBytes;
        if (!frame.hasMore()) {
            partial.remove(from);
            frame.truncated = message.truncated || !fits;
            return true;
        }
        message.truncated |= !fits;
        return fits;
    }

    /** For a frame that nobody reads. */
    static void giveBack(Msg frame) {
        if (frame instanceof Frame arrived && arrived.charge != null) {
            arrived.charge.give();
        }
    }

    /** What {@code frame} was counted for when it was allocated; whoever asks gives it back. 0 for one that was not. */
    static long takeOver(Msg frame) {
        return frame instanceof Frame arrived && arrived.charge != null ? arrived.charge.takeOver() : 0;
    }

    /** Whether there was no room for the frame: what it holds is not what was sent. */
    static boolean refused(Msg frame) {
        return frame instanceof Frame arrived && arrived.refused;
    }

    /** Whether frames before this last one were dropped. */
    static boolean truncated(Msg frame) {
        return frame instanceof Frame arrived && arrived.truncated;
    }

    /** A message that is not whole yet. */
    private static final class Partial {

        private int frames;
        private long bytes;
        private boolean truncated;
    }

    /** A frame as it comes. ZeroMQ tells it whose it is when it is whole, just before it is passed on. */
    private final class Frame extends Msg {

        private final @Nullable Charge charge;
        private final boolean refused;
        private boolean truncated;

        Frame(int size, @Nullable Charge charge) {
            super(size);
            this.charge = charge;
            this.refused = false;
        }

        Frame(ByteBuffer scrap) {
            super(scrap);
            this.charge = null;
            this.refused = true;
        }

        @Override
        public Msg setMetadata(Metadata metadata) {
            if (metadata != null && !isCommand() && !admit(new Connection(metadata), this)) {
                // Commands of the transport end here.
                setFlags(COMMAND);
            }
            return super.setMetadata(metadata);
        }
    }
}
