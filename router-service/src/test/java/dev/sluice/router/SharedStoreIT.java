package dev.sluice.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.wire.Role;
import dev.sluice.router.fleet.store.FleetStore;
import dev.sluice.router.testing.RedisServer;
import dev.sluice.router.testing.RunningRouter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Routers that share what is wanted of actors, as applications. */
@Timeout(300)
class SharedStoreIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static RunningRouter router(RedisServer redis) {
        return new RunningRouter(
                "--sluice.fleet.store=redis", "--spring.data.redis.url=redis://127.0.0.1:" + redis.port());
    }

    @Test
    void seeWhatTheOtherHasWritten() {
        try (RedisServer redis = RedisServer.started();
                RunningRouter one = router(redis);
                RunningRouter two = router(redis)) {
            FleetStore ones = one.context().getBean(FleetStore.class);
            FleetStore twos = two.context().getBean(FleetStore.class);
            assertThat(ones.load().block(LONG).id())
                    .isEqualTo(twos.load().block(LONG).id());
            Long revision = ones.write("actors/a", "{}", 0).block(LONG);
            assertThat(twos.changes().filter(revision::equals).blockFirst(LONG)).isEqualTo(revision);
            assertThat(twos.load().block(LONG).entries()).containsKey("actors/a");
        }
    }

    @Test
    void serveOnWhenTheStoreIsAway() throws InterruptedException {
        try (RedisServer redis = RedisServer.started();
                RunningRouter router = router(redis)) {
            router.link(Role.HOST);
            router.link(Role.FRONTEND).awaitActor("echo");
            redis.kill();
            for (String group : new String[] {"", "/readiness", "/liveness"}) {
                router.http()
                        .get()
                        .uri("/actuator/health" + group)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(Void.class);
            }
        }
    }
}
