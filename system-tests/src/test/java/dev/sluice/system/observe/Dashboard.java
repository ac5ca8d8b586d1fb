package dev.sluice.system.observe;

import dev.sluice.system.site.Places;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One of the dashboards that Grafana is given. */
record Dashboard(String file, JsonNode json) {

    static List<Dashboard> all() {
        try (Stream<Path> files = Files.list(Places.project().resolve("deploy/grafana/dashboards"))) {
            return files.sorted().map(Dashboard::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dashboard read(Path file) {
        return new Dashboard(file.getFileName().toString(), JsonMapper.shared().readTree(file.toFile()));
    }

    /** What it shows, without the headings of rows. */
    List<Panel> panels() {
        List<Panel> panels = new ArrayList<>();
        for (JsonNode panel : json.path("panels")) {
            if (!panel.path("type").asString().equals("row")) {
                panels.add(new Panel(file, panel));
            }
        }
        return panels;
    }

    List<JsonNode> variables() {
        return List.copyOf(json.path("templating").path("list").values());
    }

    /** One panel of a dashboard. */
    record Panel(String file, JsonNode json) {

        String title() {
            return json.path("title").asString("");
        }

        JsonNode defaults() {
            return json.path("fieldConfig").path("defaults");
        }

        List<JsonNode> targets() {
            return List.copyOf(json.path("targets").values());
        }

        List<String> expressions() {
            return targets().stream()
                    .map(target -> target.path("expr").asString(""))
                    .toList();
        }

        @Override
        public String toString() {
            return file + ": " + title();
        }
    }
}
