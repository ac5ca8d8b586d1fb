package dev.sluice.system.containers;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.UncheckedIOException;
import java.util.List;

/** The Docker engine of this machine. */
public final class Engine {

    private Engine() {}

    public static boolean isThere() {
        return why().isEmpty();
    }

    /** Passes a test over where there is no engine or no Compose, with a word on what to install. */
    public static void assume() {
        String why = why();
        if (!why.isEmpty()) {
            abort(why);
        }
    }

    private static String why() {
        if (!answers("docker", "version")) {
            return "No Docker engine answers here, so this was not tried: install docker.io and start dockerd.";
        }
        if (!answers("docker", "compose", "version") && !answers("docker-compose", "version")) {
            return "There is no Compose here, so this was not tried: install docker-compose.";
        }
        return "";
    }

    /** Compose v2, or the older program of its own. */
    static List<String> compose() {
        return answers("docker", "compose", "version") ? List.of("docker", "compose") : List.of("docker-compose");
    }

    private static boolean answers(String... command) {
        try {
            return Command.run(command).ok();
        } catch (UncheckedIOException absent) {
            return false;
        }
    }
}
