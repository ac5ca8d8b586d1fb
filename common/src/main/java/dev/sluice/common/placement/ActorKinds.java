package dev.sluice.common.placement;

import java.util.Set;

/** The kinds of actors, as the actors file and hosts name them. */
public final class ActorKinds {

    /** A Java class that a host has on its class path or in its folder of jars. */
    public static final String JAVA = "java";

    /** An ONNX model in a host's folder of models. */
    public static final String ONNX = "onnx";

    /** Made of other actors, by routers: its one argument, named like this, is its definition as JSON. It has no replicas. */
    public static final String PIPELINE = "pipeline";

    /** A query in a host's folder of SQL files. */
    public static final String SQL = "sql";

    public static final Set<String> ALL = Set.of(JAVA, ONNX, SQL, PIPELINE);

    private ActorKinds() {}
}
