package dev.sluice.system.chart;

import dev.sluice.system.site.Places;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the chart renders from one file of values. */
record Manifests(String name, List<JsonNode> all) {

    static final List<String> TIERS = List.of("frontend", "router", "host");

    static Manifests read(Path file) {
        List<JsonNode> all = StreamSupport.stream(new Yaml().loadAll(text(file)).spliterator(), false)
                .filter(document -> document != null)
                .<JsonNode>map(document -> JsonMapper.shared().valueToTree(document))
                .toList();
        return new Manifests(String.valueOf(file.getFileName()).replace(".yaml", ""), all);
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode yaml(String file) {
        return JsonMapper.shared()
                .valueToTree(new Yaml().load(text(Places.project().resolve(file))));
    }

    Stream<JsonNode> of(String kind) {
        return all.stream().filter(manifest -> manifest.path("kind").asString().equals(kind));
    }

    /** Everything that has a template of pods. */
    List<JsonNode> workloads() {
        return all.stream()
                .filter(manifest -> manifest.at("/spec/template").isObject())
                .toList();
    }

    JsonNode workload(String component) {
        return workloads().stream()
                .filter(workload ->
                        component(workload.at("/spec/template/metadata/labels")).equals(component))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " has no pods of " + component));
    }

    JsonNode container(String tier) {
        return workload(tier).at("/spec/template/spec/containers/0");
    }

    /** The pods that carry these labels, whose template it is. */
    List<JsonNode> selected(JsonNode labels) {
        return workloads().stream()
                .filter(workload -> labels.propertyStream()
                        .allMatch(label -> workload.at("/spec/template/metadata/labels")
                                .path(label.getKey())
                                .equals(label.getValue())))
                .toList();
    }

    static String component(JsonNode labels) {
        return labels.path("app.kubernetes.io/component").asString("");
    }

    Optional<JsonNode> policy(String component) {
        return of("NetworkPolicy")
                .filter(policy ->
                        component(policy.at("/spec/podSelector/matchLabels")).equals(component))
                .findFirst();
    }

    /** Names and numbers of the ports of a workload's first container. */
    static List<String> ports(JsonNode workload) {
        return workload.at("/spec/template/spec/containers/0/ports")
                .valueStream()
                .flatMap(port -> Stream.of(
                        port.path("name").asString(), port.path("containerPort").asString()))
                .toList();
    }

    static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
