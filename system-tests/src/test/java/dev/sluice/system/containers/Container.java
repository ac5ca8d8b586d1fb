package dev.sluice.system.containers;

import dev.sluice.system.call.MetricsPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One container. */
public record Container(String id) {

    public Command.Outcome exec(String... command) {
        List<String> all = new ArrayList<>(List.of("docker", "exec", id));
        all.addAll(List.of(command));
        return Command.run(Map.of(), all);
    }

    /** What its management port answers, which nobody outside reaches. */
    public String show(String path) {
        return exec("/app/bin/show", path).orFail().output();
    }

    public MetricsPage metrics() {
        return MetricsPage.read(show("prometheus"));
    }

    public String log() {
        return Command.run("docker", "logs", id).orFail().output();
    }

    public String inspect(String format) {
        return Command.run("docker", "inspect", "--format", format, id)
                .orFail()
                .output()
                .strip();
    }

    /** As the engine's health check saw it last. */
    public boolean healthy() {
        return inspect("{{.State.Health.Status}}").equals("healthy");
    }

    /** As an operator would: with time to end what it has. */
    public void stop() {
        Command.run("docker", "stop", "-t", "45", id).orFail();
    }

    public void remove() {
        Command.run("docker", "rm", "--force", "--volumes", id).orFail();
    }
}
