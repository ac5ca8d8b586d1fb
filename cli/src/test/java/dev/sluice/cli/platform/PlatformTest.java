package dev.sluice.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformTest {

    @TempDir
    private Path directory;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Progress progress = (name, state, detail) -> heard.add(name + " " + state);

    @Test
    void startsEveryProcessAndReturnsWhenAllAreReady() {
        PlatformSpec spec = Fakes.spec(directory).count(Tier.HOST, 2);

        try (Platform platform = Fakes.platform(spec, progress)) {
            platform.start();

            assertThat(platform.processes())
                    .extracting(ServiceProcess::name)
                    .containsExactly("frontend-0", "router-0", "host-0", "host-1");
            assertThat(platform.processes()).allMatch(ServiceProcess::ready);
            assertThat(heard).contains("frontend-0 READY", "router-0 READY", "host-0 READY", "host-1 READY");
        }
    }

    @Test
    void writesDownItsProcessesForOtherTerminalsAndTheirOutputIntoLogs() throws IOException {
        try (Platform platform = Fakes.platform(Fakes.spec(directory), progress)) {
            platform.start();

            List<ProcessRecord> records = new RuntimeDirectory(directory).living();
            assertThat(records).extracting(ProcessRecord::name).containsExactly("frontend-0", "router-0", "host-0");
            assertThat(records.get(2).process().pid())
                    .isEqualTo(platform.process("host-0").pid());
            assertThat(Files.readString(records.get(2).log())).contains("serving as host-0");
        }
        assertThat(new RuntimeDirectory(directory).records()).isEmpty();
    }

    @Test
    void endsCallersBeforeThoseTheyCall() {
        Platform platform = Fakes.platform(Fakes.spec(directory), progress);
        platform.start();
        heard.clear();

        platform.close();

        assertThat(heard)
                .containsExactly(
                        "frontend-0 STOPPING",
                        "frontend-0 STOPPED",
                        "router-0 STOPPING",
                        "router-0 STOPPED",
                        "host-0 STOPPING",
                        "host-0 STOPPED");
        assertThat(platform.endedGently()).isTrue();
        assertThat(platform.processes()).noneMatch(ServiceProcess::alive);
    }

    @Test
    void nothingIsStartedAnewOnceItEnds() {
        Platform platform = Fakes.platform(Fakes.spec(directory), progress);
        platform.start();
        ServiceProcess host = platform.process("host-0");
        host.kill();

        platform.close();

        assertThatThrownBy(host::restart).isInstanceOf(PlatformException.class).hasMessageContaining("told to end");
        assertThat(host.alive()).isFalse();
    }

    @Test
    void refusesATakenPortBeforeAnythingStarts() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Platform platform =
                        Fakes.platform(Fakes.spec(directory).firstPort(Tier.ROUTER, taken.getLocalPort()), progress)) {
            assertThatThrownBy(platform::start)
                    .isInstanceOf(PlatformException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + ", which router-0 needs, is taken")
                    .hasMessageContaining("--router-port");
            assertThat(heard).isEmpty();
            assertThat(platform.processes()).isEmpty();
        }
    }

    @Test
    void refusesATakenPortOfADoorBeforeAnythingStarts() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Platform platform = Fakes.platform(
                        Fakes.spec(directory).firstPort(ExtraPort.ZEROMQ, taken.getLocalPort()), progress)) {
            assertThatThrownBy(platform::start)
                    .isInstanceOf(PlatformException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + ", which frontend-0 needs, is taken")
                    .hasMessageContaining("--zeromq-port");
            assertThat(platform.processes()).isEmpty();
        }
    }

    @Test
    void saysTheLastWordsOfAProcessThatDiesAndEndsTheOthers() {
        PlatformSpec spec = Fakes.spec(directory).property("host-0", "fake.dies", "no actors were found");

        try (Platform platform = Fakes.platform(spec, progress)) {
            assertThatThrownBy(platform::start)
                    .isInstanceOf(PlatformException.class)
                    .hasMessageContaining("host-0 died with exit code 3.")
                    .hasMessageContaining("no actors were found")
                    .hasMessageContaining(directory.resolve("logs/host-0.log").toString());
            assertThat(heard).contains("host-0 FAILED");
            assertThat(platform.processes()).hasSize(3).noneMatch(ServiceProcess::alive);
        }
    }

    @Test
    void saysWhichProcessWasNotReadyInTime() {
        PlatformSpec spec = Fakes.spec(directory)
                .property("router-0", "fake.ready", "false")
                .patience(new Patience(Duration.ofSeconds(10), Duration.ofSeconds(30)));

        try (Platform platform = Fakes.platform(spec, progress)) {
            assertThatThrownBy(platform::start).hasMessageContaining("router-0 was not ready within 10 s");
        }
    }

    @Test
    void killsWhatDoesNotEndWithinTheGrace() {
        PlatformSpec spec = Fakes.spec(directory)
                .property("router-0", "fake.deaf", "true")
                .patience(new Patience(Duration.ofSeconds(60), Duration.ofSeconds(1)));
        Platform platform = Fakes.platform(spec, progress);
        platform.start();

        platform.close();

        assertThat(heard).contains("router-0 KILLED");
        assertThat(platform.endedGently()).isFalse();
        assertThat(platform.processes()).noneMatch(ServiceProcess::alive);
    }

    @Test
    void refusesToStartTwiceInOneDirectory() {
        try (Platform first = Fakes.platform(Fakes.spec(directory), progress);
                Platform second = Fakes.platform(Fakes.spec(directory), progress)) {
            first.start();

            assertThatThrownBy(second::start).hasMessageContaining("already up");
            assertThat(first.processes()).allMatch(ServiceProcess::alive);
        }
    }

    @Test
    void startsAKilledProcessAnewOnItsPort() {
        try (Platform platform = Fakes.platform(Fakes.spec(directory), progress)) {
            platform.start();
            ServiceProcess host = platform.process("host-0");
            long pid = host.pid();

            host.kill();
            assertThat(host.alive()).isFalse();
            assertThat(platform.dead()).isEmpty();
            host.restart();
            host.awaitReady();

            assertThat(host.pid()).isNotEqualTo(pid);
            assertThat(host.ready()).isTrue();
        }
    }

    @Test
    void knowsWhatDiedThoughNobodyEndedIt() {
        try (Platform platform = Fakes.platform(Fakes.spec(directory), progress)) {
            platform.start();
            ServiceProcess host = platform.process("host-0");

            ProcessHandle.of(host.pid()).orElseThrow().destroyForcibly();
            ProcessHandle.of(host.pid()).ifPresent(handle -> handle.onExit().join());

            assertThat(platform.dead()).containsExactly(host);
            assertThat(host.lastWords()).startsWith("host-0 was ended by signal 9.");
        }
    }

    @Test
    void freezesAProcessAndWakesIt() {
        try (Platform platform = Fakes.platform(Fakes.spec(directory), progress)) {
            platform.start();
            ServiceProcess host = platform.process("host-0");

            host.pause();
            assertThat(host.alive()).isTrue();
            assertThat(host.ready()).isFalse();
            host.resume();
            host.awaitReady();
        }
    }

    @Test
    void closingDuringTheStartCancelsItAndLeavesNothingBehind() throws InterruptedException {
        PlatformSpec spec = Fakes.spec(directory).property("host-0", "fake.ready", "false");
        CountDownLatch othersReady = new CountDownLatch(2);
        Progress countingReady = (name, state, detail) -> {
            if (state == Progress.State.READY) {
                othersReady.countDown();
            }
        };
        Platform platform = Fakes.platform(spec, countingReady);
        CompletableFuture<Void> start = CompletableFuture.runAsync(platform::start);
        othersReady.await();

        platform.close();

        assertThatThrownBy(start::join)
                .hasCauseInstanceOf(PlatformException.class)
                .hasMessageContaining("cancelled");
        assertThat(platform.processes()).hasSize(3).noneMatch(ServiceProcess::alive);
    }
}
