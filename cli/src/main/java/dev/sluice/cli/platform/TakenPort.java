package dev.sluice.cli.platform;

/** The sentence about a port that somebody else listens on. */
final class TakenPort {

    private TakenPort() {}

    static String sentence(Instance instance) {
        return sentence(instance, instance.port(), "--" + instance.tier().word() + "-port");
    }

    static String sentence(Instance instance, ExtraPort extra, int port) {
        return sentence(instance, port, extra.option());
    }

    private static String sentence(Instance instance, int port, String option) {
        String who = PortHolder.of(port).map(holder -> " by " + holder).orElse("");
        return "Port " + port + ", which " + instance.name() + " needs, is taken" + who + ": stop that, or give "
                + option + " another one.";
    }
}
