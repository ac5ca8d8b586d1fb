package dev.sluice.system.site;

import dev.sluice.cli.platform.PlatformSpec;
import dev.sluice.cli.platform.Tier;
import java.nio.file.Path;

/** How many of each there are, and what is set. */
public enum Shape {
    /** One router, two hosts, two frontends: what goes wrong here goes wrong in queries, the processes live on. */
    STEADY(2, 1, 2) {
        @Override
        PlatformSpec settings(PlatformSpec spec) {
            PlatformSpec alone = spec;
            for (String actor : FIRST_HOST_ONLY) {
                alone = alone.property("host-1", "sluice.actors." + actor + ".replicas", "0");
            }
            return alone.property("host-0", "sluice.actors.pace.args.host", "0")
                    .property("host-1", "sluice.actors.pace.args.host", "1")
                    .property("host-0", "sluice.actors.streams.replicas", "3")
                    // Its batches are to be what waits, whatever is known of how long they take.
                    .property("host-0", "sluice.actors.sleeper.args.duration", "3s")
                    .property("host-0", "sluice.actors.sleeper.scheduler", "fifo");
        }
    },

    /** Two frontends, two routers, three hosts: its processes are killed, frozen and stopped. */
    PAIRS(2, 2, 3) {
        @Override
        PlatformSpec settings(PlatformSpec spec) {
            return spec.property(Tier.HOST, "sluice.actors.digits.replicas", "0")
                    .property(Tier.HOST, "sluice.actors.filetype.replicas", "0")
                    .property(Tier.HOST, "sluice.actors.vadder.args.increment", "3")
                    .property(Tier.HOST, "sluice.host.drain-timeout", "15s")
                    // So that there is time to see a frontend that is not ready any more and serves.
                    .property(Tier.FRONTEND, "sluice.drain.grace", "3s")
                    // Longer than a site waits for the end of a process: what ends before does not wait for its
                    // streams.
                    .property(Tier.FRONTEND, "sluice.drain.stream-limit", "2m")
                    .property(Tier.FRONTEND, "spring.lifecycle.timeout-per-shutdown-phase", "3m")
                    .property(Tier.ROUTER, "sluice.router.max-queue-size", "300")
                    // So that there is something that routers manage.
                    .property(
                            Tier.ROUTER,
                            "sluice.fleet.actors-file",
                            Places.project()
                                    .resolve("system-tests/src/test/resources/pairs-actors.yaml")
                                    .toString());
        }
    },

    /** A frontend, two routers, a host that serves little: it is about who finds whom. */
    FOUND(1, 2, 1) {
        @Override
        PlatformSpec settings(PlatformSpec spec) {
            PlatformSpec light = spec;
            for (String actor : FIRST_HOST_ONLY) {
                light = light.property(Tier.HOST, "sluice.actors." + actor + ".replicas", "0");
            }
            return light;
        }
    },

    /** A frontend, a router, three hosts with room and nothing else but {@code echo}: its actors are deployed by tests. */
    FLEET(1, 1, 3) {
        @Override
        PlatformSpec settings(PlatformSpec spec) {
            int router = spec.tier(Tier.ROUTER).firstPort();
            // A test may start a second router beside the first.
            return empty(spec)
                    .property(
                            Tier.HOST,
                            "sluice.routers",
                            "http://127.0.0.1:" + router + ",http://127.0.0.1:" + (router + 1));
        }
    },

    /** A frontend, a router, a host with the demo actors and models: it is about how callers speak. */
    SPOKEN(1, 1, 1) {
        @Override
        PlatformSpec settings(PlatformSpec spec) {
            Path folder = Places.folder("spoken-models");
            AddingModel models = new AddingModel(folder);
            models.put("adds", "1", 1);
            models.put("versions", "1", 1);
            models.put("versions", "2", 5);
            models.put("pair", "1", PairModel.bytes());
            SqlFiles sql = SqlFiles.in(Places.folder("spoken-sql"))
                    .put(
                            "orders-of.sql",
                            "-- @param customer bigint",
                            "select id, amount from orders where customer = :customer order by id")
                    .put(
                            "worth-of.sql",
                            "-- @param customer bigint",
                            "select inputs.query_id, count(*) as orders from inputs",
                            "join orders on orders.customer = inputs.customer group by inputs.query_id")
                    .put(
                            "numbers.sql",
                            "-- @param most bigint",
                            "select range as n, range * 2 as twice from range(:most)");
            return spec.property(Tier.HOST, "sluice.host.models.dir", folder.toString())
                    .property(Tier.HOST, "sluice.host.sql.dir", sql.queries().toString())
                    .property(Tier.HOST, "sluice.host.sql.data-dir", sql.data().toString())
                    .property(Tier.HOST, "sluice.host.slots", "60");
        }
    },

    /** A frontend, two routers, two hosts, else as {@link #FLEET}: what is wanted has to be shared. */
    TWINS(1, 2, 2) {
        @Override
        PlatformSpec settings(PlatformSpec spec) {
            return empty(spec);
        }
    };

    /** With its {@code echo} replica each host has room for four. */
    private static final int SLOTS = 5;

    /** They count or are counted, so that they mean something only while there is one of them; or are heavy. */
    private static final String[] FIRST_HOST_ONLY = {
        "counter", "crowd", "sleeper", "ordered", "in-turn", "wide", "streams", "streamlog", "digits", "filetype"
    };

    private static final String[] ALL_BUT_ECHO = {
        "adder",
        "counter",
        "crowd",
        "digits",
        "faulty",
        "filetype",
        "gate",
        "in-turn",
        "lethal",
        "model",
        "noop",
        "often",
        "once",
        "ordered",
        "pace",
        "sleeper",
        "slow",
        "streamlog",
        "streams",
        "ticks",
        "vadder",
        "wide"
    };

    private final int frontends;
    private final int routers;
    private final int hosts;

    Shape(int frontends, int routers, int hosts) {
        this.frontends = frontends;
        this.routers = routers;
        this.hosts = hosts;
    }

    private static PlatformSpec empty(PlatformSpec spec) {
        PlatformSpec empty = spec.property(Tier.HOST, "sluice.host.slots", Integer.toString(SLOTS));
        for (String actor : ALL_BUT_ECHO) {
            empty = empty.property(Tier.HOST, "sluice.actors." + actor + ".replicas", "0");
        }
        return empty;
    }

    abstract PlatformSpec settings(PlatformSpec spec);

    PlatformSpec of(PlatformSpec bare) {
        return settings(
                bare.count(Tier.FRONTEND, frontends).count(Tier.ROUTER, routers).count(Tier.HOST, hosts));
    }
}
