package dev.sluice.cli.platform;

/** The sentence about a port that somebody else listens on. */
final class TakenPort {

    private TakenPort() {}

    static String sentence(Instance instance) {
        String who =
                PortHolder.of(instance.port()).map(holder -> " by " + holder).orElse("");
        return "Port " + instance.port() + ", which " + instance.name() + " needs, is taken" + who
                + ": stop that, or give --" + instance.tier().word() + "-port another one.";
    }
}
