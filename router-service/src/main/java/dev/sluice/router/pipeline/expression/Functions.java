package dev.sluice.router.pipeline.expression;

import java.util.Set;

/** The functions that JSONata has. Their names cannot be those of anything else. */
public final class Functions {

    /** It would run whatever text a caller sends. */
    static final String EVAL = "eval";

    private static final Set<String> NAMES =
            Set.of(("abs append assert average base64decode base64encode boolean ceil clone contains count decodeUrl"
                            + " decodeUrlComponent distinct each encodeUrl encodeUrlComponent error eval exists filter floor"
                            + " formatBase formatInteger formatNumber fromMillis join keys length lookup lowercase map match"
                            + " max merge millis min not now number pad parseInteger power random reduce replace reverse"
                            + " round shuffle sift single sort split spread sqrt string substring substringAfter"
                            + " substringBefore sum toMillis trim type uppercase zip")
                    .split(" "));

    /** They take what the expression is laid over where they are given too little. */
    private static final Set<String> OF_CONTEXT =
            Set.of(("abs base64decode base64encode boolean ceil clone contains decodeUrl decodeUrlComponent each"
                            + " encodeUrl encodeUrlComponent floor formatBase formatInteger formatNumber fromMillis keys"
                            + " length lookup lowercase match not number pad parseInteger power replace round sift split"
                            + " spread sqrt string substring substringAfter substringBefore toMillis trim uppercase")
                    .split(" "));

    private Functions() {}

    static boolean tellsTime(String name) {
        return name.equals("now") || name.equals("millis");
    }

    static boolean takesContext(String name) {
        return OF_CONTEXT.contains(name);
    }

    public static boolean contains(String name) {
        return NAMES.contains(name);
    }
}
