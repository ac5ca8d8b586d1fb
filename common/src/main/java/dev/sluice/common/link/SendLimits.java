package dev.sluice.common.link;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.BatchItem;
import dev.sluice.common.wire.Cargo;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.Frame.Hello;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import java.util.ArrayList;
import java.util.List;

/**
 * What the peer will never take, since it is larger than its largest payload or than all the credit that it gives. Such a
 * frame would end the link, or wait for ever and all that comes behind it; so its queries fail by themselves.
 *
 * @param payloadBytes the largest input or result
 * @param queryBytes what all items of a batch may weigh together
 */
record SendLimits(long payloadBytes, long queryBytes) {

    static SendLimits of(Hello peer) {
        return new SendLimits(peer.maxPayloadBytes(), peer.queryCreditBytes());
    }

    boolean fits(Frame frame) {
        if (frame instanceof Cargo cargo) {
            return fits(cargo);
        }
        return !(frame instanceof BatchFrame batch) || fits(batch);
    }

    private boolean fits(Cargo cargo) {
        return cargo.bodyBytes() <= payloadBytes;
    }

    private boolean fits(BatchFrame batch) {
        boolean fits = batch.weight() <= queryBytes;
        for (int i = 0; fits && i < batch.items().size(); i++) {
            fits = fits(batch.items().get(i));
        }
        return fits;
    }

    /** What the peer gets instead of a result. */
    Frame instead(ResultFrame result) {
        return failed(result.exchange(), ErrorCode.FAILED, "The result has " + tooMany(result));
    }

    /** What the sender gets, as if the peer had refused its query or batch. */
    List<Frame> refusal(Frame frame) {
        List<Frame> refusal = new ArrayList<>();
        if (frame instanceof QueryFrame query) {
            refusal.add(tooLarge(query.exchange(), query));
        } else if (frame instanceof BatchFrame batch) {
            long weight = 0;
            for (BatchItem item : batch.items()) {
                weight += item.weight();
                if (!fits(item)) {
                    refusal.add(tooLarge(item.exchange(), item));
                } else if (weight > queryBytes) {
                    refusal.add(tooMuch(item));
                }
            }
            // The others may come again, in a batch of their own.
            refusal.add(new Frame.Busy(batch.batch()));
        }
        return refusal;
    }

    private Frame tooLarge(long exchange, Cargo query) {
        return failed(exchange, ErrorCode.TOO_LARGE, "The input has " + tooMany(query));
    }

    private Frame tooMuch(BatchItem item) {
        return failed(
                item.exchange(),
                ErrorCode.OVERLOADED,
                "The query was in a batch of more than the " + queryBytes + " bytes that its host takes at a time"
                        + " (sluice.link.query-credit).");
    }

    private String tooMany(Cargo cargo) {
        return cargo.bodyBytes() + " bytes and may have " + payloadBytes + " (sluice.link.max-payload).";
    }

    private static Frame failed(long exchange, ErrorCode code, String message) {
        return new Frame.Failed(exchange, code.number(), 0, message);
    }
}
