package dev.sluice.router.fleet.store;

/** The keys of a {@link FleetStore}. */
public final class FleetKeys {

    static final String ACTORS = "actors/";
    static final String HOSTS = "hosts/";

    private FleetKeys() {}

    /** Under which there is what is wanted of an actor, as {@link dev.sluice.router.fleet.goal.GoalJson} writes it. */
    public static String actor(String name) {
        return ACTORS + name;
    }

    /** Under which there is what an operator wants of a host: {@code {"drained": true}}. */
    public static String host(String nodeId) {
        return HOSTS + nodeId;
    }
}
