package dev.sluice.router.fleet.control;

import dev.sluice.common.placement.Placement;
import dev.sluice.router.fleet.plan.HostState;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The way between one controller and one host: all arrives in order and late; what is under way is lost when it breaks. */
final class SimulatedLink {

    private record Sent<T>(T what, long arrivesNanos) {}

    final SimulatedHost host;
    private final Deque<Sent<HostState>> toController = new ArrayDeque<>();
    private final Deque<Sent<Placement>> toHost = new ArrayDeque<>();
    private long lastToController;
    private long lastToHost;
    private boolean up = true;

    /** Whether the view is of the link before this one: what is sent on that view goes that way, and is lost. */
    private boolean stale;

    private long upSince;
    private long noticedNanos;
    private @Nullable HostState view;

    SimulatedLink(SimulatedHost host) {
        this.host = host;
    }

    boolean isUp() {
        return up;
    }

    /** Whether it has been up for so long that all that was sent before is known at both ends. */
    boolean isOld(long now, long nanos) {
        return up && now - upSince >= nanos;
    }

    /** @param noticedNanos when the controller sees that it is broken */
    void breakDown(long noticedNanos) {
        if (up) {
            up = false;
            this.noticedNanos = noticedNanos;
            toController.clear();
            toHost.clear();
        }
    }

    void mend(long now) {
        up = true;
        stale = true;
        upSince = now;
        lastToController = now;
        lastToHost = now;
    }

    void announce(HostState state, long arrivesNanos) {
        if (up) {
            lastToController = Math.max(lastToController, arrivesNanos);
            toController.add(new Sent<>(state, lastToController));
        }
    }

    void place(Placement placement, long arrivesNanos) {
        if (up && !stale) {
            lastToHost = Math.max(lastToHost, arrivesNanos);
            toHost.add(new Sent<>(placement, lastToHost));
        }
    }

    @Nullable Placement nextToHost(long now) {
        Sent<Placement> next = toHost.peek();
        return next != null && now >= next.arrivesNanos() ? toHost.remove().what() : null;
    }

    /** The host as the controller sees it; null where it sees none. */
    @Nullable HostState view(long now) {
        if (!up && now >= noticedNanos) {
            view = null;
        }
        while (!toController.isEmpty() && now >= toController.peek().arrivesNanos()) {
            view = toController.remove().what();
            stale = false;
        }
        return view;
    }
}
