package dev.sluice.frontend.zmq;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.io.Metadata;

/**
 * A message as it came from the socket.
 *
 * @param identity the client's, by which the socket knows it
 * @param returnPath what goes before a reply's frames: empty, or an empty frame, before which there is one for each proxy between
 * @param body the frames after the return path
 * @param client what the client said of itself, or null
 * @param whole false where it had more frames, or more bytes, than are kept
 * @param refused whether there was no room for one of its frames, which so is none
 */
record ClientMessage(
        byte[] identity,
        List<byte[]> returnPath,
        List<Msg> body,
        @Nullable Metadata client,
        boolean whole,
        boolean refused) {

    /** Three of the body, and a return path through some proxies. */
    static final int MOST_FRAMES = 12;

    /** A proxy's identity, as the protocol has it. */
    private static final int LONGEST_HOP = 255;

    static ClientMessage of(byte[] identity, List<Msg> frames, boolean whole) {
        int delimiter = delimiter(frames);
        List<byte[]> path = new ArrayList<>(delimiter + 1);
        boolean hopsFit = true;
        for (Msg hop : frames.subList(0, delimiter + 1)) {
            if (hop.size() <= LONGEST_HOP) {
                path.add(hop.data());
            } else {
                ArrivingFrames.giveBack(hop);
                hopsFit = false;
            }
        }
        boolean truncated = ArrivingFrames.truncated(frames.get(frames.size() - 1));
        return new ClientMessage(
                identity,
                path,
                frames.subList(delimiter + 1, frames.size()),
                frames.get(0).getMetadata(),
                whole && hopsFit && !truncated,
                frames.stream().anyMatch(ArrivingFrames::refused));
    }

    /** An empty frame ends the return path, as REQ sends it, unless it is the last one: an empty payload. -1: there is none. */
    private static int delimiter(List<Msg> frames) {
        for (int i = 0; i < frames.size() - 1; i++) {
            if (frames.get(i).size() == 0) {
                return i;
            }
        }
        return -1;
    }

    boolean hasDelimiter() {
        return !returnPath.isEmpty();
    }

    /** Whether the client is a REQ socket: then it takes one reply, and no other before it asks again. */
    boolean fromReq() {
        return client != null && "REQ".equals(client.get(Metadata.SOCKET_TYPE));
    }

    Connection connection() {
        return new Connection(client);
    }
}
