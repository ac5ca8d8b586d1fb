package dev.sluice.common.link;

import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.BatchItem;
import dev.sluice.common.wire.Cargo;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import java.util.List;
import java.util.function.Consumer;

/** What frames have in common as far as links care: the cargo in them. */
final class Frames {

    private static final long NONE = Long.MIN_VALUE;

    private Frames() {}

    static void eachCargo(Frame frame, Consumer<Cargo> action) {
        if (frame instanceof Cargo cargo) {
            action.accept(cargo);
        } else if (frame instanceof BatchFrame batch) {
            List<BatchItem> items = batch.items();
            for (int i = 0; i < items.size(); i++) {
                action.accept(items.get(i));
            }
        }
    }

    /** The credit that the frame takes. */
    static long weight(Frame frame) {
        if (frame instanceof Cargo cargo) {
            return cargo.weight();
        }
        return frame instanceof BatchFrame batch ? batch.weight() : 0;
    }

    static void release(Frame frame) {
        eachCargo(frame, Cargo::release);
        if (frame instanceof Frame.Chunk chunk) {
            chunk.bytes().release();
        }
    }

    /** Whether two frames belong to one query, whose results must keep their order. */
    static boolean sameExchange(Frame one, Frame other) {
        long exchange = resultOf(one);
        return exchange != NONE && exchange == resultOf(other);
    }

    private static long resultOf(Frame frame) {
        if (frame instanceof ResultFrame result) {
            return result.exchange();
        }
        return frame instanceof Frame.Failed failed ? failed.exchange() : NONE;
    }

    static boolean isResult(Frame frame) {
        return frame instanceof ResultFrame || frame instanceof Frame.Failed;
    }

    static boolean isQuery(Frame frame) {
        return frame instanceof QueryFrame || frame instanceof BatchFrame;
    }
}
