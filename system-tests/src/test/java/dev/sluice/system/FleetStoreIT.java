package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import dev.sluice.system.call.Caller.CallFailed;
import dev.sluice.system.call.ControlPage;
import dev.sluice.system.call.ControlPage.Replica;
import dev.sluice.system.call.Load;
import dev.sluice.system.call.Reply;
import dev.sluice.system.call.TrialCallers;
import dev.sluice.system.site.On;
import dev.sluice.system.site.OneProcess;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A router with a store of its own dies and comes back, and suffers no other beside it. */
@ExtendWith(Sites.class)
class FleetStoreIT {

    private static final int WRITES = 20;

    @Test
    void nothingThatWasAcknowledgedIsLostAndNothingThatRunsIsTouched(@On(Shape.FLEET) Site site) {
        ControlPage control = site.emptyFleet();
        ServiceProcess router = site.router(0);
        control.deployTrial("kept", 2, "{}");
        List<Replica> before = control.replicas("kept");
        TrialCallers earlier = calledSome(site, "kept");
        String unused = List.of("host-0", "host-1", "host-2").stream()
                .filter(host -> before.stream().noneMatch(at -> at.host().equals(host)))
                .findFirst()
                .orElseThrow();
        control.done("PUT", "actors/written", "{\"type\": \"trial\", \"replicas\": {\"min\": 0, \"max\": 1}}");

        AtomicInteger acknowledged = new AtomicInteger(1);
        Load.of(1, writer -> writeOneMore(control, acknowledged)).during(() -> {
            await("some writes").atMost(Site.LONG).until(() -> acknowledged.get() > WRITES);
            control.done("POST", "hosts/" + unused + "/drain", "");
            router.kill();
        });
        router.restart();
        router.awaitReady(Site.LONG);

        assertThat(control.actor("written")
                        .path("goal")
                        .path("replicas")
                        .path("max")
                        .asInt())
                .as("the last of the writes")
                .isBetween(acknowledged.get(), acknowledged.get() + 1);
        assertThat(control.drained()).containsExactly(unused);
        control.awaitSettled("kept", 2);
        assertThat(control.replicas("kept")).containsExactlyInAnyOrderElementsOf(before);
        assertThat(control.events("kept", "start")).as("since its restart").isEmpty();
        assertThat(calledSome(site, "kept").names().keySet())
                .as("instances that answer")
                .isEqualTo(earlier.names().keySet());
        site.awaitPublished("written");
        assertThat(site.caller(0).call("written", "1").ok())
                .as("a first query after the restart")
                .isTrue();
        site.awaitCalm();
    }

    /** The upper bound alone, so that no replica is started for it. */
    private static void writeOneMore(ControlPage control, AtomicInteger acknowledged) {
        int max = acknowledged.get() + 1;
        try {
            if (control.send("POST", "actors/written/scale", "{\"max\": " + max + "}")
                    .ok()) {
                acknowledged.set(max);
            }
        } catch (CallFailed killed) {
            // Whether that one was done nobody can tell.
        }
    }

    private static TrialCallers calledSome(Site site, String actor) {
        TrialCallers callers = new TrialCallers(site.caller(0), actor);
        callers.during(callers::awaitMore);
        callers.assertAllAnswered();
        return callers;
    }

    @Test
    void withASecondRouterThatDoesNotShareItWritesAreRefusedAndWhatRunsGoesOn(@On(Shape.FLEET) Site site) {
        ControlPage control = site.emptyFleet();
        control.deployTrial("alone", 2, "{}");
        List<Replica> before = control.replicas("alone");
        // A place that the hosts of this shape look for as well.
        int port = site.router(0).port() + 1;
        try (OneProcess second = OneProcess.service(
                "second-router",
                Tier.ROUTER,
                "server.port=" + port,
                "sluice.node-id=second",
                "sluice.cluster-secret=" + Site.SECRET,
                // Its hosts renew what they have with it as often as their own lease says.
                "sluice.link.lease=" + Site.PATIENT_LEASE,
                "sluice.fleet.dir=" + site.folder().resolve("second-fleet"))) {
            ControlPage other = new ControlPage(URI.create("http://127.0.0.1:" + port));
            await("the second one lives")
                    .atMost(Site.LONG)
                    .ignoreExceptions()
                    .until(() -> second.alive() && refusesWrites(other));
            await("the first one has heard of it").atMost(Site.LONG).until(() -> refusesWrites(control));
            for (ControlPage each : List.of(control, other)) {
                Reply refused = scale(each, 3);
                assertThat(refused.status()).isEqualTo(409);
                assertThat(refused.detail())
                        .contains("The routers router-0, second run")
                        .contains("sluice.fleet.store=redis");
            }
            calledSome(site, "alone");
            assertThat(control.replicas("alone")).containsExactlyInAnyOrderElementsOf(before);
        }
        await("the first one is alone again")
                .atMost(Site.LONG)
                .until(() -> scale(control, 3).ok());
        control.awaitSettled("alone", 3);
        assertThat(control.replicas("alone")).containsAll(before);
        site.awaitCalm();
    }

    /** Asks for what is wanted already: one that does not refuse changes nothing. */
    private static boolean refusesWrites(ControlPage control) {
        return scale(control, 2).status() == 409;
    }

    private static Reply scale(ControlPage control, int replicas) {
        return control.send("POST", "actors/alone/scale", "{\"replicas\": " + replicas + "}");
    }
}
