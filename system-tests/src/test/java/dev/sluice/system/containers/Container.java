package dev.sluice.system.containers;

import dev.sluice.system.call.MetricsPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One container. */
public record Container(String id) {

    /** Runs beside all others until it is removed. */
    public static Container start(List<String> options, String image, String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker", "run", "--detach"));
        command.addAll(options);
        command.add(image);
        command.addAll(List.of(arguments));
        String output = Command.run(Map.of(), command).orFail().output().strip();
        return new Container(output.substring(output.lastIndexOf('\n') + 1));
    }

    public Command.Outcome exec(String... command) {
        List<String> all = new ArrayList<>(List.of("docker", "exec", id));
        all.addAll(List.of(command));
        return Command.run(Map.of(), all);
    }

    /** What its management port answers, which nobody outside reaches. */
    public String managementPage(String path) {
        String request = "exec 3<>/dev/tcp/127.0.0.1/9100; printf 'GET " + path
                + " HTTP/1.0\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3; cat <&3";
        String response = exec("bash", "-c", request).orFail().output();
        if (!response.contains(" 200 ")) {
            throw new IllegalStateException(path + " of " + id + " answered " + response);
        }
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    public MetricsPage metrics() {
        return MetricsPage.read(managementPage("/actuator/prometheus"));
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

    /** Waits for its end. */
    public int exitCode() {
        return Integer.parseInt(
                Command.run("docker", "wait", id).orFail().output().strip());
    }

    /** As an operator would: with time to end what it has. */
    public void stop() {
        Command.run("docker", "stop", "-t", "45", id).orFail();
    }

    public void remove() {
        Command.run("docker", "rm", "--force", "--volumes", id).orFail();
    }
}
