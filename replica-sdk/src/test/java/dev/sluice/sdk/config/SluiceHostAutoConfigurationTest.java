package dev.sluice.sdk.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.config.SettingRefused;
import dev.sluice.common.testing.CompiledJar;
import dev.sluice.sdk.Actor;
import dev.sluice.sdk.BatchedInput;
import dev.sluice.sdk.host.Host;
import dev.sluice.sdk.host.HostMetrics;
import dev.sluice.sdk.metrics.MicrometerHostMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.Opcodes;
import org.springframework.asm.Type;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class SluiceHostAutoConfigurationTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(SluiceHostAutoConfiguration.class))
            .withPropertyValues("sluice.routers=");

    @TempDir
    private Path folder;

    @Actor("own")
    static class OwnActor {
        @BatchedInput(maxBatchSize = 8)
        public long[] call(long[] inputs) {
            return inputs;
        }
    }

    /** An application with actors of its own in its package. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = SluiceHostAutoConfigurationTest.class)
    static class Application {}

    private void jar(String name, String source) throws Exception {
        CompiledJar.of(List.of(Actor.class), source).writeTo(folder.resolve(name));
    }

    private static List<String> actors(Host host) {
        return host.announcement().actors().stream().map(ActorDescriptor::name).toList();
    }

    @Test
    void makesAnyApplicationAHost() {
        runner.run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(Host.class);
            assertThat(context.getBean(HostMetrics.class)).isSameAs(HostMetrics.NONE);
            assertThat(actors(context.getBean(Host.class))).isEmpty();
            assertThat(context.getBean(Host.class).announcement().slots()).isEqualTo(16);
        });
    }

    @Test
    void measuresWhereThereIsARegistry() {
        runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context ->
                        assertThat(context.getBean(HostMetrics.class)).isInstanceOf(MicrometerHostMetrics.class));
    }

    @Test
    void findsTheActorsOfTheApplicationAndLaysSettingsOverThem() {
        runner.withUserConfiguration(Application.class)
                .withPropertyValues(
                        "sluice.actors.own.max-batch-size=3",
                        "sluice.actors.own.slo=2s",
                        "sluice.actors.own.max-wait=7ms",
                        "sluice.host.kind=gpu-a",
                        "sluice.actors.own.scheduler=deadline",
                        "sluice.actors.own.scheduling.deferral=true",
                        "sluice.actors.own.scheduling.tenant-weights.acme=2.5",
                        "sluice.actors.own.replicas=20")
                .run(context -> {
                    Host host = context.getBean(Host.class);
                    assertThat(actors(host)).containsExactly("own");
                    ActorDescriptor own = host.announcement().actors().get(0);
                    assertThat(host.announcement().kind()).isEqualTo("gpu-a");
                    assertThat(own.sloMillis()).isEqualTo(2_000);
                    assertThat(own.scheduler()).isEqualTo("deadline");
                    assertThat(own.scheduling().orElseThrow().deferral()).contains(true);
                    assertThat(own.scheduling().orElseThrow().tenantWeights()).containsOnly(Map.entry("acme", 2.5));
                    assertThat(own.methods().get(0).maxBatchSize()).isEqualTo(3);
                    assertThat(own.methods().get(0).maxWaitMicros()).isEqualTo(7_000);
                    assertThat(host.announcement().slots())
                            .as("eight beside those that it starts")
                            .isEqualTo(28);
                });
    }

    @Test
    void findsActorsInJarsAndLeavesOutThoseThatCannotBeServed(CapturedOutput output) throws Exception {
        jar("a.jar", "@dev.sluice.sdk.Actor(\"jarred\") class Jarred { public int call(int i) { return i; } }");
        jar("my actors.jar", "@dev.sluice.sdk.Actor(\"broken\") class Broken { }");
        jar(
                "c.jar",
                "@dev.sluice.sdk.Actor(value = \"patient\", slo = \"5ms\") class Patient {"
                        + " @dev.sluice.sdk.BatchedInput(maxWait = \"10ms\") public long[] call(long[] i) { return i; } }");
        CompiledJar.of(List.of(Actor.class), "class Plain { }")
                .with("Nameless.class", actorWithoutAName())
                .writeTo(folder.resolve("d.jar"));
        runner.withPropertyValues("sluice.host.actors-dir=" + folder)
                .run(context -> assertThat(actors(context.getBean(Host.class))).containsExactly("jarred"));
        assertThat(output)
                .contains("Left out the actor Broken in my actors.jar: Broken has no method to serve")
                .contains("Left out the actor Patient in c.jar: Patient: the batches of call may wait for 10000 us")
                .contains("Left out the actor Nameless in d.jar: it cannot be read")
                .doesNotContain("\tat ");
    }

    /** As of another version of the annotation, or another compiler. */
    private static byte[] actorWithoutAName() {
        ClassWriter bytes = new ClassWriter(0);
        bytes.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Nameless", null, "java/lang/Object", null);
        bytes.visitAnnotation(Type.getDescriptor(Actor.class), true).visitEnd();
        bytes.visitEnd();
        return bytes.toByteArray();
    }

    @Test
    void refusesTwoJarsWithOneActor() throws Exception {
        jar("a.jar", "@dev.sluice.sdk.Actor(\"twice\") class One { public int call(int i) { return i; } }");
        jar("b.jar", "@dev.sluice.sdk.Actor(\"twice\") class Two { public int call(int i) { return i; } }");
        runner.withPropertyValues("sluice.host.actors-dir=" + folder)
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .hasRootCauseInstanceOf(SettingRefused.class)
                        .rootCause()
                        .hasMessageContaining("'twice'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sluice.host.slots=-1             | sluice.host.slots is -1.",
                "sluice.host.stuck-after=0s       | sluice.host.stuck-after is PT0S",
                "sluice.host.kind=a kind          | sluice.host.kind is 'a kind'.",
                "sluice.host.drain-timeout=-1s    | sluice.host.drain-timeout is PT-1S.",
                "sluice.actors.own.replicas=-2    | sluice.actors.own.replicas is -2.",
                "sluice.actors.own.scheduler=x    | sluice.actors.own.scheduler is x.",
                "sluice.actors.own.slo=0          | sluice.actors.own.slo is PT0S.",
                "sluice.actors.own.max-batch-size=0 | sluice.actors.own.max-batch-size is 0.",
                "sluice.actors.own.max-wait=60s   | expire while they wait",
                "sluice.routers=ftp://somewhere   | sluice.routers has the entry 'ftp://somewhere'.",
                "sluice.link.lease=1ms            | sluice.link.lease must be",
                "sluice.discovery.service-id=r    | sluice.discovery.service-id is r, and",
            })
    void refusesASettingThatMakesNoSense(String setting, String problem) {
        runner.withUserConfiguration(Application.class)
                .withPropertyValues(setting)
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .hasRootCauseInstanceOf(SettingRefused.class)
                        .rootCause()
                        .hasMessageContaining(problem));
    }

    @Test
    void refusesMoreReplicasThanSlots() {
        runner.withUserConfiguration(Application.class)
                .withPropertyValues("sluice.actors.own.replicas=3", "sluice.host.slots=2")
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SettingRefused.class)
                        .hasMessageContaining("want 3 replicas")
                        .hasMessageContaining("sluice.host.slots is 2"));
    }

    @Test
    void refusesADrainThatTheStopWouldCutOff() {
        runner.withConfiguration(AutoConfigurations.of(LifecycleAutoConfiguration.class))
                .withPropertyValues("sluice.host.drain-timeout=25s", "spring.lifecycle.timeout-per-shutdown-phase=30s")
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SettingRefused.class)
                        .hasMessageContaining("sluice.host.drain-timeout is 25000 ms, after which up to 5000 ms"));
    }

    @Test
    void drainsWhenTheApplicationStops() {
        Host[] host = new Host[1];
        runner.withUserConfiguration(Application.class).run(context -> {
            host[0] = context.getBean(Host.class);
            assertThat(context.getBean(HostLifecycle.class).isRunning()).isTrue();
        });
        assertThat(host[0].announcement().draining()).isTrue();
    }
}
