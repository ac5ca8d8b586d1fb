package dev.sluice.router.fleet.file;

import dev.sluice.common.config.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** What comes to light while a file is read: in which lines its parts are, and what is wrong with them. */
final class Reading {

    private static final int MOST_SHOWN = 60;

    private final Map<String, Integer> lines = new HashMap<>();
    private final List<FileProblem> problems = new ArrayList<>();

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    /** A part that is there. */
    void found(String path, Node key) {
        lines.putIfAbsent(path, line(key));
    }

    boolean has(String path) {
        return lines.containsKey(path);
    }

    void wrong(String path, Node node, String what, String action) {
        problems.add(new FileProblem(line(node), new Problem(path, what, action)));
    }

    /** Of a part that the rules complain about: in its line, or in that of what it is a part of. */
    void wrong(Problem problem) {
        String path = problem.field();
        while (!lines.containsKey(path) && path.contains(".")) {
            path = path.substring(0, path.lastIndexOf('.'));
        }
        problems.add(new FileProblem(lines.getOrDefault(path, 1), problem));
    }

    /** In the order of lines. */
    List<FileProblem> problems() {
        return problems.stream()
                .sorted(Comparator.comparingInt(FileProblem::line))
                .toList();
    }

    static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && scalar.getTag().equals(Tag.NULL);
    }

    /** How a sentence says what is there. */
    static String shown(Node node) {
        if (isNull(node)) {
            return "is empty";
        }
        if (node instanceof ScalarNode scalar) {
            return "is " + (scalar.isPlain() ? shortened(scalar.getValue()) : '"' + shortened(scalar.getValue()) + '"');
        }
        return node instanceof SequenceNode ? "is a list" : node instanceof MappingNode ? "is a mapping" : "is unknown";
    }

    static String shortened(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
    }
}
