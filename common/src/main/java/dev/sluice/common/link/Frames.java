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

    private static final Consumer<Cargo> RELEASE = Cargo::release;

    private Frames() {}

    static void eachCargo(Frame frame, Consumer<? super Cargo> action) {
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
        eachCargo(frame, RELEASE);
        if (frame instanceof Frame.Chunk chunk) {
            chunk.bytes().release();
        }
    }

    /** What belongs to the outcome of a query: in the order in which it was sent. */
    static boolean isResult(Frame frame) {
        return frame instanceof ResultFrame || frame instanceof Frame.Failed;
    }

    /** The query that a result belongs to; only where {@link #isResult}. */
    static long exchange(Frame result) {
        return result instanceof ResultFrame frame ? frame.exchange() : ((Frame.Failed) result).exchange();
    }

    static boolean isQuery(Frame frame) {
        return frame instanceof QueryFrame || frame instanceof BatchFrame;
    }
}
