package dev.sluice.frontend.gateway;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.link.Exchanges;
import dev.sluice.common.link.Link;
import dev.sluice.common.link.LinkReceiver;
import dev.sluice.common.membership.CatalogueContent;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.report.QueryReport;
import dev.sluice.common.wire.BatchFrame;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.FrameException;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import org.jspecify.annotations.Nullable;

/** One router's link and the calls that are with it. Frames come on the link's event loop; the rest is thread-safe. */
final class RouterLink implements LinkReceiver {

    private final Link link;
    private final Routers routers;
    private final Exchanges<Call> calls = new Exchanges<>();
    private volatile boolean complete;
    private volatile boolean draining;

    RouterLink(Link link, Routers routers) {
        this.link = link;
        this.routers = routers;
    }

    Link link() {
        return link;
    }

    String nodeId() {
        return link.peer().nodeId();
    }

    /** The less the better: one that drains, or does not know its hosts yet, comes after those that are well. */
    int reluctance() {
        return (complete ? 0 : 1) + (draining ? 1 : 0);
    }

    /** Whether it has sent a catalogue, as it does when it has been up for a lease. */
    boolean knowsItsHosts() {
        return complete;
    }

    long nextExchange() {
        return calls.nextNumber();
    }

    void add(long exchange, Call call) {
        calls.put(exchange, call);
    }

    /** Whether the caller is the one who ends the call. */
    boolean take(long exchange, Call call) {
        return calls.take(exchange, call);
    }

    boolean isDraining() {
        return draining;
    }

    int inFlight() {
        return calls.size();
    }

    @Override
    public void received(Frame frame) {
        if (frame instanceof ResultFrame result) {
            result(result);
        } else if (frame instanceof Frame.Failed failed) {
            Call call = calls.take(failed.exchange());
            if (call != null) {
                call.failed(
                        new Failure(ErrorCode.of(failed.code()), failed.message(), failed.retryAfterMillis()), this);
            }
        } else if (frame instanceof Frame.Report report) {
            Call call = calls.find(report.exchange());
            // It is kept for long, so one that is larger than there are is not.
            if (call != null && report.report().length <= QueryReport.MOST_BYTES) {
                call.reported(report);
            }
        } else if (frame instanceof Frame.Catalogue catalogue) {
            routers.catalogue(this, MembershipJson.read(catalogue.json(), CatalogueContent.class));
            complete = true;
        } else if (frame instanceof Frame.Drain) {
            draining = true;
        } else {
            refuse(frame);
        }
    }

    /** Frontends run nothing: work sent to one would wait for ever. */
    private static void refuse(Frame frame) {
        if (frame instanceof QueryFrame query) {
            query.release();
            throw new FrameException("a query, to a frontend");
        } else if (frame instanceof BatchFrame batch) {
            batch.release();
            throw new FrameException("a batch, to a frontend");
        }
    }

    private void result(ResultFrame result) {
        boolean more = result.kind() == ResultFrame.Kind.ITEM;
        @Nullable Call call = more ? calls.find(result.exchange()) : calls.take(result.exchange());
        if (call == null) {
            result.release();
        } else if (more) {
            call.item(result);
        } else {
            call.last(result);
        }
    }

    @Override
    public void closed(String reason) {
        routers.lost(this, reason);
        calls.takeAll(call -> call.lost(this));
    }

    @Override
    public String toString() {
        return nodeId();
    }
}
