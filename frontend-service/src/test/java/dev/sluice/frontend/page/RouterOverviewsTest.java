package dev.sluice.frontend.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.common.link.LinkTransport;
import dev.sluice.frontend.page.Overviews.RouterSilent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/** Against a router that the test plays. */
class RouterOverviewsTest {

    private static final LoopResources LOOPS = LoopResources.create("page-test", 1, true);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private DisposableServer router;

    private InetSocketAddress router(BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> answer) {
        router = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> {
                    asked.add(request.uri() + " " + request.requestHeaders().get("Authorization"));
                    return answer.apply(request, response);
                })
                .bindNow();
        return (InetSocketAddress) router.address();
    }

    @AfterEach
    void stop() {
        if (router != null) {
            router.disposeNow();
        }
    }

    @AfterAll
    static void end() {
        LOOPS.dispose();
    }

    private static RouterOverviews overviews(String secret, Duration patience) {
        return new RouterOverviews(LOOPS, LinkTransport.CLEARTEXT, secret, patience);
    }

    private static String why(RouterOverviews overviews, InetSocketAddress router) {
        return catchThrowableOfType(
                        RouterSilent.class, () -> overviews.of(router, 0).block())
                .why();
    }

    @Test
    void provesTheSecretAndReadsWhatTheRouterTells() {
        InetSocketAddress address =
                router((request, response) -> response.sendString(Mono.just("{\"node\": \"router-0\"}")));
        Mono<String> node = overviews("s3cret", LONG)
                .of(address, 17)
                .map(told -> told.path("node").asString());
        assertThat(node.block()).isEqualTo("router-0");
        assertThat(asked).containsExactly("/control/v1/overview?after=17 Bearer s3cret");
    }

    @Test
    void sendsNoSecretWhereThereIsNone() {
        InetSocketAddress address = router((request, response) -> response.sendString(Mono.just("{}")));
        overviews("", LONG).of(address, 0).block();
        assertThat(asked).containsExactly("/control/v1/overview?after=0 null");
    }

    @Test
    void saysThatASecretIsAnotherThatARouterIsOlderOrThatItDoesNotKnow() {
        int[] status = {401};
        InetSocketAddress address =
                router((request, response) -> response.status(status[0]).send());
        assertThat(why(overviews("", LONG), address)).contains("another cluster secret");
        status[0] = 404;
        assertThat(why(overviews("", LONG), address)).contains("older than this page");
        status[0] = 503;
        assertThat(why(overviews("", LONG), address)).contains("does not know yet");
        status[0] = 418;
        assertThat(why(overviews("", LONG), address)).contains("418");
    }

    @Test
    void givesUpOneThatDoesNotAnswerInTime() {
        InetSocketAddress address = router((request, response) -> Mono.never());
        assertThat(why(overviews("", Duration.ofMillis(50)), address)).isEqualTo("It did not answer within 50 ms.");
    }

    @Test
    void saysThatOneIsNotThere() {
        InetSocketAddress address = router((request, response) -> Mono.never());
        router.disposeNow();
        assertThat(why(overviews("", LONG), address)).isEqualTo("It cannot be reached.");
    }

    @Test
    void takesNothingElseForWhatItSees() {
        String[] body = {"<html>"};
        InetSocketAddress address = router((request, response) -> response.sendString(Mono.just(body[0])));
        assertThat(why(overviews("", LONG), address)).contains("something else");
        body[0] = "[1]";
        assertThat(why(overviews("", LONG), address)).contains("something else");
    }
}
