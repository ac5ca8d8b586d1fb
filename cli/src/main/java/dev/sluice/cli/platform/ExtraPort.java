package dev.sluice.cli.platform;

/** Ports that the processes of a tier have beside the one that gives them their URL. */
public enum ExtraPort {
    /** The Open Inference Protocol over gRPC. */
    GRPC(Tier.FRONTEND, "sluice.frontend.grpc.port", 8001, "--grpc-port"),

    /** Arrow Flight. */
    FLIGHT(Tier.FRONTEND, "sluice.frontend.flight.port", 8815, "--flight-port"),

    ZEROMQ(Tier.FRONTEND, "sluice.frontend.zmq.port", 5555, "--zeromq-port");

    private final Tier tier;
    private final String property;
    private final int first;
    private final String option;

    ExtraPort(Tier tier, String property, int first, String option) {
        this.tier = tier;
        this.property = property;
        this.first = first;
        this.option = option;
    }

    public Tier tier() {
        return tier;
    }

    /** The Spring property that says it to a process; of a tier, that of its first one. */
    public String property() {
        return property;
    }

    /** That of the tier's first process, where nothing else is said; the others follow it. */
    public int first() {
        return first;
    }

    /** How people name another one. */
    String option() {
        return option;
    }
}
