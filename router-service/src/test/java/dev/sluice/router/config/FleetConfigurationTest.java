package dev.sluice.router.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.config.SettingRefused;
import dev.sluice.router.fleet.file.ActorsFile;
import dev.sluice.router.fleet.store.FileFleetStore;
import dev.sluice.router.fleet.store.FleetStore;
import dev.sluice.router.fleet.store.RedisFleetStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.RedisConnectionFactory;

class FleetConfigurationTest {

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(FleetProperties.class)
    @Import({FleetConfiguration.class, RedisFleetConfiguration.class})
    static class Fleet {}

    @TempDir
    private Path folder;

    private final ApplicationContextRunner runner = new ApplicationContextRunner().withUserConfiguration(Fleet.class);

    private ApplicationContextRunner with(String... settings) {
        return runner.withPropertyValues("sluice.fleet.dir=" + folder.resolve("fleet"))
                .withPropertyValues(settings);
    }

    private void refuses(String setting, String... words) {
        with(setting)
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(SettingRefused.class, refused -> {
                            assertThat(refused.getMessage() + " " + refused.action())
                                    .contains(words);
                            assertThat(refused.action()).endsWith(".");
                        }));
    }

    @Test
    void keepsWhatIsWantedInAFileUnlessToldOtherwise() {
        with().run(context -> {
            assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(FleetStore.class)
                    .hasSingleBean(FileFleetStore.class)
                    .doesNotHaveBean(RedisConnectionFactory.class);
            assertThat(context.getBean(ActorsFile.class).goals()).isEmpty();
            assertThat(folder.resolve("fleet/fleet.json")).exists();
        });
    }

    @Test
    void letsTheFolderGoWhenItEnds() {
        for (int i = 0; i < 2; i++) {
            with().run(context -> assertThat(context).hasNotFailed());
        }
    }

    @Test
    void readsTheActorsFile() throws Exception {
        Path file = Files.writeString(folder.resolve("actors.yaml"), "actors: {model: {replicas: 2}}");
        with("sluice.fleet.actors-file=" + file)
                .run(context -> assertThat(context.getBean(ActorsFile.class).goals())
                        .singleElement()
                        .satisfies(goal -> assertThat(goal.scale().min()).isEqualTo(2)));
        for (String none : List.of("", "   ")) {
            with("sluice.fleet.actors-file=" + none)
                    .run(context -> assertThat(context.getBean(ActorsFile.class).goals())
                            .isEmpty());
        }
    }

    @Test
    void sharesWhatIsWantedWhereItIsToldTo() {
        with("sluice.fleet.store=redis", "spring.data.redis.url=redis://127.0.0.1:1")
                .run(context -> {
                    assertThat(context)
                            .hasNotFailed()
                            .hasSingleBean(FleetStore.class)
                            .hasSingleBean(RedisFleetStore.class);
                    assertThat(folder.resolve("fleet")).doesNotExist();
                });
    }

    @Test
    void doesNotStartWithSettingsThatMakeNoSense() throws Exception {
        refuses("sluice.fleet.store=etcd", "sluice.fleet.store is 'etcd'", "'file'", "'redis'");
        refuses("sluice.fleet.redis-prefix=a{b", "sluice.fleet.redis-prefix is 'a{b'");
        refuses("sluice.fleet.actors-file=" + folder.resolve("none.yaml"), "none.yaml is not there");
        Path file = Files.writeString(folder.resolve("actors.yaml"), "actors:\n  model: {slo: 0s}");
        refuses("sluice.fleet.actors-file=" + file, file + ":2: actors.model.slo is 0s.", "docs/actors-file.md");
        Files.writeString(folder.resolve("fleet"), "a file where a folder should be");
        refuses("sluice.fleet.store=file", "cannot be used", "sluice.fleet.dir");
    }
}
