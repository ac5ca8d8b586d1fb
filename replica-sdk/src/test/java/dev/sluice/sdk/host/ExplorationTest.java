package dev.sluice.sdk.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.membership.Announcement;
import dev.sluice.common.membership.Announcement.Explored;
import dev.sluice.common.membership.Announcement.State;
import dev.sluice.common.testing.FakeLink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposables;

/** What a new replica runs before it serves. */
@Timeout(180)
class ExplorationTest {

    private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());

    private static Announcement.Replica ended(HostRig rig) throws InterruptedException {
        FakeLink link = rig.router("router-0");
        Announcement said = HostRig.announced(
                link,
                each -> !each.replicas().isEmpty() && each.replicas().get(0).state() != State.STARTING);
        return said.replicas().get(0);
    }

    @Test
    void runsItsExampleInEverLargerBatchesAndSaysHowLongTheyTook() throws Exception {
        ScriptedActor actor = ScriptedActor.warmedUp(
                "a",
                (inputs, sink) -> {
                    assertThat(inputs)
                            .allMatch(input -> ScriptedActor.text(input).equals("example"));
                    sizes.add(inputs.size());
                    return ScriptedActor.ECHO.run(inputs, sink);
                },
                "example");
        try (HostRig rig = HostRig.of(actor.hosted(1))) {
            rig.host.start();
            Announcement.Replica replica = ended(rig);
            assertThat(replica.state()).isEqualTo(State.READY);
            assertThat(sizes).containsExactly(1, 1, 1, 2, 2, 2, 4, 4, 4, 8, 8, 8);
            assertThat(replica.explored()).extracting(Explored::rows).containsExactly(1, 2, 4, 8);
            assertThat(replica.explored()).allMatch(batch -> batch.method().equals("call") && batch.nanos() > 0);
        }
    }

    @Test
    void runsNothingWhereThereIsNoExample() throws Exception {
        ScriptedActor actor = ScriptedActor.of("a", (inputs, sink) -> {
            sizes.add(inputs.size());
            return Disposables.disposed();
        });
        try (HostRig rig = HostRig.of(actor.hosted(1))) {
            rig.host.start();
            Announcement.Replica replica = ended(rig);
            assertThat(replica.state()).isEqualTo(State.READY);
            assertThat(replica.explored()).isEmpty();
            assertThat(sizes).isEmpty();
        }
    }

    @Test
    void doesNotServeWhereItsExampleFails() throws Exception {
        ScriptedActor actor = ScriptedActor.warmedUp(
                "a",
                (inputs, sink) -> {
                    sink.fail(0, new Failure(ErrorCode.FAILED, "no weights"));
                    return Disposables.disposed();
                },
                "example");
        try (HostRig rig = HostRig.of(actor.hosted(1))) {
            rig.host.start();
            Announcement.Replica replica = ended(rig);
            assertThat(replica.state()).isEqualTo(State.FAILED);
            assertThat(replica.reason()).isEqualTo("The example of the method 'call' failed: no weights");
            assertThat(actor.closed()).isEqualTo(1);
        }
    }
}
