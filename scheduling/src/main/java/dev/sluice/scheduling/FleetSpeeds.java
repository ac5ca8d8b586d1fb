package dev.sluice.scheduling;

import java.util.ArrayList;
import java.util.List;

/**
 * How long batches take on each kind of host, and how much slower each replica is than others of its kind. The kind that
 * most replicas are of is the ordinary one. Not thread-safe.
 */
final class FleetSpeeds {

    private final LatencyProfile profile = new LatencyProfile();
    private final List<HostKind> kinds = new ArrayList<>();
    private double sum;

    LatencyProfile profile() {
        return profile;
    }

    /** How many ordinary replicas do as much as all of them. */
    double sum() {
        return sum;
    }

    HostKind joined(String name) {
        HostKind kind = null;
        for (HostKind each : kinds) {
            kind = each.name().equals(name) ? each : kind;
        }
        if (kind == null) {
            kind = new HostKind(name);
            kinds.add(kind);
        }
        kind.members++;
        lead();
        return kind;
    }

    void left(HostKind kind) {
        kind.members--;
        lead();
    }

    /** Makes the largest kind the ordinary one; the first of equals. */
    private void lead() {
        HostKind leading = kinds.get(0);
        for (HostKind each : kinds) {
            leading = each.members > leading.members ? each : leading;
        }
        profile.lead(leading.name());
        double before = leading.pace();
        for (HostKind each : kinds) {
            each.pace(each == leading ? 1 : each.pace() / before);
        }
    }

    /** Returns whether the speed of any replica is another one now. */
    boolean learn(
            TrackedReplica replica,
            String name,
            int rows,
            double nanos,
            long startedAt,
            long endedAt,
            List<TrackedReplica> members) {
        MethodProfile method = profile.method(name);
        HostKind kind = replica.kind();
        MethodTimes own = method.own(kind);
        boolean known = own.known();
        boolean changed = false;
        if (known && kind.members > 1) {
            double before = replica.slowdown();
            replica.measured(nanos / Math.max(1, own.typical(rows)), endedAt);
            changed = before != replica.slowdown();
            if (changed && mostDiffer(kind, members)) {
                // Then it is the ordinary that has changed.
                forgetSpeeds(kind, members);
            }
        }
        if (own.record(rows, nanos / replica.slowdown(), startedAt, endedAt)) {
            forgetSpeeds(kind, members);
            changed = true;
        }
        if (!known) {
            method.settle();
        }
        if (own != method.ordinary()) {
            kind.pace(profile.pace(kind));
            changed = true;
        }
        return changed;
    }

    void reckon(List<TrackedReplica> members) {
        double all = 0;
        double trusted = 0;
        for (int i = 0; i < members.size(); i++) {
            TrackedReplica replica = members.get(i);
            all += 1 / replica.pace();
            trusted += replica.shunned ? 0 : 1 / replica.pace();
        }
        // Where all fail, they will have to do.
        sum = trusted > 0 ? trusted : all;
    }

    private static boolean mostDiffer(HostKind kind, List<TrackedReplica> members) {
        int differ = 0;
        for (int i = 0; i < members.size(); i++) {
            TrackedReplica replica = members.get(i);
            differ += replica.kind() == kind && replica.slowdown() != 1 ? 1 : 0;
        }
        return differ > kind.members / 2;
    }

    private static void forgetSpeeds(HostKind kind, List<TrackedReplica> members) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).kind() == kind) {
                members.get(i).forgetSpeed();
            }
        }
    }
}
