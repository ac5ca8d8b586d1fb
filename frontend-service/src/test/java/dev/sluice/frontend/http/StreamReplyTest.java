package dev.sluice.frontend.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.access.Callers;
import dev.sluice.frontend.drain.DrainSettings;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.FakeGateway;
import dev.sluice.frontend.query.QueryLabel;
import dev.sluice.frontend.query.QueryMetrics;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;

class StreamReplyTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final GenericApplicationContext context = new GenericApplicationContext();

    @AfterEach
    void close() {
        context.close();
        channel.finishAndReleaseAll();
    }

    private StreamReply reply(FrontendDrain drain) {
        Duration hour = Duration.ofHours(1);
        QueryEndpoint endpoint = new QueryEndpoint(
                new FakeGateway(),
                new HttpSettings(hour, hour, hour, DataSize.ofMegabytes(1)),
                drain,
                QueryMetrics.NONE,
                Callers.OPEN);
        Reply.Outcome none = new Reply.Outcome() {
            @Override
            public void answered(Answer answer) {
                throw new AssertionError("answered");
            }

            @Override
            public void failed(Throwable cause) {
                throw new AssertionError(cause);
            }
        };
        return new StreamReply(new EventForm(), new QueryLabel("a", "", ""), none, null, channel, endpoint);
    }

    @Test
    void doesNotLookAgainAndAgainAtAStreamThatHasSaidNothing() {
        context.refresh();
        Duration limit = Duration.ofHours(1);
        FrontendDrain drain = new FrontendDrain(context, new DrainSettings(Duration.ZERO, Duration.ofMillis(1), limit));
        StreamReply reply = reply(drain);
        Flux.<Answer>never().subscribe(reply);
        drain.stop();
        channel.runPendingTasks();
        assertThat(channel.runScheduledPendingTasks())
                .as("the next that is to be done is to end it at its limit")
                .isGreaterThan(TimeUnit.MINUTES.toNanos(30));
        reply.cancel();
        assertThat(channel.runScheduledPendingTasks())
                .as("nothing is left to do")
                .isEqualTo(-1);
    }
}
