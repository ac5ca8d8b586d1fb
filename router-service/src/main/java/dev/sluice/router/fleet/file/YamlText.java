package dev.sluice.router.fleet.file;

import dev.sluice.common.config.Problem;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/** Text as YAML: what lies where, and what is wrong where it is none. */
final class YamlText {

    /** What is wrong with the text as a whole has no field. */
    private static final String FILE = "The file";

    private final String text;

    YamlText(String text) {
        this.text = text;
    }

    /** What the text consists of. */
    Node parse() throws NotYaml {
        Optional<Node> root;
        try {
            root = Optional.ofNullable(new Yaml(new LoaderOptions()).compose(new StringReader(text)));
        } catch (ReaderException e) {
            throw new NotYaml(List.of(problem(
                    lineAt(e.getPosition()),
                    String.format("has the character U+%04X, which YAML does not allow", e.getCodePoint()),
                    "Take it away, or write it as an escape within double quotes.")));
        } catch (MarkedYAMLException e) {
            throw new NotYaml(marked(e));
        } catch (YAMLException e) {
            throw new NotYaml(List.of(problem(1, "is not YAML: " + e.getMessage(), "See docs/actors-file.md.")));
        }
        return root.orElseThrow(() ->
                new NotYaml(List.of(problem(1, "is empty", "Write 'actors:' and below it the actors, indented."))));
    }

    private List<FileProblem> marked(MarkedYAMLException e) {
        String problem = String.valueOf(e.getProblem());
        int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
        if (problem.contains("TAB")) {
            return tabs(line);
        }
        if (problem.contains("another document")) {
            return List.of(problem(line, "has a second document", "Take the line --- away: one file is one document."));
        }
        String context = e.getContext() == null ? "" : e.getContext() + ", ";
        return List.of(problem(
                line,
                "is not YAML: " + context + problem,
                "Look at this line and those before it: at colons, quotes, brackets and how deep they are indented."));
    }

    /** The first is where YAML gives up, but who has one has many. */
    private List<FileProblem> tabs(int first) {
        List<FileProblem> found = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String indentation =
                    line.substring(0, line.length() - line.stripLeading().length());
            if (indentation.contains("\t")) {
                found.add(problem(i + 1, "has a tab where the line is indented", "Write spaces: YAML wants them."));
            }
        }
        return found.isEmpty()
                ? List.of(problem(first, "has a tab where YAML takes none", "Write spaces, or put it in quotes."))
                : found;
    }

    private int lineAt(int position) {
        return 1
                + (int) text.substring(0, Math.min(position, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    private static FileProblem problem(int line, String what, String action) {
        return new FileProblem(line, new Problem(FILE, what, action));
    }

    /** The text is not YAML. */
    static final class NotYaml extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient List<FileProblem> problems;

        NotYaml(List<FileProblem> problems) {
            super("not YAML", null, false, false);
            this.problems = problems;
        }

        List<FileProblem> problems() {
            return problems;
        }
    }
}
