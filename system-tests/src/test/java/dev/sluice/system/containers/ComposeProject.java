package dev.sluice.system.containers;

import static org.awaitility.Awaitility.await;

import dev.sluice.system.call.Caller;
import dev.sluice.system.site.Places;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The platform of docker-compose.yml under a name of its own, on a port of its own, with images built from this source. */
public final class ComposeProject implements AutoCloseable {

    public static final Duration LONG = Duration.ofSeconds(180);

    private static final List<String> SERVICES = List.of("frontend", "router", "host");

    /** The variables of what a frontend publishes. */
    private static final List<String> OF_FRONTEND =
            List.of("SLUICE_PORT", "SLUICE_GRPC_PORT", "SLUICE_FLIGHT_PORT", "SLUICE_ZEROMQ_PORT");

    private final String name;
    private final int port;
    private final int prometheusPort;
    private final Map<String, String> environment = new HashMap<>();

    public ComposeProject(String name) {
        this.name = name;
        this.port = Places.freePorts(OF_FRONTEND.size() + 1);
        this.prometheusPort = port + OF_FRONTEND.size();
        frontends(1, port);
        environment.put("PROMETHEUS_PORT", Integer.toString(prometheusPort));
        environment.put("SLUICE_ACTORS", Places.folder(name + "-actors").toString());
        environment.put("SLUICE_CONF", Places.folder(name + "-conf").toString());
    }

    /** A variable of the compose file, from the next command on. */
    public ComposeProject with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public String network() {
        return name + "_default";
    }

    /** Where a frontend is published, while there is one. */
    public List<Integer> ports() {
        return IntStream.range(port, port + OF_FRONTEND.size()).boxed().toList();
    }

    /** Each gets ports out of ranges, from the next command on; that of HTTP is the first. Returns the ports of HTTP. */
    public List<Integer> roomForFrontends(int count) {
        int first = Places.freePorts(count * OF_FRONTEND.size());
        frontends(count, first);
        return IntStream.range(first, first + count).boxed().toList();
    }

    public void roomForOneFrontend() {
        frontends(1, port);
    }

    private void frontends(int count, int first) {
        for (int i = 0; i < OF_FRONTEND.size(); i++) {
            int from = first + i * count;
            environment.put(OF_FRONTEND.get(i), count == 1 ? Integer.toString(from) : from + "-" + (from + count - 1));
        }
    }

    public int port() {
        return port;
    }

    public int prometheusPort() {
        return prometheusPort;
    }

    public Caller caller() {
        return new Caller(URI.create("http://127.0.0.1:" + port));
    }

    /** The folder that is mounted as the user's actors. */
    public Path actors() {
        return Path.of(environment.getOrDefault("SLUICE_ACTORS", ""));
    }

    /** The folder that is mounted for the user's actors file. */
    public Path conf() {
        return Path.of(environment.getOrDefault("SLUICE_CONF", ""));
    }

    /** Puts the demo actors into that folder. */
    public ComposeProject withExamples() {
        try {
            Files.copy(
                    Places.project().resolve("examples/actors/target/sluice-example-actors.jar"),
                    actors().resolve("examples.jar"),
                    StandardCopyOption.REPLACE_EXISTING);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Command.Outcome build() {
        List<String> arguments = new ArrayList<>(List.of("build"));
        arguments.addAll(SERVICES);
        return compose(arguments);
    }

    /** Starts Prometheus beside them, from the image of the compose file. */
    public Command.Outcome watch() {
        return compose(List.of("up", "--detach", "--no-build", "--no-deps", "prometheus"));
    }

    /** Starts what is missing, with so many of each, and leaves alone what runs. */
    public Command.Outcome up(int routers, int hosts) {
        List<String> arguments = new ArrayList<>(List.of("up", "--detach", "--no-build"));
        arguments.addAll(List.of("--scale", "router=" + routers, "--scale", "host=" + hosts));
        arguments.addAll(SERVICES);
        return compose(arguments);
    }

    /** Until all of these can serve, as the engine's health checks see it, and a call is answered. */
    public void awaitReady() {
        await("all containers are healthy")
                .atMost(LONG)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> SERVICES.stream()
                        .flatMap(service -> containers(service).stream())
                        .allMatch(Container::healthy));
        await("a call is answered")
                .atMost(LONG)
                .ignoreExceptions()
                .until(() -> caller().call("vadder", "10").ok());
    }

    public List<Container> containers(String service) {
        return compose(List.of("ps", "--quiet", service))
                .orFail()
                .output()
                .lines()
                .map(Container::new)
                .toList();
    }

    public void restart(String... services) {
        List<String> arguments = new ArrayList<>(List.of("restart", "--timeout", "45"));
        arguments.addAll(List.of(services));
        compose(arguments).orFail();
    }

    public Command.Outcome compose(List<String> arguments) {
        List<String> command = new ArrayList<>(Engine.compose());
        command.addAll(List.of("--project-name", name));
        command.addAll(arguments);
        return Command.run(environment, command);
    }

    /** Ends and removes all of it; what its containers have said stays in a file beside the test's reports. */
    @Override
    public void close() {
        try {
            Files.writeString(
                    Places.folder("containers").resolve(name + ".log"),
                    compose(List.of("logs", "--no-color")).output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            compose(List.of("down", "--volumes", "--timeout", "45")).orFail();
        }
    }
}
