package dev.sluice.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.discovery.DiscoveredRouters;
import dev.sluice.common.discovery.ScriptedClient;
import dev.sluice.common.discovery.SluiceDiscoveryClient;
import dev.sluice.common.link.LinkedPeers;
import dev.sluice.common.link.RouterSource;
import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.wire.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.cloud.client.discovery.composite.reactive.ReactiveCompositeDiscoveryClientAutoConfiguration;
import org.springframework.cloud.client.discovery.simple.reactive.SimpleReactiveDiscoveryClientAutoConfiguration;
import org.springframework.cloud.commons.util.UtilAutoConfiguration;

class DiscoveryAutoConfigurationTest {

    private static final String ON = "sluice.discovery.service-id=sluice-router";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DiscoveryAutoConfiguration.class,
                    ReactiveCompositeDiscoveryClientAutoConfiguration.class,
                    SimpleReactiveDiscoveryClientAutoConfiguration.class,
                    UtilAutoConfiguration.class))
            .withBean(LinkedPeers.class, () -> () -> List.of(new FakeLink(Role.ROUTER, "router-0")));

    @Test
    void asksNobodyForRoutersUnlessAServiceIsNamed() {
        runner.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RouterSource.class));
    }

    @Test
    void asksTheListOfTheConfiguration() {
        runner.withPropertyValues(
                        ON, "spring.cloud.discovery.client.simple.instances.sluice-router[0].uri=http://10.0.0.7:7000")
                .run(context -> assertThat(
                                context.getBean(DiscoveredRouters.class).routers())
                        .singleElement()
                        .hasToString("http://10.0.0.7:7000"));
    }

    @Test
    void takesTheRoutersThatItIsLinkedWithForNoAnswer() {
        runner.withPropertyValues(ON)
                .run(context -> assertThat(
                                context.getBean(DiscoveredRouters.class).routers())
                        .isEmpty());
    }

    @Test
    void tellsTheApplicationOfItsPeers() {
        runner.run(context -> assertThat(routers(context.getBean(ReactiveDiscoveryClient.class)))
                .singleElement()
                .extracting(ServiceInstance::getInstanceId)
                .isEqualTo("router-0"));
    }

    @Test
    void leavesThatToARegistryWhereThereIsOne() {
        runner.withBean(ScriptedClient.class)
                .run(context -> assertThat(routers(context.getBean(ReactiveDiscoveryClient.class)))
                        .isEmpty());
    }

    @Test
    void doesNothingWithoutSpringCloud() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DiscoveryAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("org.springframework.cloud"))
                .withPropertyValues(ON)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(RouterSource.class)
                        .doesNotHaveBean(SluiceDiscoveryClient.class));
    }

    @Test
    void doesNothingWhereDiscoveryIsSwitchedOff() {
        runner.withPropertyValues(ON, "spring.cloud.discovery.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RouterSource.class));
    }

    private static List<ServiceInstance> routers(ReactiveDiscoveryClient client) {
        List<ServiceInstance> instances =
                client.getInstances("sluice-router").collectList().block();
        assertThat(instances).isNotNull();
        return instances;
    }
}
