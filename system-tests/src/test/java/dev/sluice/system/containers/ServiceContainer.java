package dev.sluice.system.containers;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import dev.sluice.system.call.MetricsPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/** A container of one service's image, as it is started without Compose: read-only, and with little memory. */
public final class ServiceContainer extends GenericContainer<ServiceContainer> {

    private static final long MEMORY = 768L << 20;
    private static final int SECONDS_TO_DRAIN = 45;

    private ServiceContainer(String service) {
        super(DockerImageName.parse("sluice-" + service + ":latest"));
        withTmpFs(Map.of("/tmp", "exec,mode=1777"));
        withCreateContainerCmdModifier(
                command -> Objects.requireNonNullElseGet(command.getHostConfig(), HostConfig::new)
                        .withReadonlyRootfs(true)
                        .withMemory(MEMORY));
        withEnv("SLUICE_CLUSTER_SECRET", "known to all that belong here");
        withEnv("SLUICE_ACCESS_OPEN", "true");
        withStartupCheckStrategy(new Created());
        waitingFor(new Nothing());
    }

    /** Found by the service's name on the network. {@code start} does not wait, not even for whether it lives. */
    public static ServiceContainer of(String service, Network network) {
        return new ServiceContainer(service).withNetwork(network).withNetworkAliases(service);
    }

    /** In the network of another container, whose ports it may want too. */
    public static ServiceContainer beside(ServiceContainer other, String service) {
        return new ServiceContainer(service).withNetworkMode("container:" + other.getContainerId());
    }

    /** With a folder of this machine in it, to be read only. */
    public ServiceContainer mounting(Path folder, String at) {
        return withCreateContainerCmdModifier(
                command -> Objects.requireNonNullElseGet(command.getHostConfig(), HostConfig::new)
                        .withBinds(Bind.parse(folder + ":" + at + ":ro")));
    }

    public ServiceContainer started() {
        start();
        return this;
    }

    /** Until its health check says that it can serve. */
    public ServiceContainer awaitHealthy() {
        await(getDockerImageName() + " is healthy").atMost(ComposeProject.LONG).until(this::isHealthy);
        return this;
    }

    /** Waits for its end. */
    public long awaitExit() {
        await(getDockerImageName() + " has ended").atMost(ComposeProject.LONG).until(() -> !isRunning());
        return Objects.requireNonNull(state().getExitCodeLong());
    }

    /** As an operator would, with time to end what it has; it stays, so that its log can be read. */
    public void stopInPeace() {
        getDockerClient()
                .stopContainerCmd(getContainerId())
                .withTimeout(SECONDS_TO_DRAIN)
                .exec();
    }

    /** Stops and starts it, as {@code docker restart} does. */
    public void restart() {
        getDockerClient()
                .restartContainerCmd(getContainerId())
                .withTimeout(SECONDS_TO_DRAIN)
                .exec();
    }

    /** Where the engine publishes a port now: after a restart it may be another one. */
    public int publishedPort(int port) {
        return Integer.parseInt(getCurrentContainerInfo()
                .getNetworkSettings()
                .getPorts()
                .getBindings()
                .get(ExposedPort.tcp(port))[0]
                .getHostPortSpec());
    }

    /** What its management port answers, which is not published. */
    public String show(String path) {
        try {
            ExecResult result = execInContainer("/app/bin/show", path);
            if (result.getExitCode() != 0) {
                throw new IllegalStateException(path + ": " + result.getStdout() + result.getStderr());
            }
            return result.getStdout();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public MetricsPage metrics() {
        return MetricsPage.read(show("prometheus"));
    }

    private ContainerState state() {
        return getCurrentContainerInfo().getState();
    }

    /** Testcontainers wants to see a container run for a moment; some of these are to end at once. */
    private static final class Created extends StartupCheckStrategy {
        @Override
        public StartupStatus checkStartupState(DockerClient client, String containerId) {
            return StartupStatus.SUCCESSFUL;
        }
    }

    private static final class Nothing extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {
            // What to wait for is the test's to say.
        }
    }
}
