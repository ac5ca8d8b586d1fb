package dev.sluice.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Run;
import dev.sluice.cli.output.Json;
import dev.sluice.cli.platform.OsProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetCommandsTest {

    private static final String MODEL = """
            {'name': 'model', 'revision': 7, 'origin': 'store', 'controller': 'router-0',
             'goal': {'version': '1', 'kind': 'java', 'type': 'model', 'args': {'alpha': '4ms'}, 'slo': '200ms',
                      'replicas': 2, 'routers': 1},
             'status': {'wanted': 2, 'ready': 2, 'starting': 0, 'missing': 0, 'problems': []},
             'versions': [{'version': '1', 'role': 'current', 'weight': 100,
                           'replicas': {'ready': 2, 'starting': 0, 'stopping': 0, 'failed': 0},
                           'queries': {'answered': 12, 'failed': 1, 'mean-millis': 8.25}}],
             'warnings': []}
            """;

    private static final String ROLLING = """
            {'name': 'model', 'revision': 8, 'origin': 'store', 'controller': 'router-0',
             'goal': {'version': '1', 'kind': 'java', 'type': 'model', 'args': {'alpha': '4ms'}, 'replicas': 2, 'routers': 1},
             'rollout': {'version': '2', 'kind': 'java', 'type': 'model', 'slo': '50ms', 'weight': 25, 'held': %s,
                         'steps': [5, 25, 100], 'step-time': '10s', 'error-margin': 0.01, 'latency-margin': 0.5,
                         'least-queries': 50},
             'status': {'wanted': 3, 'ready': 3, 'starting': 0, 'missing': 0, 'problems': []},
             'versions': [{'version': '1', 'role': 'current', 'weight': 75,
                           'replicas': {'ready': 2, 'starting': 0, 'stopping': 0, 'failed': 0}, 'queries': {}},
                          {'version': '2', 'role': 'candidate', 'weight': 25,
                           'replicas': {'ready': 1, 'starting': 0, 'stopping': 0, 'failed': 0}, 'queries': {}}],
             'warnings': []}
            """;

    @TempDir
    private Path folder;

    private final FakeRouter router = new FakeRouter();

    @AfterEach
    void close() {
        router.close();
    }

    private Run run(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--router", router.url()));
        return Run.in(folder, all.toArray(String[]::new));
    }

    private String body() {
        assertThat(router.writes()).hasSize(1);
        return router.writes().get(0).body().replace('"', '\'');
    }

    @Test
    void showsActorsAsATable() {
        router.answering(
                "GET /actors",
                200,
                "{'actors': [" + MODEL + ", " + ROLLING.formatted("true").replace("'model',", "'slow',") + "]}");
        Run run = run("actors");
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .containsPattern("ACTOR +VERSION +READY +WANTED +ROLLOUT +STATE +ROUTER")
                .containsPattern("model +1 +2 +2 +- +ready +router-0")
                .containsPattern("slow +1 +3 +3 +2 at 25 %, held +ready +router-0");
    }

    @Test
    void showsOneActorWithItsVersions() {
        router.answering("GET /actors/model", 200, MODEL);
        assertThat(run("actors", "model").out())
                .contains("model: ready (wanted by operators, revision 7, router router-0)")
                .containsPattern("1 +current +100 +2 +0 +0 +0 +12 +1 +8.25");
        assertThat(run("actors", "model", "--json").out())
                .isEqualTo(Json.formatted(MODEL.replace('\'', '"'), false) + System.lineSeparator());
    }

    @Test
    void asksTheOtherRoutersForWhatTheFirstDoesNotSee() throws IOException {
        String unseen = MODEL.replaceFirst("'status': \\{[^}]*},", "");
        router.answering("GET /actors", 200, "{'actors': [" + unseen + "]}");
        try (FakeRouter other = new FakeRouter()) {
            other.answering("GET /actors", 200, "{'actors': [" + MODEL + "]}");
            record("router-0", router.port());
            assertThat(Run.in(folder, "actors").out()).contains("unknown");
            record("router-1", other.port());
            assertThat(Run.in(folder, "actors").out()).contains("ready").doesNotContain("unknown");
        }
    }

    @Test
    void turnsToAnotherRouterWhereTheFirstIsGone() throws IOException {
        router.answering("GET /hosts", 200, "{'hosts': []}");
        record("router-0", freePort());
        record("router-1", router.port());
        assertThat(Run.in(folder, "hosts").exit()).isZero();
    }

    @Test
    void deploysANewActorWithWhatIsSaidAndNothingElse() {
        router.answering("PUT /actors/fast", 201, MODEL);
        Run run = run(
                "deploy",
                "fast",
                "--type",
                "model",
                "--arg",
                "alpha=1ms",
                "--set",
                "slo=50ms",
                "--set",
                "max-batch-size=8",
                "--set",
                "idempotent=true",
                "--min",
                "0",
                "--max",
                "4");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(body())
                .isEqualTo("{'type':'model','args':{'alpha':'1ms'},'slo':'50ms','max-batch-size':8,'idempotent':true,"
                        + "'replicas':{'min':0,'max':4}}");
        assertThat(router.writes().get(0).ifMatch()).isNull();
    }

    @Test
    void keepsWhatIsNotSaidOfAnActorThatIsThere() {
        router.answering("GET /actors/model", 200, MODEL).answering("PUT /actors/model", 200, MODEL);
        run("deploy", "model", "--version", "2", "--arg", "beta=1");
        assertThat(body())
                .isEqualTo(
                        "{'version':'2','kind':'java','type':'model','args':{'alpha':'4ms','beta':'1'},'slo':'200ms',"
                                + "'replicas':2,'routers':1}");
        assertThat(router.writes().get(0).ifMatch()).isEqualTo("\"7\"");
    }

    @Test
    void letsARolloutGoOnThatRuns() {
        router.answering("GET /actors/model", 200, ROLLING.formatted("false"))
                .answering("PUT /actors/model", 200, ROLLING.formatted("false"));
        run("deploy", "model", "--replicas", "5");
        assertThat(body())
                .isEqualTo("{'replicas':5,'routers':1,'version':'2','kind':'java','type':'model','slo':'50ms'}");
    }

    @Test
    void goesBackToAVersionAsThatWas() {
        String after =
                MODEL.replace("'versions'", "'previous': {'version': '0', 'kind': 'java', 'type': 'old'}, 'versions'");
        router.answering("GET /actors/model", 200, after).answering("PUT /actors/model", 200, after);
        run("deploy", "model", "--version", "0", "--now");
        assertThat(body())
                .isEqualTo("{'replicas':2,'routers':1,'version':'0','kind':'java','type':'old','rollout':false}");
    }

    @Test
    void saysWhatIsWrongLineByLineInTheRoutersWords() {
        router.answering("PUT /actors/model", 400, """
                {'type': 'urn:sluice:problem:invalid-input', 'status': 400, 'detail': 'all',
                 'problems': [{'field': 'slo', 'problem': 'slo is 25h. Write less.'}, {'field': 'x', 'problem': 'x is unknown.'}]}
                """);
        Run run = run("deploy", "model", "--set", "slo=25h", "--set", "x=1");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("slo is 25h. Write less.\nx is unknown.\n");
    }

    @Test
    void warnsOfWhatTheRouterWarnsOf() {
        router.answering(
                "PUT /actors/model", 201, MODEL.replace("'warnings': []", "'warnings': ['No host offers it.']"));
        Run run = run("deploy", "model");
        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEqualTo("Warning: No host offers it.\n");
    }

    @Test
    void scales() {
        router.answering("POST /actors/model/scale", 200, MODEL);
        assertThat(run("scale", "model", "2").out())
                .isEqualTo("model: version 1, replicas 2 (revision 7; sluice actors model shows how far it is)\n");
        assertThat(body()).isEqualTo("{'replicas':2}");
        assertThat(run("scale", "model", "--min", "0", "--max", "8").exit()).isZero();
        assertThat(router.writes().get(1).body()).isEqualTo("{\"min\":0,\"max\":8}");
        assertThat(run("scale", "model").exit()).isEqualTo(1);
        assertThat(run("scale", "model", "2", "--min", "1").err()).contains("Give a number of replicas, or bounds");
        assertThat(run("scale", "model", "many").exit()).isEqualTo(2);
        assertThat(router.writes()).hasSize(2);
    }

    @Test
    void leadsARollout() {
        router.answering("GET /actors/model", 200, ROLLING.formatted("true"))
                .answering("POST /actors/model/rollout", 200, ROLLING.formatted("true"))
                .answering("POST /actors/model/promote", 200, MODEL);
        assertThat(run("rollout", "model").out()).contains("rolling out 2 at 25 %, held");
        run("rollout", "model", "--version", "2", "--steps", "1,100", "--step-time", "5m");
        run("rollout", "model", "--weight", "7");
        run("rollout", "model", "--resume");
        run("rollout", "model", "--promote");
        assertThat(router.writes())
                .extracting(FakeRouter.Asked::body)
                .containsExactly(
                        "{\"version\":\"2\",\"steps\":[1,100],\"step-time\":\"5m\"}",
                        "{\"weight\":7}",
                        "{\"held\":false}",
                        "");
        assertThat(router.writes().get(3).ifMatch()).isEqualTo("\"7\"");
        assertThat(run("rollout", "model", "--resume", "--weight", "3").exit()).isEqualTo(1);
        assertThat(run("rollout", "model", "--promote", "--weight", "3").exit()).isEqualTo(1);
    }

    @Test
    void saysThatNoRolloutRuns() {
        router.answering("GET /actors/model", 200, MODEL);
        assertThat(run("rollout", "model")).isEqualTo(new Run(1, "", "No rollout of model runs; version 1 serves.\n"));
    }

    @Test
    void rollsBackWhatItSawAndNothingElse() {
        router.answering("GET /actors/model", 200, MODEL).answering("POST /actors/model/rollback", 200, MODEL);
        run("rollback", "model");
        assertThat(router.writes().get(0).ifMatch()).isEqualTo("\"7\"");
    }

    @Test
    void undeploysAndWaitsUntilNothingRuns() {
        router.answering("DELETE /actors/model", 200, "{'name': 'model', 'versions': [], 'warnings': []}")
                .answering("GET /replicas", 200, "{'replicas': [{'actor': 'model', 'state': 'stopping'}]}")
                .answering("GET /replicas", 200, "{'replicas': [{'actor': 'other', 'state': 'ready'}]}");
        assertThat(run("undeploy", "model").out()).isEqualTo("model is undeployed.\n");
        assertThat(run("undeploy", "model", "--wait").out()).isEqualTo("model: 1 left\nmodel: nothing runs any more\n");
    }

    @Test
    void showsHosts() {
        router.answering("GET /hosts", 200, """
                {'hosts': [{'node': 'host-0', 'linked': true, 'drained': false, 'leaving': false, 'slots': 16, 'replicas': 2,
                            'offers': [{'kind': 'java', 'type': 'b'}, {'kind': 'java', 'type': 'a'}],
                            'rejected': [{'actor': 'm', 'version': '2', 'reason': 'No constructor takes it.'}]},
                           {'node': 'host-1', 'linked': true, 'drained': true, 'leaving': true, 'slots': 16, 'replicas': 1,
                            'offers': [], 'rejected': []},
                           {'node': 'host-2', 'linked': false, 'drained': true, 'leaving': true, 'slots': 0, 'replicas': 0,
                            'offers': [], 'rejected': []}]}
                """);
        assertThat(run("hosts").out())
                .containsPattern("host-0 +in use +16 +2 +a, b")
                .containsPattern("host-1 +draining +16 +1 +-")
                .containsPattern("host-2 +drained, gone")
                .contains("Problem: host-0 cannot run version 2 of m: No constructor takes it.");
    }

    @Test
    void drainsAHostUntilItIsEmpty() {
        router.answering("POST /hosts/host%201/drain", 200, "{'node': 'host 1'}")
                .answering("POST /hosts/host%201/undrain", 200, "{'node': 'host 1'}")
                .answering("GET /hosts", 200, "{'hosts': [{'node': 'host 1', 'replicas': 2}]}")
                .answering("GET /hosts", 200, "{'hosts': [{'node': 'host 1', 'replicas': 0}]}");
        assertThat(run("drain", "host 1", "--wait").out()).isEqualTo("host 1: 2 replicas left\nhost 1: empty\n");
        assertThat(run("drain", "host 1", "--undo").out()).isEqualTo("host 1 is used again.\n");
    }

    @Test
    void doesNotWaitForReplicasThatStay() {
        router.answering("POST /hosts/a/drain", 200, "{'node': 'a', 'warnings': ['Replicas stay on it.']}")
                .answering("GET /hosts", 200, "{'hosts': [{'node': 'a', 'replicas': 3, 'staying': 2}]}")
                .answering("GET /hosts", 200, "{'hosts': [{'node': 'a', 'replicas': 2, 'staying': 2}]}");
        assertThat(run("drain", "a", "--wait"))
                .isEqualTo(
                        new Run(
                                1,
                                "a: 3 replicas left\n",
                                "Warning: Replicas stay on it.\na is not empty: 2 of its replicas are of its own configuration.\n"));
    }

    @Test
    void tellsWhatHappenedAtAllRoutersInOrder() throws IOException {
        router.answering("GET /events?actor=model", 200, """
                {'events': [{'number': 9, 'at': '2026-01-01T00:00:02.5Z', 'kind': 'stop', 'actor': 'model', 'reason': 'too many'}]}
                """);
        try (FakeRouter other = new FakeRouter()) {
            other.answering("GET /events?actor=model", 200, """
                    {'events': [{'number': 3, 'at': '2026-01-01T00:00:01Z', 'kind': 'start', 'actor': 'model', 'reason': 'wanted'}]}
                    """);
            record("router-0", router.port());
            record("router-1", other.port());
            assertThat(Run.in(folder, "events", "model").out().lines())
                    .hasSize(3)
                    .satisfies(lines -> {
                        assertThat(lines.get(1))
                                .startsWith("2026-01-01T00:00:01Z")
                                .endsWith("wanted");
                        assertThat(lines.get(2))
                                .startsWith("2026-01-01T00:00:02Z")
                                .endsWith("too many");
                    });
        }
    }

    @Test
    void followsWhatHappens() {
        router.streaming("GET /events", """
                :

                id:1
                event:start
                data:{'number': 1, 'at': '2026-01-01T00:00:01Z', 'kind': 'start', 'actor': 'model', 'reason': 'wanted'}

                """);
        Run run = run("events", "--follow");
        assertThat(run.out()).isEqualTo("2026-01-01T00:00:01Z  start  model  wanted\n");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("ended the stream");
    }

    @Test
    void saysHowToStartWhatIsNotRunning() throws IOException {
        Run run = Run.in(folder, "hosts", "--router", "127.0.0.1:" + freePort());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains("Sluice is not running. ./sluice up starts it.")
                .hasLineCount(1);
        assertThat(Run.in(folder, "hosts", "--router", "::").err()).contains("no address of a router");
    }

    @Test
    void saysWhichVariableHoldsTheSecret() {
        router.answering("GET /hosts", 401, "{'detail': 'no'}");
        assertThat(run("hosts").err()).contains("SLUICE_CLUSTER_SECRET");
    }

    @Test
    void sendsTheSecretAlong() {
        router.answering("GET /hosts", 200, "{'hosts': []}");
        new Control(List.of(URI.create(router.url())), "open sesame").get("/hosts");
        assertThat(router.asked().get(0).authorization()).isEqualTo("Bearer open sesame");
    }

    @Test
    void saysThatAnAnswerIsNoRouters() {
        router.answering("GET /hosts", 200, "<html>");
        assertThat(run("hosts").err()).contains("is that a router?");
        router.answering("GET /actors", 502, "<html>");
        assertThat(run("actors").err()).contains("HTTP status 502");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void record(String name, int port) throws IOException {
        OsProcess us = OsProcess.current();
        Path run = Files.createDirectories(folder.resolve(".sluice/run"));
        Files.writeString(
                run.resolve(name + ".pid"),
                "pid=" + us.pid() + "\nstarted=" + us.startedAt().toString().replace(":", "\\:") + "\nname=" + name
                        + "\ntier=ROUTER\nport=" + port + "\n");
    }
}
