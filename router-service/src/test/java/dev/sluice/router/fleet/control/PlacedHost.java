package dev.sluice.router.fleet.control;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.Applied;
import dev.sluice.common.membership.Announcement.Offer;
import dev.sluice.common.membership.Announcement.Placing;
import dev.sluice.common.membership.Announcement.Replica;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.placement.ActorKinds;
import dev.sluice.common.placement.Placement;
import dev.sluice.common.placement.VersionSpec;
import dev.sluice.common.wire.Frame;
import dev.sluice.router.dispatch.RouterLinks;
import dev.sluice.router.testing.FakeLink;
import dev.sluice.router.testing.VirtualTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A host that does what routers ask for, as soon as the test lets it. */
public final class PlacedHost {

    FakeLink link;
    private final RouterLinks links;
    private final String nodeId;
    private final VirtualTime time;
    private final Map<String, Placement> applied = new LinkedHashMap<>();
    private final Map<String, Replica> replicas = new LinkedHashMap<>();
    private final Set<String> placed = new TreeSet<>();
    private final List<String> routers;
    private final int slots;

    /** Versions whose replicas fail when they start. */
    public final Set<String> broken = new TreeSet<>();

    /** Versions whose replicas take the whole process with them as soon as they start. */
    final Set<String> deadly = new TreeSet<>();

    /** Versions of which nothing is started. */
    final Set<String> ignored = new TreeSet<>();

    private long incarnation = 1;

    /** As what it runs is announced. */
    public boolean idempotent = true;

    PlacedHost(RouterLinks links, VirtualTime time, String nodeId, int slots, String... routers) {
        this.time = time;
        this.slots = slots;
        this.routers = List.of(routers);
        this.links = links;
        this.nodeId = nodeId;
        link = new FakeLink(FakeLink.hello(nodeId, incarnation), time.newShard());
        opens();
    }

    private void opens() {
        link.receiver(links.opened(link));
        time.run();
        announce();
    }

    /** All that it runs of a version are given up. */
    void getsStuck(String version) {
        replicas.replaceAll((id, replica) -> replica.version().equals(version)
                ? new Replica(id, replica.actor(), version, State.FAILED, "It was given up.")
                : replica);
        announce();
    }

    /** Its process ends, and another one begins with nothing. */
    void restarts() {
        dies();
        applied.clear();
        replicas.clear();
        incarnation++;
        link = new FakeLink(FakeLink.hello(nodeId, incarnation), time.newShard());
        opens();
    }

    /** One that its own configuration names. */
    public void ownReplica(String id, String actor) {
        replicas.put(id, new Replica(id, actor, "1", State.READY, ""));
        announce();
    }

    /** One that a router has placed before the router of the test began. */
    void placedReplica(String id, String actor) {
        placed.add(id);
        ownReplica(id, actor);
    }

    /** Does what it was asked for since; how many placements that were. */
    public int obeys() {
        List<Frame.Place> asked = link.take(Frame.Place.class);
        for (Frame.Place frame : asked) {
            Placement placement = MembershipJson.read(frame.json(), Placement.class);
            applied.put(placement.actor(), placement);
            Set<String> wanted = new TreeSet<>(placement.kept());
            for (Placement.Wanted replica : placement.replicas()) {
                wanted.add(replica.id());
                if (deadly.contains(replica.version())) {
                    restarts();
                    return asked.size();
                }
                if (replicas.size() < slots && !ignored.contains(replica.version())) {
                    replicas.putIfAbsent(replica.id(), started(placement.actor(), replica));
                    placed.add(replica.id());
                }
            }
            replicas.values()
                    .removeIf(replica -> replica.actor().equals(placement.actor()) && !wanted.contains(replica.id()));
        }
        announce();
        return asked.size();
    }

    private Replica started(String actor, Placement.Wanted replica) {
        boolean fails = broken.contains(replica.version());
        return new Replica(
                replica.id(), actor, replica.version(), fails ? State.FAILED : State.READY, fails ? "no" : "");
    }

    void announce() {
        placed.retainAll(replicas.keySet());
        Placing placing = new Placing(
                List.of(new Offer(ActorKinds.JAVA, "model")),
                List.copyOf(placed),
                applied.values().stream()
                        .map(each -> new Applied(each.actor(), each.store(), each.revision()))
                        .toList(),
                List.of(),
                routers);
        Announcement said = new Announcement(
                slots, false, descriptors(), new ArrayList<>(replicas.values()), "", Optional.of(placing));
        link.receive(new Frame.Announce(MembershipJson.write(said)));
        time.run();
    }

    private List<ActorDescriptor> descriptors() {
        Set<List<String>> known = new LinkedHashSet<>();
        applied.values()
                .forEach(each -> each.versions().stream()
                        .map(VersionSpec::version)
                        .forEach(version -> known.add(List.of(each.actor(), version))));
        replicas.values().forEach(each -> known.add(List.of(each.actor(), each.version())));
        return known.stream()
                .map(each -> new ActorDescriptor(
                        each.get(0),
                        each.get(1),
                        idempotent,
                        1_000,
                        "fifo",
                        "",
                        List.of(new MethodDescriptor("call", true, 4, 0, false, "String", "String"))))
                .toList();
    }

    public List<String> running(String version) {
        return replicas.values().stream()
                .filter(replica -> replica.version().equals(version))
                .map(Replica::id)
                .toList();
    }

    public List<String> running() {
        return List.copyOf(replicas.keySet());
    }

    public void dies() {
        link.close("it died");
        time.run();
    }
}
