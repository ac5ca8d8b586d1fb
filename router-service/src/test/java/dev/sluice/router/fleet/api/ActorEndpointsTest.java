package dev.sluice.router.fleet.api;

import static dev.sluice.router.fleet.api.ControlRig.etag;
import static dev.sluice.router.fleet.api.ControlRig.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.fleet.control.FleetRig;
import dev.sluice.router.fleet.control.PlacedHost;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActorEndpointsTest {

    private static final String MODEL = "/actors/model";

    private final ControlRig rig = ControlRig.withHost();

    private void deployed(String body) {
        rig.put(MODEL, body).expectStatus().is2xxSuccessful();
        rig.fleet.settles();
    }

    @Test
    void deploysAnActorAndSaysHowFarItIs() {
        rig.put(MODEL, "{'replicas': 2, 'slo': '200ms', 'args': {'alpha': '4ms'}}")
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("ETag", "\"1\"")
                .expectBody()
                .json(
                        json(
                                "{'name': 'model', 'revision': 1, 'origin': 'store', 'controller': 'router-0', 'warnings': []}"));
        rig.fleet.settles();
        rig.get(MODEL)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"1\"")
                .expectBody()
                .json(json("""
                        {'goal': {'version': '1', 'kind': 'java', 'type': 'model', 'replicas': 2, 'slo': '200ms',
                                  'args': {'alpha': '4ms'}, 'routers': 1},
                         'status': {'wanted': 2, 'ready': 2, 'starting': 0, 'missing': 0, 'problems': []},
                         'versions': [{'version': '1', 'role': 'current', 'weight': 100,
                                       'replicas': {'ready': 2, 'starting': 0, 'failed': 0, 'stopping': 0},
                                       'queries': {'answered': 0, 'failed': 0, 'mean-millis': 0.0}}]}
                        """));
    }

    @Test
    void takesBackWhatItShows() {
        deployed("{'replicas': {'min': 1, 'max': 4}, 'scheduler': 'deadline', 'scheduling': {'deferral': true}}");
        String goal = ControlJson.line(
                ControlJson.read(rig.get(MODEL).expectBody().returnResult().getResponseBody())
                        .path("goal"));
        rig.put(MODEL, goal).expectStatus().isOk().expectHeader().valueEquals("ETag", "\"1\"");
    }

    @Test
    void changesNothingWhenItIsAskedAgain() {
        deployed("{'replicas': 2}");
        rig.put(MODEL, "{'replicas': 2}").expectStatus().isOk().expectHeader().valueEquals("ETag", "\"1\"");
        rig.post(MODEL + "/scale", "{'replicas': 2}").expectHeader().valueEquals("ETag", "\"1\"");
        rig.delete(MODEL + "/shadow").expectStatus().isOk().expectHeader().valueEquals("ETag", "\"1\"");
        rig.delete(MODEL).expectStatus().isOk().expectHeader().valueEquals("ETag", "\"2\"");
        rig.delete(MODEL).expectStatus().isOk().expectHeader().valueEquals("ETag", "\"2\"");
    }

    @Test
    void tellsThatAPipelineWaitsForReplicasOfItsVersionToGo() {
        PlacedHost host = rig.host("host-1");
        host.ownReplica("own-0", "model");
        rig.fleet.settles();
        rig.put(MODEL, "{'version': '1', 'pipeline': {'steps': {'one': {'value': '1'}}}}")
                .expectBody()
                .jsonPath("$.warnings[0]")
                .isEqualTo(
                        "Hosts have replicas of version 1 that get its queries until they are gone; give the pipeline a"
                                + " version of its own to have it at once.");
    }

    @Test
    void tellsWhatAPipelineCallsThatIsNotHereAndWhere() {
        deployed("{'version': '1'}");
        rig.put("/actors/inner", "{'pipeline': {'steps': {'one': {'value': '1'}}}}");
        rig.put(
                        "/actors/p",
                        "{'pipeline': {'steps': {"
                                + "'right': {'ensemble': [{'actor': 'model', 'method': 'call', 'version': '1'}, {'actor': 'inner'}]},"
                                + "'nobody': {'actor': 'modell'},"
                                + "'method': {'switch': [{'when': 'a', 'value': '1'}, {'actor': 'model', 'method': 'cal'}]},"
                                + "'version': {'value': '1', 'fallback': {'actor': 'model', 'version': '7'}},"
                                + "'pipeline': {'split': [{'actor': 'inner'}, {'actor': 'inner', 'method': 'score'}]}"
                                + "}, 'output': '[$right, $nobody, $method, $version, $pipeline]'}}")
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.warnings")
                .isEqualTo(
                        List.of(
                                "pipeline.steps.nobody.actor calls modell, which is not here yet. Did you mean model?",
                                "pipeline.steps.method.switch[1].method calls model.cal, which is not here yet. There are: call."
                                        + " Did you mean call?",
                                "pipeline.steps.version.fallback.version names version 7 of model, which is not here yet. There are:"
                                        + " 1.",
                                "pipeline.steps.pipeline.split[1].method calls inner.score, which is not here yet. There are: call."));
    }

    @Test
    void keepsTheDefinitionOfAPipelineOutOfSentences() {
        rig.put("/actors/p", "{'version': '1', 'pipeline': {'steps': {'one': {'value': '1'}}}}")
                .expectStatus()
                .isCreated();
        rig.put("/actors/p", "{'version': '1', 'pipeline': {'steps': {'one': {'value': '2'}}}}")
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo(
                        "Version 1 of p is known and made of something else: it is a pipeline of another definition. Give"
                                + " what you want now a version of its own.");
    }

    @Test
    void refusesAPipelineThatClosesACircle() {
        rig.put("/actors/p", "{'pipeline': {'steps': {'one': {'actor': 'q'}}}}")
                .expectStatus()
                .isCreated();
        rig.put("/actors/q", "{'pipeline': {'steps': {'two': {'actor': 'p'}}}}")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.problems[0].field")
                .isEqualTo("pipeline.steps.two");
    }

    @Test
    void scales() {
        deployed("{}");
        rig.post(MODEL + "/scale", "{'replicas': 3}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.goal.replicas")
                .isEqualTo(3);
        rig.fleet.settles();
        rig.post(MODEL + "/scale", "{'min': 2, 'max': 9}")
                .expectBody()
                .jsonPath("$.goal.replicas.max")
                .isEqualTo(9);
    }

    @Test
    void rollsOutPromotesAndRollsBack() {
        deployed("{'replicas': 2}");
        rig.post(MODEL + "/rollout", "{'version': '2', 'weight': 25}")
                .expectStatus()
                .isOk()
                .expectBody()
                .json(json("{'rollout': {'version': '2', 'type': 'model', 'weight': 25, 'held': true}}"));
        rig.fleet.settles();
        rig.get(MODEL).expectBody().json(json("""
                        {'versions': [{'version': '1', 'role': 'current', 'weight': 75},
                                      {'version': '2', 'role': 'candidate', 'weight': 25}]}
                        """));
        rig.post(MODEL + "/promote")
                .expectStatus()
                .isOk()
                .expectBody()
                .json(json("{'goal': {'version': '2'}, 'previous': {'version': '1'}}"))
                .jsonPath("$.rollout")
                .doesNotExist();
        rig.fleet.settles();
        rig.post(MODEL + "/rollback")
                .expectStatus()
                .isOk()
                .expectBody()
                .json(json("{'goal': {'version': '1'}}"))
                .jsonPath("$.previous")
                .doesNotExist();
        rig.post(MODEL + "/rollback")
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:sluice:problem:contradiction");
    }

    @Test
    void rollsOutByAnotherVersionUnlessItIsTakenAtOnce() {
        deployed("{'replicas': 2}");
        rig.put(MODEL, "{'replicas': 2, 'version': '2'}")
                .expectBody()
                .json(json("{'goal': {'version': '1'}, 'rollout': {'version': '2', 'weight': 5, 'held': false}}"));
        rig.put(MODEL, "{'replicas': 2, 'version': '2', 'rollout': false}")
                .expectBody()
                .json(json("{'goal': {'version': '2'}, 'previous': {'version': '1'}}"))
                .jsonPath("$.rollout")
                .doesNotExist();
    }

    @Test
    void refusesToMakeAVersionThatRunsOfSomethingElse() {
        deployed("{'replicas': 2}");
        for (String body : List.of("{'args': {'a': '1'}}", "{'type': 'other'}", "{'slo': '5ms'}")) {
            rig.put(MODEL, body)
                    .expectStatus()
                    .isEqualTo(409)
                    .expectBody()
                    .jsonPath("$.detail")
                    .value(detail -> assertThat(String.valueOf(detail)).contains("Version 1 of model"));
        }
    }

    @Test
    void triesAVersionWithCopies() {
        deployed("{}");
        rig.put(MODEL + "/shadow", "{'version': '2', 'percent': 30}")
                .expectStatus()
                .isOk()
                .expectBody()
                .json(json("{'shadow': {'version': '2', 'percent': 30, 'replicas': 1}}"));
        rig.put(MODEL + "/shadow", "{'version': '1'}")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.problems[0].field")
                .isEqualTo("version");
        rig.delete(MODEL + "/shadow").expectBody().jsonPath("$.shadow").doesNotExist();
    }

    @Test
    void warnsOfCopiesThatDoTwiceWhatAnActorDoesBesideAnswering() {
        ControlRig once = new ControlRig();
        once.host("host-0").idempotent = false;
        once.fleet.settles();
        once.put(MODEL, "{}").expectStatus().isCreated();
        once.fleet.settles();
        once.put(MODEL + "/shadow", "{'version': '2'}")
                .expectBody()
                .jsonPath("$.warnings[0]")
                .value(warning -> assertThat(String.valueOf(warning)).contains("not marked idempotent"));
        once.delete(MODEL + "/shadow").expectBody().jsonPath("$.warnings").isEmpty();
        deployed("{}");
        rig.put(MODEL + "/shadow", "{'version': '2'}")
                .expectBody()
                .jsonPath("$.warnings")
                .isEmpty();
    }

    @Test
    void undeploys() {
        deployed("{'replicas': 2}");
        rig.delete(MODEL).expectStatus().isOk().expectBody().jsonPath("$.goal").doesNotExist();
        rig.fleet.settles();
        rig.get("/replicas").expectBody().json("{\"replicas\": []}");
        rig.get(MODEL).expectStatus().isNotFound();
        rig.put(MODEL, "{'args': {'a': '1'}}").expectStatus().isCreated();
    }

    @Test
    void saysWhatIsNearestToANameThatThereIsNot() {
        deployed("{}");
        rig.get("/actors/modell")
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .json(json("""
                        {'type': 'urn:sluice:problem:not-found', 'title': 'Not found', 'status': 404,
                         'detail': 'There is no actor modell. Did you mean model?', 'nearest': ['model']}
                        """));
        for (String verb : List.of("promote", "rollback")) {
            rig.post("/actors/nobody/" + verb).expectStatus().isNotFound();
        }
        rig.delete("/actors/nobody").expectStatus().isNotFound();
        rig.post("/actors/nobody/scale", "{'replicas': 2}").expectStatus().isNotFound();
    }

    @Test
    void warnsOfATypeThatNoHostOffers() {
        rig.put("/actors/other", "{'type': 'modell'}")
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.warnings[0]")
                .isEqualTo(
                        "No host offers the java type modell of version 1; it runs once one does. Did you mean model?");
    }

    @Test
    void showsWhatHostsRunByThemselvesAndTakesItOver() {
        PlacedHost own = rig.host("host-1");
        own.ownReplica("echo-0", "echo");
        rig.fleet.settles();
        rig.get("/actors/echo")
                .expectBody()
                .json(json("{'origin': 'host', 'revision': 0, 'versions': [{'version': '1', 'role': 'unmanaged'}]}"))
                .jsonPath("$.goal")
                .doesNotExist();
        rig.post("/actors/echo/scale", "{'replicas': 2}")
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.detail")
                .value(detail -> assertThat(String.valueOf(detail)).contains("Deploy it first"));
        rig.put("/actors/echo", "{'type': 'model', 'args': {'a': '1'}}")
                .expectStatus()
                .isCreated();
        rig.fleet.settles();
        rig.get("/actors/echo").expectBody().jsonPath("$.status.ready").isEqualTo(1);
        assertThat(own.running()).doesNotContain("echo-0");
    }

    @Test
    void appliesAChangeToTheRevisionThatItsWriterSaw() {
        String first = etag(rig.put(MODEL, "{}"));
        rig.post(MODEL + "/scale", "{'replicas': 2}").expectStatus().isOk();
        rig.put(MODEL, "{'replicas': 3}", first)
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .json(json("{'type': 'urn:sluice:problem:stale', 'expected': 1, 'actual': 2}"));
        rig.put(MODEL, "{'replicas': 3}", "\"2\"").expectStatus().isOk();
        for (String ifMatch : List.of("\"1\"", "\"0\"", "\"99\"")) {
            for (String verb : List.of("promote", "rollback")) {
                rig.http
                        .post()
                        .uri(MODEL + "/" + verb)
                        .header("If-Match", ifMatch)
                        .exchange()
                        .expectStatus()
                        .isEqualTo(409);
            }
            rig.http
                    .delete()
                    .uri(MODEL)
                    .header("If-Match", ifMatch)
                    .exchange()
                    .expectStatus()
                    .isEqualTo(409);
        }
        rig.put("/actors/new", "{}", "\"7\"").expectStatus().isEqualTo(409);
        rig.put("/actors/new", "{}", "\"0\"").expectStatus().isCreated();
    }

    @Test
    void listsAllActors() {
        rig.get("/actors").expectBody().json("{\"actors\": []}");
        deployed("{}");
        rig.put("/actors/another", "{'type': 'model'}");
        rig.get("/actors").expectBody().json(json("{'actors': [{'name': 'another'}, {'name': 'model'}]}"));
    }

    @Test
    void saysWhichRouterControlsAnActor() {
        ControlRig several = new ControlRig(new FleetRig("router-0", true), "");
        several.host("host-0", "router-0", "router-1");
        several.fleet.settles();
        several.put(MODEL, "{}").expectStatus().isCreated();
        several.put("/actors/c", "{'type': 'model'}").expectStatus().isCreated();
        several.fleet.settles();
        List<String> controllers = List.of(controller(several, MODEL), controller(several, "/actors/c"));
        assertThat(controllers).doesNotContain("null").allMatch(router -> router.startsWith("router-"));
        for (String actor : List.of(MODEL, "/actors/c")) {
            boolean mine = controller(several, actor).equals("router-0");
            assertThat(ControlJson.read(body(several, actor)).has("status")).isEqualTo(mine);
        }
    }

    private static byte[] body(ControlRig rig, String path) {
        byte[] body = rig.get(path).expectBody().returnResult().getResponseBody();
        return body == null ? new byte[0] : body;
    }

    private static String controller(ControlRig rig, String path) {
        return ControlJson.read(body(rig, path)).path("controller").asString("null");
    }
}
